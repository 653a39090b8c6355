from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

_LONGEST_CODE = 20
_LONGEST_NAME = 60
_NO_PASSKEY = _("The browser gave no passkey. Try once more.")


class Credential(forms.JSONField):
    """A passkey's answer as the browser writes it."""

    def to_python(self, value: Any) -> Any:
        try:
            return super().to_python(value)
        except RecursionError as cause:  # brackets in brackets, a thousand deep
            raise forms.ValidationError(self.error_messages["invalid"], code="invalid") from cause


class Code(forms.Form):
    """A code from the telephone, or a recovery code."""

    code = forms.CharField(
        label=_("Code"),
        max_length=_LONGEST_CODE,
        widget=forms.TextInput(
            attrs={"autocomplete": "one-time-code", "inputmode": "numeric", "spellcheck": "false"}
        ),
    )


class Passkey(forms.Form):
    """What the browser answers; written by the page's script."""

    credential = Credential(
        widget=forms.HiddenInput,
        error_messages={"required": _NO_PASSKEY, "invalid": _NO_PASSKEY},
    )


class NewPasskey(Passkey):
    """The same for a new one, with a name to know it by."""

    name = forms.CharField(
        label=_("What to call it"),
        max_length=_LONGEST_NAME,
        help_text=_("For example: my telephone, the computer at the office."),
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )
