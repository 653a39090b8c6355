from collections.abc import Sequence
from datetime import datetime, time, timedelta
from typing import Any
from uuid import UUID

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from tryggve.accounts import roles
from tryggve.accounts.models import User
from tryggve.accounts.roles import Area, Level, Role, Scope
from tryggve.domains.access.words import people as words

Named = Sequence[tuple[UUID, str]]


class ChooseRole(forms.Form):
    """What somebody is in the company; an owner is made by an owner alone."""

    role = forms.ChoiceField(label=_("What should this person be?"), widget=forms.RadioSelect)

    def __init__(self, data: Any = None, *, person: User, viewer: User) -> None:
        super().__init__(data, initial={"role": person.role})
        choices_of(self, "role").choices = role_choices(viewer)


class ChooseAreas(forms.Form):
    """What is different for one person than for the role."""

    def __init__(self, data: Any = None, *, person: User) -> None:
        super().__init__(data)
        for area in words.TOLD:
            offered = words.choices(person.role, area)
            # A list is compared with everybody's customers: only who sees those can bring one in.
            is_closed = area == Area.IMPORT and person.scope != Scope.ALL
            if len(offered) > 1 and not is_closed:
                self.fields[area] = _area_field(person, area, offered)

    def levels(self) -> dict[Area, Level]:
        """What was chosen anew, by area."""
        return {Area(name): Level(self.cleaned_data[name]) for name in self.changed_data}


class ChooseCustomers(forms.Form):
    """Whose customers somebody sees."""

    scope = forms.ChoiceField(
        label=_("Whose customers does this person see?"), choices=Scope.choices, widget=forms.RadioSelect
    )
    teams = forms.TypedMultipleChoiceField(
        label=_("Teams"), coerce=UUID, required=False, widget=forms.CheckboxSelectMultiple
    )

    def __init__(self, data: Any = None, *, person: User, teams: Named) -> None:
        here = [str(pk) for pk in person.teams.values_list("pk", flat=True)]
        super().__init__(data, initial={"scope": person.scope, "teams": here})
        choices_of(self, "teams").choices = [(str(pk), name) for pk, name in teams]
        if not teams:
            del self.fields["teams"]


class ChooseDays(forms.Form):
    """From which day to which somebody stands in; both are counted in."""

    first_day = forms.DateField(
        label=_("From"), widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    )
    last_day = forms.DateField(
        label=_("To, that day too"), widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    )

    def moments(self) -> tuple[datetime, datetime]:
        """From midnight to midnight where the company is."""
        first, last = self.cleaned_data["first_day"], self.cleaned_data["last_day"]
        return _midnight(first), _midnight(last + timedelta(days=1))


class ChooseSuccessor(forms.Form):
    """Who takes over."""

    successor = forms.TypedChoiceField(label=_("Who takes over?"), coerce=UUID)

    def __init__(self, data: Any = None, *, successors: Named) -> None:
        super().__init__(data)
        choices_of(self, "successor").choices = [(str(pk), name) for pk, name in successors]


class NameTeam(forms.Form):
    """What a team is called."""

    name = forms.CharField(
        label=_("What is the team called?"),
        max_length=100,
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )


class ChooseMembers(forms.Form):
    """Who is in a team."""

    members = forms.TypedMultipleChoiceField(
        label=_("Who is in the team?"), coerce=UUID, required=False, widget=forms.CheckboxSelectMultiple
    )

    def __init__(self, data: Any = None, *, people: Named, members: Sequence[UUID]) -> None:
        super().__init__(data, initial={"members": [str(pk) for pk in members]})
        choices_of(self, "members").choices = [(str(pk), name) for pk, name in people]


def role_choices(viewer: User) -> list[tuple[str, str]]:
    """Each role that this person may make somebody, and what it does."""
    offered = [role for role in Role if role != Role.OWNER or viewer.role == Role.OWNER]
    return [(role, f"{role.label}: {words.of_role(role)}") for role in offered]


def choices_of(form: forms.Form, name: str) -> forms.ChoiceField:
    """The field, known to be one of choices."""
    field = form.fields[name]
    assert isinstance(field, forms.ChoiceField)  # noqa: S101 - told to mypy
    return field


def _area_field(person: User, area: Area, offered: Sequence[tuple[int, str]]) -> forms.TypedChoiceField:
    present = words.level(area, roles.level_of(person.role, area, person.given))
    usual = words.level(area, roles.ROLES[Role(person.role)][area])
    return forms.TypedChoiceField(
        label=area.label,
        choices=offered,
        coerce=int,
        initial=next(value for value, word in offered if word == present),
        help_text=_("Usual for the role: %(usual)s.") % {"usual": usual},
    )


def _midnight(day: Any) -> datetime:
    return timezone.make_aware(datetime.combine(day, time.min))
