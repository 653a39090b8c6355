from typing import Any
from uuid import UUID

from django import forms
from django.utils.translation import gettext_lazy as _

from tryggve.domains.access.forms.people import Named, choices_of
from tryggve.domains.access.services.passwords import CHOICES, Reason

_AGES = {
    0: _("As old as they like: we change them when there is a reason"),
    183: _("Half a year"),
    365: _("A year"),
    730: _("Two years"),
}


class ChooseAge(forms.Form):
    """How old passwords may grow."""

    longest_days = forms.TypedChoiceField(
        label=_("How old may a password be?"),
        help_text=_(
            "Changing for the sake of changing makes worse passwords. What counts is that they are changed at once "
            "when there is a reason."
        ),
        choices=[(days, _AGES[days]) for days in CHOICES],
        coerce=int,
        widget=forms.RadioSelect,
    )

    def __init__(self, data: Any = None, *, chosen: int | None) -> None:
        super().__init__(data, initial={} if chosen is None else {"longest_days": chosen})


class AskForAnother(forms.Form):
    """Why somebody is to choose another password."""

    reason = forms.ChoiceField(label=_("Why?"), choices=Reason.choices, widget=forms.RadioSelect)


class ChooseStandby(forms.Form):
    """Who steps in for the security captain."""

    person = forms.TypedChoiceField(
        label=_("Who steps in when the captain is away?"), coerce=UUID, widget=forms.RadioSelect
    )

    def __init__(self, data: Any = None, *, people: Named, chosen: UUID | None) -> None:
        super().__init__(data, initial={"person": str(chosen)} if chosen else {})
        choices_of(self, "person").choices = [(str(pk), name) for pk, name in people]
