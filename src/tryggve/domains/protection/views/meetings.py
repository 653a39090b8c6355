"""The staff meeting: its agenda, that it was held, and that somebody was there."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from tryggve.accounts.pages import StaffRequest
from tryggve.accounts.permissions import permission
from tryggve.domains.protection import handout_pdf
from tryggve.domains.protection.forms.routines import HeldForm
from tryggve.domains.protection.selectors import agendas, meetings
from tryggve.domains.setup import api as setup
from tryggve.lib.errors import Refusal
from tryggve.routines.duties.services import meetings as services


@permission("protection.routines")
@require_GET
def all_of_them(request: StaffRequest) -> HttpResponse:
    """The agenda that waits, and the meetings that were held."""
    found = meetings.overview(request.user, at=timezone.now())
    return render(request, "protection/meetings.html", {"overview": found})


@permission("protection.do-routines")
@require_POST
def make(request: StaffRequest) -> HttpResponse:
    """An agenda of how things stand now; one that waited gives way to it."""
    now = timezone.now()
    start = agendas.start(now)
    made = services.make_agenda(told=agendas.since(start, at=now), tells_from=start, by=request.user, at=now)
    return redirect("protection:meeting", meeting=made)


@permission("protection.routines")
@require_GET
def one(request: StaffRequest, meeting: UUID) -> HttpResponse:
    """One meeting: what to talk about, and who was there."""
    return _one(request, meeting)


@permission("protection.routines")
@require_GET
def file(request: StaffRequest, meeting: UUID) -> HttpResponse:
    """The handout, as PDF on one sheet."""
    page = meetings.page(meeting, request.user, at=timezone.now())
    content = handout_pdf.as_pdf(page.handout, firm=setup.firm_name())
    name = f"meeting-{get_language()}-{page.handout.made_on.isoformat()}.pdf"
    headers = {"Content-Disposition": f'attachment; filename="{name}"'}
    return HttpResponse(content, content_type="application/pdf", headers=headers)


@permission("protection.do-routines")
@require_POST
def hold(request: StaffRequest, meeting: UUID) -> HttpResponse:
    form = HeldForm(request.POST)
    if not form.is_valid():
        return _one(request, meeting, held=form)
    try:
        services.hold(meeting=meeting, on=form.cleaned_data["on"], by=request.user, at=timezone.now())
    except Refusal as refusal:
        form.add_error(None, str(refusal))
        return _one(request, meeting, held=form)
    messages.success(request, _("Written down. Ask the others to say here that they were there."))
    return redirect("protection:meeting", meeting=meeting)


@permission("protection.do-routines")
@require_POST
def take_back(request: StaffRequest, meeting: UUID) -> HttpResponse:
    services.take_back(meeting=meeting, by=request.user, at=timezone.now())
    messages.success(request, _("Taken back: the agenda waits for its meeting."))
    return redirect("protection:meeting", meeting=meeting)


@permission("protection.do-routines")
@require_POST
def confirm(request: StaffRequest, meeting: UUID) -> HttpResponse:
    """The reader was there; or wasn't, on second thoughts."""
    now = timezone.now()
    if request.POST.get("was_there") == "no":
        services.take_back_attendance(meeting=meeting, by=request.user, at=now)
        messages.success(request, _("Taken back."))
    else:
        services.confirm(meeting=meeting, by=request.user, at=now)
        messages.success(request, _("Thank you: it is written down that you were there."))
    return redirect("protection:meeting", meeting=meeting)


def _one(request: StaffRequest, meeting: UUID, *, held: HeldForm | None = None) -> HttpResponse:
    now = timezone.now()
    page = meetings.page(meeting, request.user, at=now)
    form = held or HeldForm(initial={"on": timezone.localdate(now)})
    return render(request, "protection/meeting.html", {"page": page, "held": form})
