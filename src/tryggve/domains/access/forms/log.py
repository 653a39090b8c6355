from collections.abc import Mapping, Sequence
from datetime import date, datetime, time, timedelta
from typing import Any
from uuid import UUID

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from tryggve.audit import actors
from tryggve.audit.selectors import Filter
from tryggve.domains.access.selectors.log import Asked

# Commands run as the owner of the data folder, as the server does; the account's name stays out of addresses.
_COMMAND = "command"
_LAST_DAY = date(9999, 12, 30)
_AREAS = {
    "access": _("Signing in, and the log"),
    "accounts": _("People, roles, and what was refused"),
    "audit": _("The log itself"),
    "customers": _("Customers"),
    "privacy": _("Rights of the people in the register"),
    "setup": _("The firm, its keys and mail"),
}


class Filters(forms.Form):
    """Which entries of the log to show. Ids, codes and dates only, so that it may stand in an address."""

    what = forms.ChoiceField(label=_("What"), required=False)
    who = forms.ChoiceField(label=_("Who"), required=False)
    since = forms.DateField(
        label=_("From"), required=False, widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    )
    until = forms.DateField(
        label=_("Up to and including"),
        required=False,
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
    )
    about = forms.UUIDField(required=False, widget=forms.HiddenInput())

    def __init__(
        self,
        data: Any = None,
        *,
        people: Mapping[str, str],
        known: Mapping[str, Sequence[tuple[str, str]]],
    ) -> None:
        super().__init__(data)
        self._choose("what", _deeds(known))
        self._choose("who", _people(people))

    def _choose(self, name: str, choices: list[Any]) -> None:
        field = self.fields[name]
        assert isinstance(field, forms.ChoiceField)  # noqa: S101 - told to mypy
        field.choices = choices

    def asked(self, *, before: int | None) -> Asked:
        """The question, of a form that is valid."""
        given = {name: value for name, value in self.cleaned_data.items() if value}
        since: date | None = given.get("since")
        until: date | None = given.get("until")
        about: UUID | None = given.get("about")
        who = given.get("who")
        wanted = Filter(
            actor=actors.this_account() if who == _COMMAND else who,
            subject=about,
            action=given.get("what"),
            since=_begin_of(since) if since else None,
            until=_begin_of(min(until, _LAST_DAY) + timedelta(days=1)) if until else None,
        )
        return Asked(wanted, list(given), before)


def _deeds(known: Mapping[str, Sequence[tuple[str, str]]]) -> list[Any]:
    areas = [(area, _AREAS.get(area, area)) for area in known]
    groups = [(str(_AREAS.get(area, area)), list(deeds)) for area, deeds in known.items()]
    return [("", _("everything")), (_("Whole areas"), areas), *groups]


def _people(people: Mapping[str, str]) -> list[Any]:
    others = [
        (actors.SYSTEM, _("the system")),
        (actors.ANONYMOUS, _("somebody not signed in")),
        (_COMMAND, _("a command on this computer")),
    ]
    return [("", _("everybody")), *people.items(), *others]


def _begin_of(day: date) -> datetime:
    return timezone.make_aware(datetime.combine(day, time()))
