from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from tryggve.domains.access.models import IdentityProvider

_PLAIN = {"autocomplete": "off", "autocapitalize": "none", "spellcheck": "false"}


class ProviderSettings(forms.Form):
    """Whose sign-in people may come with. The secret is never shown again; left empty it stays."""

    name = forms.CharField(
        label=_("Name of the sign-in service"),
        max_length=40,
        help_text=_("It stands on the button: Microsoft, Google, or what you call it among yourselves."),
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )
    issuer = forms.CharField(
        label=_("Its address (issuer)"),
        max_length=500,
        help_text=_("Below you find Microsoft's and Google's."),
        widget=forms.TextInput(attrs={**_PLAIN, "inputmode": "url"}),
    )
    client_id = forms.CharField(
        label=_("Client id"),
        max_length=191,
        help_text=_("The service gives it to you when you tell it about Tryggve."),
        widget=forms.TextInput(attrs=_PLAIN),
    )
    secret = forms.CharField(
        label=_("Client secret"),
        max_length=500,
        required=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
    )
    links_by_email = forms.BooleanField(
        label=_("Also let in who comes for the first time with a verified e-mail address of somebody here"),
        required=False,
        help_text=_(
            "Off is safer: everybody links the own account once, on «My sign-in». On means that whoever looks after "
            "the sign-in service, or takes over a mailbox there, can take the first step as anybody here. Microsoft "
            "doesn't say whether addresses are verified, so with Microsoft it has no effect."
        ),
    )
    trusts_factor = forms.BooleanField(
        label=_("Don't ask for the second step if the service says that it asked for one"),
        required=False,
        help_text=_(
            "Off is safer: the second step is asked for here, too. On means that one break-in at the service opens "
            "Tryggve. What is most important is asked for here in any case."
        ),
    )

    def __init__(self, data: Any = None, *, known: IdentityProvider | None) -> None:
        self._known = known
        super().__init__(data, initial=_initial(known))
        if known is not None:
            self.fields["secret"].help_text = _("One is saved and isn't shown. Leave this empty to keep it.")

    def clean(self) -> dict[str, Any]:
        answers = super().clean() or {}
        if not answers.get("secret") and not self._keeps_secret(answers):
            self.add_error(
                "secret", _("Type the client secret, too: a saved one is never sent to another service.")
            )
        return answers

    def details(self) -> dict[str, Any]:
        """The answers as the service wants them: the secret None to keep it."""
        return {**self.cleaned_data, "secret": self.cleaned_data["secret"] or None}

    def _keeps_secret(self, answers: dict[str, Any]) -> bool:
        known = self._known
        asked = (answers.get("issuer"), answers.get("client_id"))
        return known is not None and asked == (known.issuer, known.client_id)


def _initial(known: IdentityProvider | None) -> dict[str, Any]:
    names = ("name", "issuer", "client_id", "links_by_email", "trusts_factor")
    return {name: getattr(known, name) for name in names} if known else {}
