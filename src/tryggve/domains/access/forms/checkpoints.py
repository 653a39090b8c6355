from collections.abc import Sequence
from typing import Any
from uuid import UUID

from django import forms
from django.utils.translation import gettext_lazy as _

from tryggve.domains.access.selectors.checkpoints import Places


class Proof(forms.Form):
    """Where checkpoints of the log leave this machine to."""

    folder = forms.CharField(
        label=_("A folder on another disk or another computer"),
        max_length=1000,
        required=False,
        help_text=_(
            "The whole path, as this computer names it: a share of another computer, or a memory stick that stays in."
        ),
        widget=forms.TextInput(
            attrs={"autocomplete": "off", "autocapitalize": "none", "spellcheck": "false"}
        ),
    )
    mail_to = forms.TypedChoiceField(
        label=_("Mail the newest one once a day to"), required=False, coerce=UUID, empty_value=None
    )

    def __init__(self, data: Any = None, *, known: Places, readers: Sequence[tuple[UUID, str]]) -> None:
        super().__init__(data, initial={"folder": known.folder, "mail_to": known.mail_to})
        choice = self.fields["mail_to"]
        assert isinstance(choice, forms.TypedChoiceField)  # noqa: S101 - told to mypy
        choice.choices = [("", _("nobody")), *readers]
