from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from tryggve.domains.access.api import PLAIN, ClientForm
from tryggve.domains.rights.models import CustomerProvider

_COUNTRIES = (
    ("", _("it tells none")),
    ("SE", _("Swedish")),
    ("DK", _("Danish")),
    ("NO", _("Norwegian")),
    ("FI", _("Finnish")),
)


class CustomerProviderSettings(ClientForm):
    """By which service customers may come in."""

    kept = (*ClientForm.kept, "scope", "acr_values", "number_claim", "number_country")

    scope = forms.RegexField(
        r"^openid( [\x21\x23-\x5b\x5d-\x7e]+)*$",
        label=_("What is asked for (scope)"),
        max_length=200,
        initial="openid",
        help_text=_("Begins with openid; the broker says what to add to get the identity number."),
        widget=forms.TextInput(attrs=PLAIN),
    )
    acr_values = forms.CharField(
        label=_("Kind of sign-in (acr_values)"),
        max_length=200,
        required=False,
        help_text=_("Only if the broker says so."),
        widget=forms.TextInput(attrs=PLAIN),
    )
    number_claim = forms.CharField(
        label=_("What the broker calls the identity number (claim)"),
        max_length=60,
        required=False,
        help_text=_(
            "Such as ssn, nin or personal_number. Without it customers are found by their e-mail address, and get a "
            "code by mail as well."
        ),
        widget=forms.TextInput(attrs=PLAIN),
    )
    number_country = forms.ChoiceField(label=_("Whose number it is"), choices=_COUNTRIES, required=False)

    def __init__(self, data: Any = None, *, known: CustomerProvider | None) -> None:
        super().__init__(data, known=known)
        self.fields["name"].label = _("What customers know it by")
        self.fields["name"].help_text = _("It stands on the button: BankID, MitID.")
        self.fields["issuer"].help_text = _("The broker gives it to you; it begins with https.")

    def clean(self) -> dict[str, Any]:
        answers = super().clean()
        if bool(answers.get("number_claim")) != bool(answers.get("number_country")):
            self.add_error("number_country", _("Say what the number is called and whose it is, or neither."))
        return answers
