from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from tryggve.domains.customers import api as customers
from tryggve.domains.rights.engine.quarantine import MOST_DAYS
from tryggve.domains.rights.models import Erasure

_BY_PEOPLE = [(one.value, one.label) for one in Erasure.Ground if one is not Erasure.Ground.AGAIN]


class Erasing(forms.Form):
    """Whose name is typed, and why."""

    # None is chosen beforehand: only who asked for it is held back from old lists afterwards.
    ground = forms.ChoiceField(label=_("Why"), choices=_BY_PEOPLE, widget=forms.RadioSelect)
    name = forms.CharField(label=_("Type the customer's name"))

    def __init__(self, *args: Any, expected: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.expected = expected

    def clean_name(self) -> str:
        typed: str = self.cleaned_data["name"]
        if customers.read_aloud(typed) != customers.read_aloud(self.expected):
            raise forms.ValidationError(_("That is not the name on the card. Nothing was changed."))
        return typed


class QuarantineDays(forms.Form):
    """How long customers wait to be erased."""

    days = forms.IntegerField(label=_("Days to wait"), min_value=1, max_value=MOST_DAYS)


class Lifting(forms.Form):
    """How the customer was told that the data will be used again."""

    told = forms.CharField(max_length=1_000)
