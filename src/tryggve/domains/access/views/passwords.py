"""How people come in: how old their passwords are, who lacks a second step, and asking for another password."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from tryggve.accounts import permissions
from tryggve.accounts.pages import StaffRequest
from tryggve.accounts.permissions import permission
from tryggve.domains.access.forms import passwords as forms
from tryggve.domains.access.selectors import people, ways_in
from tryggve.domains.access.services import passwords as services
from tryggve.lib.errors import Refusal


@permission("access.see-people")
@require_GET
def passwords(request: StaffRequest) -> HttpResponse:
    """Everybody's, by name."""
    found = ways_in.ways_in(at=timezone.now())
    context = {
        "ways": found,
        "form": forms.ChooseAge(chosen=found.longest_days),
        "may_change": permissions.may(request.user, "access.change-people"),
    }
    return render(request, "access/passwords.html", context)


@permission("access.change-people")
@require_http_methods(["GET", "POST"])
def rule(request: StaffRequest) -> HttpResponse:
    """How old a password may be."""
    now = timezone.now()
    form = forms.ChooseAge(request.POST or None, chosen=ways_in.ways_in(at=now).longest_days)
    if form.is_valid():
        services.choose_rule(longest_days=form.cleaned_data["longest_days"], by=request.user, at=now)
        messages.success(request, _("Saved."))
        return redirect("access:passwords")
    return render(request, "access/passwords_rule.html", {"form": form})


@permission("access.change-people")
@require_http_methods(["GET", "POST"])
def ask(request: StaffRequest, person: UUID) -> HttpResponse:
    """Ask somebody to choose another one, with the reason."""
    now = timezone.now()
    user = people.user_of(person, at=now)
    form = forms.AskForAnother(request.POST or None)
    if form.is_valid():
        try:
            reason = services.Reason(form.cleaned_data["reason"])
            services.ask_for_another(person=person, reason=reason, by=request.user, at=now)
        except Refusal as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("Asked. The person gets a mail, and reads it at My sign-in."))
            return redirect("access:passwords")
    return render(request, "access/password_ask.html", {"form": form, "person": user})


@permission("access.change-people")
@require_POST
def ask_no_more(request: StaffRequest, person: UUID) -> HttpResponse:
    """The person needn't after all."""
    try:
        services.withdraw_request(person=person, by=request.user, at=timezone.now())
    except Refusal as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, _("Saved. The person needn't choose another password."))
    return redirect("access:passwords")
