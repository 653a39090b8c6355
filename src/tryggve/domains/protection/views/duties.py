"""Who does what, and the captain's six tasks."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from tryggve.accounts.pages import StaffRequest
from tryggve.accounts.permissions import permission
from tryggve.domains.protection.forms.routines import AssignForm, SwitchOffForm
from tryggve.domains.protection.selectors import duties
from tryggve.domains.protection.words import doers
from tryggve.lib.errors import Refusal
from tryggve.routines.duties.services import choosing


@permission("protection.routines")
@require_GET
def all_of_them(request: StaffRequest) -> HttpResponse:
    """Every routine there is, with whose it is."""
    standings = duties.standings(request.user, at=timezone.now())
    context = {
        "asked": [(one, doers.of_duty(one.duty)) for one in standings if one.is_on],
        "not_asked": [(one, doers.of_duty(one.duty)) for one in standings if not one.is_on],
    }
    return render(request, "protection/duties.html", context)


@permission("protection.routines")
@require_GET
def captains(request: StaffRequest) -> HttpResponse:
    """The six tasks of a security captain, and how far each has come."""
    tasks = duties.captains_tasks(request.user, at=timezone.now())
    return render(request, "protection/captains_tasks.html", {"tasks": tasks})


@permission("protection.routines")
@require_GET
def one(request: StaffRequest, duty: str) -> HttpResponse:
    """One routine: its history, whose it is, and whether it is asked for."""
    return _one(request, duty)


@permission("protection.change-routines")
@require_POST
def assign(request: StaffRequest, duty: str) -> HttpResponse:
    now = timezone.now()
    form = _assign_form(duties.whole(duty, request.user, at=now), request.POST)
    if not form.is_valid():
        return _one(request, duty, assign=form)
    choosing.assign(duty=duty, person=form.chosen(), by=request.user, at=now)
    messages.success(request, _("Saved."))
    return redirect("protection:duty", duty=duty)


@permission("protection.change-routines")
@require_POST
def switch_off(request: StaffRequest, duty: str) -> HttpResponse:
    form, now = SwitchOffForm(request.POST), timezone.now()
    duties.require_known(duty)
    if not form.is_valid():
        return _one(request, duty, off=form)
    try:
        choosing.switch_off(duty=duty, reason=form.cleaned_data["reason"], by=request.user, at=now)
    except Refusal as refusal:
        form.add_error(None, str(refusal))
        return _one(request, duty, off=form)
    messages.success(request, _("Switched off: nobody is asked for it any more."))
    return redirect("protection:duty", duty=duty)


@permission("protection.change-routines")
@require_POST
def switch_on(request: StaffRequest, duty: str) -> HttpResponse:
    duties.require_known(duty)
    choosing.switch_on(duty=duty, by=request.user, at=timezone.now())
    messages.success(request, _("Switched on: it is asked for from now on."))
    return redirect("protection:duty", duty=duty)


def _one(
    request: StaffRequest, duty: str, *, assign: AssignForm | None = None, off: SwitchOffForm | None = None
) -> HttpResponse:
    whole = duties.whole(duty, request.user, at=timezone.now())
    context = {
        "whole": whole,
        "role": doers.of_duty(whole.standing.duty),
        "assign": assign or _assign_form(whole, None),
        "off": off or SwitchOffForm(),
        "is_switching": off is not None,
    }
    return render(request, "protection/duty.html", context)


def _assign_form(whole: duties.Whole, posted: object) -> AssignForm:
    return AssignForm(
        posted,
        people=list(whole.people),
        role=doers.of_duty(whole.standing.duty),
        initial={"person": str(whole.person or "")},
    )
