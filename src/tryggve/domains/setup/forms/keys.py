from typing import Any

from django import forms
from django.contrib.auth import password_validation
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from tryggve.accounts.models import User

_LONGEST_PASSPHRASE = 500
_LONGEST_SHARE = 2000


class Passphrase(forms.Form):
    """What opens the register, as its owner remembers it."""

    passphrase = forms.CharField(
        label=_("Passphrase"),
        max_length=_LONGEST_PASSPHRASE,
        strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "off"}),
    )


class NewPassphrase(forms.Form):
    """A new one, twice. Another than any password: who learns the one must not have the other."""

    passphrase = forms.CharField(
        label=_("Choose a passphrase"),
        max_length=_LONGEST_PASSPHRASE,
        strip=False,
        help_text=_(
            "At least 12 characters. Take four or five words that don't belong together, "
            "such as the names of things in different rooms: easy to remember, hard to guess."
        ),
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
    )
    passphrase_again = forms.CharField(
        label=_("The passphrase once more"),
        max_length=_LONGEST_PASSPHRASE,
        strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
    )

    def __init__(self, data: Any = None, *, chosen_by: User) -> None:
        super().__init__(data)
        self._chosen_by = chosen_by

    def clean(self) -> dict[str, Any]:
        answers = super().clean() or {}
        passphrase, again = answers.get("passphrase"), answers.get("passphrase_again")
        if passphrase and again and passphrase != again:
            self.add_error("passphrase_again", _("The two passphrases differ. Type the same one twice."))
        if passphrase:
            self._refuse_easy_ones(passphrase)
        return answers

    def _refuse_easy_ones(self, passphrase: str) -> None:
        if self._chosen_by.check_password(passphrase):
            self.add_error(
                "passphrase", _("That is the password that you sign in with. Choose something else.")
            )
        try:
            password_validation.validate_password(passphrase, self._chosen_by)
        except ValidationError as refused:
            self.add_error("passphrase", refused)


class Shares(forms.Form):
    """The words of two pages of a recovery kit. What was typed stays in the fields when it was wrong."""

    first = forms.CharField(
        label=_("One page: the 33 words on it"),
        max_length=_LONGEST_SHARE,
        help_text=_(
            "In their order, with spaces between. Capitals and the numbers before the words don't matter."
        ),
    )
    second = forms.CharField(label=_("Another page: the 33 words on it"), max_length=_LONGEST_SHARE)

    def __init__(self, data: Any = None) -> None:
        super().__init__(data)
        for name in ("first", "second"):
            self.fields[name].widget = forms.Textarea(
                attrs={
                    "rows": 4,
                    "autocomplete": "off",
                    "autocapitalize": "none",
                    "autocorrect": "off",
                    "spellcheck": "false",
                }
            )

    def typed(self) -> list[str]:
        return [self.cleaned_data["first"], self.cleaned_data["second"]]
