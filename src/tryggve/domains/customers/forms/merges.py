from collections.abc import Mapping

from django import forms
from django.utils.translation import gettext_lazy as _

_LONGEST_SEARCH = 200
# Before the name of a part of which both cards have one: the answer is which of the two stays.
CHOICE = "choose-"


class Other(forms.Form):
    """By what to find the other card."""

    text = forms.CharField(
        label=_("Find the other card"),
        max_length=_LONGEST_SEARCH,
        help_text=_("A name, an e-mail address or a telephone number."),
        widget=forms.TextInput(attrs={"type": "search", "autocomplete": "off"}),
    )


class Seen(forms.Form):
    """What was on the two cards when they were laid side by side."""

    kept_revision = forms.IntegerField(min_value=1)
    gone_revision = forms.IntegerField(min_value=1)

    def revisions(self) -> tuple[int, int]:
        return self.cleaned_data["kept_revision"], self.cleaned_data["gone_revision"]


def chosen_from_gone(answers: Mapping[str, str]) -> set[str]:
    """The parts in which the other card is right."""
    return {
        name.removeprefix(CHOICE)
        for name, answer in answers.items()
        if name.startswith(CHOICE) and answer == "gone"
    }
