"""The button «Something has happened»: for everybody who works here."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_GET, require_http_methods

from tryggve.accounts.pages import StaffRequest
from tryggve.accounts.permissions import permission
from tryggve.accounts.sign_ins import unseen
from tryggve.domains.incidents.first_steps import FIRST_STEPS
from tryggve.domains.incidents.forms import Tell
from tryggve.domains.incidents.selectors import reports as selectors
from tryggve.domains.incidents.services import reports as services


@permission("incidents.report")
@unseen
@require_http_methods(["GET", "POST"])
def report(request: StaffRequest) -> HttpResponse:
    """Tell it; the address of what comes next says what happened, and not which report it is."""
    form = Tell(request.POST or None)
    if form.is_valid():
        told = form.cleaned_data
        services.tell(
            kind=told["kind"],
            happened=told["happened"],
            words=told["words"],
            by=None if told["is_anonymous"] else request.user,
            at=timezone.now(),
        )
        return redirect("incidents:thanks", kind=told["kind"].lower())
    return render(request, "incidents/report.html", {"form": form})


@permission("incidents.report")
@unseen
@require_GET
def thanks(request: HttpRequest, kind: str) -> HttpResponse:
    """Thank you, and what to do now."""
    steps = FIRST_STEPS.get(kind.upper())
    if steps is None:
        raise Http404
    return render(request, "incidents/thanks.html", {"steps": steps})


@permission("incidents.report")
@require_GET
def mine(request: StaffRequest) -> HttpResponse:
    """What one told under one's own name, and the answers."""
    return render(request, "incidents/mine.html", {"reports": selectors.reports_by(request.user.pk)})
