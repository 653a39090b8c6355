import unicodedata
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from tryggve.domains.customers.engine.values.folding import fold


class Deletion(forms.Form):
    """Deleting can't be undone, so the name is typed."""

    name = forms.CharField(label=_("Type the customer's name"))

    def __init__(self, *args: Any, expected: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.expected = expected

    def clean_name(self) -> str:
        typed: str = self.cleaned_data["name"]
        if _read_aloud(typed) != _read_aloud(self.expected):
            raise forms.ValidationError(_("That is not the name on the card. Nothing was deleted."))
        return typed


def _read_aloud(name: str) -> str:
    """What two spellings have in common that look alike: no case, no accents, single spaces, nothing invisible."""
    visible = (letter for letter in fold(name) if unicodedata.category(letter) != "Cf")
    return " ".join("".join(visible).split())
