from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from tryggve.domains.rights.models import CustomerProvider

_PLAIN = {"autocomplete": "off", "autocapitalize": "none", "spellcheck": "false"}
_NAMES = (
    "name", "issuer", "client_id", "scope", "acr_values", "number_claim", "number_country",
)  # fmt: skip
_COUNTRIES = (
    ("", _("it tells none")),
    ("SE", _("Swedish")),
    ("DK", _("Danish")),
    ("NO", _("Norwegian")),
    ("FI", _("Finnish")),
)


class CustomerProviderSettings(forms.Form):
    """By which service customers may come in. The secret is never shown again; left empty it stays."""

    name = forms.CharField(
        label=_("What customers know it by"),
        max_length=40,
        help_text=_("It stands on the button: BankID, MitID."),
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )
    issuer = forms.CharField(
        label=_("Its address (issuer)"),
        max_length=500,
        help_text=_("The broker gives it to you; it begins with https."),
        widget=forms.TextInput(attrs={**_PLAIN, "inputmode": "url"}),
    )
    client_id = forms.CharField(label=_("Client id"), max_length=191, widget=forms.TextInput(attrs=_PLAIN))
    secret = forms.CharField(
        label=_("Client secret"),
        max_length=500,
        required=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
    )
    scope = forms.RegexField(
        r"^openid( [\x21\x23-\x5b\x5d-\x7e]+)*$",
        label=_("What is asked for (scope)"),
        max_length=200,
        initial="openid",
        help_text=_("Begins with openid; the broker says what to add to get the identity number."),
        widget=forms.TextInput(attrs=_PLAIN),
    )
    acr_values = forms.CharField(
        label=_("Kind of sign-in (acr_values)"),
        max_length=200,
        required=False,
        help_text=_("Only if the broker says so."),
        widget=forms.TextInput(attrs=_PLAIN),
    )
    number_claim = forms.CharField(
        label=_("What the broker calls the identity number (claim)"),
        max_length=60,
        required=False,
        help_text=_(
            "Such as ssn, nin or personal_number. Without it customers are found by their e-mail address, and get a "
            "code by mail as well."
        ),
        widget=forms.TextInput(attrs=_PLAIN),
    )
    number_country = forms.ChoiceField(label=_("Whose number it is"), choices=_COUNTRIES, required=False)

    def __init__(self, data: Any = None, *, known: CustomerProvider | None) -> None:
        self._known = known
        super().__init__(data, initial={name: getattr(known, name) for name in _NAMES} if known else {})
        if known is not None:
            self.fields["secret"].help_text = _("One is saved and isn't shown. Leave this empty to keep it.")

    def clean(self) -> dict[str, Any]:
        answers = super().clean() or {}
        if not answers.get("secret") and not self._keeps_secret(answers):
            self.add_error(
                "secret", _("Type the client secret, too: a saved one is never sent to another service.")
            )
        if bool(answers.get("number_claim")) != bool(answers.get("number_country")):
            self.add_error("number_country", _("Say what the number is called and whose it is, or neither."))
        return answers

    def details(self) -> dict[str, Any]:
        """The answers as the service wants them: the secret None to keep it."""
        return {**self.cleaned_data, "secret": self.cleaned_data["secret"] or None}

    def _keeps_secret(self, answers: dict[str, Any]) -> bool:
        known = self._known
        asked = (answers.get("issuer"), answers.get("client_id"))
        return known is not None and asked == (known.issuer, known.client_id)
