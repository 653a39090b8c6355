from datetime import date
from typing import Any
from uuid import UUID

from django import forms
from django.utils.translation import gettext_lazy as _

from tryggve.accounts.models import User
from tryggve.routines.duties.services.doing import Outcome
from tryggve.routines.duties.services.writing import LONGEST_REMARK

_AREA = {"rows": 3}


class DoneForm(forms.Form):
    """How it went."""

    outcome = forms.ChoiceField(
        label=_("How did it go?"),
        choices=[
            (Outcome.WELL, _("All was well")),
            (Outcome.MENDED, _("Something was wrong, and I mended it")),
            (Outcome.LEFT, _("Something is wrong that is left to mend")),
        ],
        widget=forms.RadioSelect,
    )
    note = forms.CharField(
        label=_("Note"),
        required=False,
        max_length=LONGEST_REMARK,
        widget=forms.Textarea(attrs=_AREA),
        help_text=_("Such as what you changed. It is kept for two years, encrypted. No customers' names."),
    )

    def chosen(self) -> Outcome:
        return Outcome(self.cleaned_data["outcome"])


class PostponeForm(forms.Form):
    """Until when, and why."""

    to = forms.DateField(
        label=_("Until which day?"), widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    )
    reason = forms.CharField(
        label=_("Why?"),
        max_length=LONGEST_REMARK,
        widget=forms.Textarea(attrs=_AREA),
        help_text=_("With a reason it is a decision. It is kept for two years, encrypted."),
    )

    def __init__(self, *args: Any, first: date | None, last: date | None, **options: Any) -> None:
        super().__init__(*args, **options)
        if first and last:
            limits = {"min": first.isoformat(), "max": last.isoformat()}
            self.fields["to"].widget.attrs.update(limits)


class AssignForm(forms.Form):
    """Who does it: the role, or somebody."""

    person = forms.ChoiceField(label=_("Who does it?"), required=False)

    def __init__(self, *args: Any, people: list[User], role: str, **options: Any) -> None:
        super().__init__(*args, **options)
        names = [(str(person.pk), person.name) for person in people]
        self.fields["person"] = forms.ChoiceField(
            label=_("Who does it?"), required=False, choices=[("", role), *names]
        )

    def chosen(self) -> UUID | None:
        """None is the role."""
        told = self.cleaned_data["person"]
        return UUID(told) if told else None


class SwitchOffForm(forms.Form):
    """Why it isn't asked for."""

    reason = forms.CharField(
        label=_("Why don't you need it?"),
        max_length=LONGEST_REMARK,
        widget=forms.Textarea(attrs=_AREA),
        help_text=_("It is kept for two years, encrypted."),
    )


class HeldForm(forms.Form):
    """On which day the meeting was."""

    on = forms.DateField(
        label=_("When was the meeting?"), widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    )
