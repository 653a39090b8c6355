"""Changing what one person may do: a page each, with one form."""

from collections.abc import Callable
from typing import Any
from uuid import UUID

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from tryggve.accounts import authority, people
from tryggve.accounts.models import User
from tryggve.accounts.pages import StaffRequest
from tryggve.accounts.permissions import permission
from tryggve.accounts.policy import Answer, Decision, Refused
from tryggve.accounts.roles import Role, Scope
from tryggve.domains.access.forms import people as people_forms
from tryggve.domains.access.selectors import people as selectors
from tryggve.lib.errors import Refusal


@permission("access.change-people")
@require_http_methods(["GET", "POST"])
def role(request: StaffRequest, person: UUID) -> HttpResponse:
    """What somebody is in the company."""
    user = changeable(request, person)
    form = people_forms.ChooseRole(request.POST or None, person=user, viewer=request.user)

    def change() -> None:
        chosen = Role(form.cleaned_data["role"])
        people.change_role(person=person, role=chosen, by=request.user, at=timezone.now())

    return _page(request, user, form, change, "access/person_role.html")


@permission("access.change-people")
@require_http_methods(["GET", "POST"])
def areas(request: StaffRequest, person: UUID) -> HttpResponse:
    """What is different for this person than for the role."""
    user = changeable(request, person)
    _require(lambda: authority.require_owner(request.user))
    form = people_forms.ChooseAreas(request.POST or None, person=user)

    def change() -> None:
        people.give(person=person, levels=form.levels(), by=request.user, at=timezone.now())

    return _page(request, user, form, change, "access/person_areas.html")


@permission("access.change-people")
@require_http_methods(["GET", "POST"])
def customers(request: StaffRequest, person: UUID) -> HttpResponse:
    """Whose customers somebody sees, and in which teams they are."""
    user = changeable(request, person)
    named = [(team.pk, team.name) for team, _members in selectors.teams()]
    form = people_forms.ChooseCustomers(request.POST or None, person=user, teams=named)

    def change() -> None:
        people.set_scope(
            person=person,
            scope=Scope(form.cleaned_data["scope"]),
            in_teams=form.cleaned_data.get("teams"),
            by=request.user,
            at=timezone.now(),
        )

    return _page(request, user, form, change, "access/person_customers.html")


@permission("access.change-people")
@require_http_methods(["GET", "POST"])
def deputy(request: StaffRequest, person: UUID) -> HttpResponse:
    """From when to when somebody stands in for the security captain."""
    user = changeable(request, person)
    form = people_forms.ChooseDays(request.POST or None)

    def change() -> None:
        starts, ends = form.moments()
        people.make_deputy(person=person, starts=starts, ends=ends, by=request.user, at=timezone.now())

    return _page(request, user, form, change, "access/person_deputy.html")


@permission("access.change-people")
@require_POST
def deputy_end(request: StaffRequest, person: UUID) -> HttpResponse:
    """Nobody's deputy any more."""
    changeable(request, person)
    people.end_deputy(person=person, by=request.user, at=timezone.now())
    messages.success(request, _("Saved. It counts from the next page that is opened."))
    return redirect("access:person", person)


def changeable(request: StaffRequest, person: UUID) -> User:
    """Somebody whom who asks may change. Raises NoSuchPerson and Refused."""
    user = selectors.user_of(person, at=timezone.now())
    _require(lambda: authority.require_over(request.user, user))
    return user


def _require(condition: Callable[[], None]) -> None:
    """What isn't this person's to do is refused as by the policy, with an entry. Raises Refused."""
    try:
        condition()
    except authority.NotYours as refusal:
        raise Refused(Decision(Answer.REFUSE, "not-over-this-person", str(refusal))) from refusal


def _page(
    request: StaffRequest,
    user: User,
    form: forms.Form,
    change: Callable[[], None],
    template: str,
    **more: Any,
) -> HttpResponse:
    if form.is_valid():
        try:
            change()
        except Refusal as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("Saved. It counts from the next page that is opened."))
            return redirect("access:person", user.pk)
    return render(request, template, {"form": form, "person": user, **more})
