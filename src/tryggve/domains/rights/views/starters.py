from typing import cast

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods

from tryggve.accounts.pages import actor_of
from tryggve.accounts.permissions import permission
from tryggve.domains.rights.engine.starter import UnknownFirmKind, further, starter_set
from tryggve.domains.rights.forms.starters import FirmKindForm, offers
from tryggve.domains.rights.selectors.purposes import purposes as selectors
from tryggve.domains.rights.services.purposes import purposes as services
from tryggve.domains.rights.views.languages import asked_language
from tryggve.domains.setup import api as setup


@permission("rights.change")
@require_http_methods(["GET", "POST"])
def choose(request: HttpRequest) -> HttpResponse:
    """First the sort of company, then which of its usual purposes are right."""
    if request.method == "POST":
        return _taken_over(request)
    kind, language = request.GET.get("kind", ""), asked_language(request)
    form = FirmKindForm({"kind": kind} if kind else None, language=language)
    if not kind or not form.is_valid():
        return render(request, "rights/purposes_kind.html", {"form": form})
    country = setup.firm_country()
    used = frozenset(one.code for one in selectors.purposes_in_use())
    usual, more = starter_set(kind, country=country), further(kind, country=country)
    names = dict(cast("list[tuple[str, str]]", form.fields["kind"].choices))  # type: ignore[attr-defined]
    context = {
        "kind": kind,
        "kind_name": names[kind],
        "usual": offers(usual, language=language, used=used, is_ticked=True),
        "more": offers(more, language=language, used=used, is_ticked=False),
    }
    return render(request, "rights/purposes_start.html", context)


def _taken_over(request: HttpRequest) -> HttpResponse:
    try:
        added = services.choose_starters(
            firm_kind=request.POST.get("kind", ""),
            codes=request.POST.getlist("purposes"),
            actor=actor_of(request),
            at=timezone.now(),
        )
    except UnknownFirmKind as cause:
        raise Http404 from cause
    if added:
        count = len(added)
        words = ngettext("%(count)d purpose was added.", "%(count)d purposes were added.", count)
        messages.success(request, words % {"count": count})
    else:
        messages.info(request, _("Nothing was added."))
    return redirect("rights:purposes")
