from typing import Any

from django import forms
from django.contrib.auth import password_validation
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from tryggve.accounts.models import User
from tryggve.domains.setup.models import Country
from tryggve.ui.languages import OWN_NAMES


class FirmFacts(forms.Form):
    """What the company is called and where it is."""

    firm_name = forms.CharField(
        label=_("What is your company called?"),
        max_length=150,
        widget=forms.TextInput(attrs={"autocomplete": "organization"}),
    )
    country = forms.ChoiceField(
        label=_("In which country?"),
        choices=Country.choices,
        help_text=_("So that telephone numbers and dates are read the way you write them."),
    )


class FirmSettings(FirmFacts):
    """The same later, with the language that was taken from the first owner's browser."""

    language = forms.ChoiceField(
        label=_("In which language does it print?"),
        choices=OWN_NAMES,
        help_text=_(
            "The pages of a recovery kit. For what is on the screen everybody chooses for themselves."
        ),
    )


class Claim(FirmFacts):
    """The first questions to a new owner."""

    owner_name = forms.CharField(
        label=_("Your name"), max_length=150, widget=forms.TextInput(attrs={"autocomplete": "name"})
    )
    email = forms.EmailField(
        label=_("Your e-mail address"),
        help_text=_("You sign in with it."),
        widget=forms.EmailInput(attrs={"autocomplete": "username"}),
    )
    password = forms.CharField(
        label=_("Choose a password"),
        help_text=_("At least 12 characters. Four words that don't belong together are easy to remember."),
        strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
    )
    password_again = forms.CharField(
        label=_("The password once more"),
        strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
    )

    def clean(self) -> dict[str, Any]:
        answers = super().clean() or {}
        password, again = answers.get("password"), answers.get("password_again")
        if password and again and password != again:
            self.add_error("password_again", _("The two passwords differ. Type the same one twice."))
        if password:
            # The company isn't kept yet: its name counts as one of the person's.
            names = f"{answers.get('owner_name', '')} {answers.get('firm_name', '')}"
            visitor = User(email=answers.get("email", ""), name=names)
            try:
                password_validation.validate_password(password, visitor)
            except ValidationError as refused:
                self.add_error("password", refused)
        return answers

    def details(self) -> dict[str, str]:
        """The answers as the service wants them."""
        return {name: value for name, value in self.cleaned_data.items() if name != "password_again"}
