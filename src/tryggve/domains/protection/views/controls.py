"""The protections: a list, and a page for each with its evidence."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from tryggve.accounts import permissions
from tryggve.accounts.pages import actor_of
from tryggve.accounts.permissions import permission
from tryggve.controls import services
from tryggve.controls.catalogue import UnknownControl
from tryggve.domains.protection import state_looks
from tryggve.domains.protection.forms.company_size import BY_PEOPLE, SizeForm
from tryggve.domains.protection.selectors.lists import protections_by_area
from tryggve.domains.protection.selectors.one_protection import whole_protection
from tryggve.domains.protection.words import pages
from tryggve.lib.errors import Refusal
from tryggve.ui import fragments


@permission("protection.view")
@require_GET
def show_all(request: HttpRequest) -> HttpResponse:
    """Every protection by area, with its state in words, what that rests on and how old it is."""
    now = timezone.now()
    whole = protections_by_area(language=get_language() or "en", now=now)
    size = whole.size.tier if whole.size.is_chosen else BY_PEOPLE
    counted = [pages.group(one, now=now) for one in whole.counted]
    context = {
        "whole": whole,
        "looks": state_looks.BY_NAME,
        "failing": [line for group in counted for line in group.lines if line.is_failing],
        "counted": counted,
        "beyond": [pages.group(one, now=now) for one in whole.beyond],
        "size_form": SizeForm(initial={"size": size}),
    }
    return render(request, "protection/controls.html", context)


@permission("protection.view")
@require_GET
def show(request: HttpRequest, control: str) -> HttpResponse:
    """One protection: what it is, how it stands, what that rests on, and all that was measured and said."""
    now = timezone.now()
    with_names = permissions.may(request.user, "protection.see-who")
    try:
        whole = whole_protection(control, with_names=with_names, language=get_language() or "en", now=now)
    except UnknownControl as unknown:
        raise Http404 from unknown
    context = pages.one(whole, reader=request.user, now=now)
    fragment = fragments.is_wanted(request)
    name = "_measured" if fragment else "control"
    response = render(request, f"protection/{name}.html", context)
    if fragment and whole.protection.asked_at is None:
        # The history below it has grown as well.
        response["HX-Refresh"] = "true"
    return response


@permission("protection.change")
@require_POST
def measure_again(request: HttpRequest, control: str) -> HttpResponse:
    """Have it measured before what is only due."""
    try:
        services.measure_again(control=control, actor=actor_of(request), at=timezone.now())
    except UnknownControl as unknown:
        raise Http404 from unknown
    except Refusal as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, _("It is being measured."))
    return redirect("protection:control", control=control)
