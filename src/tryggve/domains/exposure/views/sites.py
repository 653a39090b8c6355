from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from tryggve.accounts.pages import actor_of
from tryggve.accounts.permissions import permission
from tryggve.domains.exposure import selectors
from tryggve.domains.exposure.forms.told import NewSite
from tryggve.domains.exposure.looks import looks
from tryggve.domains.exposure.services import measuring, sites
from tryggve.lib.errors import Refusal


@permission("exposure.view")
@require_GET
def show(request: HttpRequest, site: UUID) -> HttpResponse:
    """What visitors last met at a website."""
    context = {"site": selectors.site(site), "looks": looks(now=timezone.now())}
    return render(request, "exposure/site.html", context)


@permission("exposure.change")
@require_http_methods(["GET", "POST"])
def add(request: HttpRequest) -> HttpResponse:
    """One more website."""
    form = NewSite(request.POST or None)
    if form.is_valid():
        try:
            made = sites.add(**form.cleaned_data, actor=actor_of(request), at=timezone.now())
        except Refusal as refusal:
            form.add_error("told", str(refusal))
        else:
            return _look_again(request, made)
    return render(request, "exposure/site_form.html", {"form": form})


@permission("exposure.change")
@require_POST
def remove(request: HttpRequest, site: UUID) -> HttpResponse:
    """Watch it no more. It stands on the overview for a while, to be taken back."""
    sites.remove(site=site, actor=actor_of(request), at=timezone.now())
    messages.success(request, _("Not watched any more. Below you can take it back."))
    return redirect("exposure:overview")


@permission("exposure.change")
@require_POST
def restore(request: HttpRequest, site: UUID) -> HttpResponse:
    sites.restore(site=site, actor=actor_of(request), at=timezone.now())
    return _look_again(request, site)


def _look_again(request: HttpRequest, site: UUID) -> HttpResponse:
    measuring.measure_again(actor=actor_of(request), at=timezone.now(), only=measuring.ABOUT_SITES)
    messages.success(request, _("Tryggve is looking. What it finds stands here in a minute."))
    return redirect("exposure:site", site=site)
