from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from tryggve.accounts import leaving
from tryggve.accounts.pages import StaffRequest
from tryggve.accounts.permissions import permission
from tryggve.domains.access.forms import people as people_forms
from tryggve.domains.access.selectors import people as selectors
from tryggve.domains.access.services import leaving_steps
from tryggve.domains.access.views.changes import changeable


@permission("access.change-people")
@require_http_methods(["GET", "POST"])
def leave(request: StaffRequest, person: UUID) -> HttpResponse:
    """Choose who takes over; then read what will happen; then say yes."""
    user = changeable(request, person)
    answers = request.POST if request.method == "POST" else request.GET
    form = people_forms.ChooseSuccessor(answers or None, successors=selectors.successors(user))
    if not form.is_valid():
        return render(request, "access/person_leave.html", {"form": form, "person": user})
    successor = form.cleaned_data["successor"]
    if request.method == "POST":
        leaving.leave(person=person, successor=successor, by=request.user, at=timezone.now())
        messages.success(request, _("The account is closed. What is left to do stands below."))
        return redirect("access:person", person)
    leaving.require_leavable(person=person, successor=successor, by=request.user)
    context = {
        "person": user,
        "successor": successor,
        "successor_name": dict(selectors.successors(user))[successor],
        "does": selectors.what_leaving_does(user),
    }
    return render(request, "access/person_leave_confirm.html", context)


@permission("access.change-people")
@require_POST
def reopen(request: StaffRequest, person: UUID) -> HttpResponse:
    """Somebody comes back."""
    changeable(request, person)
    leaving.reopen(person=person, by=request.user, at=timezone.now())
    messages.success(
        request, _("The account is open again. A second way to sign in is set up at the first sign-in.")
    )
    return redirect("access:person", person)


@permission("access.change-people")
@require_POST
def mark(request: StaffRequest, person: UUID) -> HttpResponse:
    """Tick something off the list, or take the tick away."""
    leaving_steps.mark(
        person=person,
        code=request.POST.get("step", ""),
        is_done=request.POST.get("done") == "yes",
        by=request.user,
        at=timezone.now(),
    )
    return redirect("access:person", person)
