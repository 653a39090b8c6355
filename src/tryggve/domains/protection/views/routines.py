from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from tryggve.accounts.pages import StaffRequest
from tryggve.accounts.permissions import permission
from tryggve.domains.protection.forms.routines import DoneForm, PostponeForm
from tryggve.domains.protection.selectors import meetings, routines, turns
from tryggve.lib.errors import Refusal
from tryggve.routines.duties.services import doing


@permission("protection.routines")
@require_GET
def mine(request: StaffRequest) -> HttpResponse:
    """What is the reader's to do; for a reader who has nothing of their own, everybody's."""
    return _calendar(request, everybodys=not meetings.is_colleague(request.user))


@permission("protection.routines")
@require_GET
def everybodys(request: StaffRequest) -> HttpResponse:
    return _calendar(request, everybodys=True)


@permission("protection.routines")
@require_GET
def turn(request: StaffRequest, turn: UUID) -> HttpResponse:
    """One of them: what to do and why, and the forms to say that it was done or to put it off."""
    return _turn(request, turn)


@permission("protection.do-routines")
@require_POST
def done(request: StaffRequest, turn: UUID) -> HttpResponse:
    form = DoneForm(request.POST)
    if not form.is_valid():
        return _turn(request, turn, done=form)
    note = form.cleaned_data["note"]
    try:
        doing.done(turn=turn, by=request.user, outcome=form.chosen(), note=note, at=timezone.now())
    except Refusal as refusal:
        messages.error(request, str(refusal))
        return redirect("protection:routine", turn=turn)
    messages.success(request, _("Ticked off. Until midnight you can take it back."))
    return redirect("protection:routines")


@permission("protection.do-routines")
@require_POST
def postpone(request: StaffRequest, turn: UUID) -> HttpResponse:
    now = timezone.now()
    sheet = turns.sheet(turn, request.user, at=now)
    form = PostponeForm(request.POST, first=sheet.first, last=sheet.last)
    if not form.is_valid():
        return _turn(request, turn, postpone=form)
    to, reason = form.cleaned_data["to"], form.cleaned_data["reason"]
    try:
        doing.postpone(turn=turn, to=to, reason=reason, by=request.user, at=now)
    except Refusal as refusal:
        form.add_error(None, str(refusal))
        return _turn(request, turn, postpone=form)
    messages.success(request, _("Put off."))
    return redirect("protection:routines")


@permission("protection.do-routines")
@require_POST
def take_back(request: StaffRequest, turn: UUID) -> HttpResponse:
    doing.take_back(turn=turn, by=request.user, at=timezone.now())
    messages.success(request, _("Taken back: it is to be done, as before."))
    return redirect("protection:routine", turn=turn)


def _calendar(request: StaffRequest, *, everybodys: bool) -> HttpResponse:
    now = timezone.now()
    context = {
        "calendar": routines.calendar_for(request.user, at=now, everybodys=everybodys),
        "is_everybodys": everybodys,
        "is_colleague": meetings.is_colleague(request.user),
        "meeting": meetings.waits_for(request.user, at=now),
    }
    return render(request, "protection/routines.html", context)


def _turn(
    request: StaffRequest, turn: UUID, *, done: DoneForm | None = None, postpone: PostponeForm | None = None
) -> HttpResponse:
    sheet = turns.sheet(turn, request.user, at=timezone.now())
    context = {
        "sheet": sheet,
        "done": done or DoneForm(),
        "postpone": postpone or PostponeForm(first=sheet.first, last=sheet.last),
        "is_postponing": postpone is not None,
    }
    return render(request, "protection/routine.html", context)
