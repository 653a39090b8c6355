from typing import cast

from django import forms
from django.utils.translation import gettext_lazy as _
from django_stubs_ext import StrOrPromise

from tryggve.controls.catalogue import Tier

BY_PEOPLE = "by-people"
NAMES: dict[str, StrOrPromise] = {
    "hour": _("The first hour: what matters most"),
    "month": _("The first month: companies of up to ten"),
    "larger": _("Everything: more than ten people, or meetings with customers"),
}


class SizeForm(forms.Form):
    """By which list the company is counted."""

    size = forms.ChoiceField(
        label=_("Count us by"),
        choices=[(BY_PEOPLE, _("What fits the number of people who work here")), *NAMES.items()],
    )

    def chosen(self) -> Tier | None:
        """None leaves it to the number of people."""
        size: str = self.cleaned_data["size"]
        return None if size == BY_PEOPLE else cast(Tier, size)
