from typing import Any, ClassVar

from django import forms
from django.db import models
from django.utils.translation import gettext_lazy as _

from tryggve.domains.access import client_keeping

PLAIN = {"autocomplete": "off", "autocapitalize": "none", "spellcheck": "false"}


class ClientForm(forms.Form):
    """How the company is known to a provider of identities. The secret is never shown again; left empty it stays."""

    kept: ClassVar[tuple[str, ...]] = ("name", "issuer", "client_id")

    name = forms.CharField(max_length=40, widget=forms.TextInput(attrs={"autocomplete": "off"}))
    issuer = forms.CharField(
        label=_("Its address (issuer)"),
        max_length=500,
        widget=forms.TextInput(attrs={**PLAIN, "inputmode": "url"}),
    )
    client_id = forms.CharField(label=_("Client id"), max_length=191, widget=forms.TextInput(attrs=PLAIN))
    secret = forms.CharField(
        label=_("Client secret"),
        max_length=500,
        required=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
    )

    def __init__(self, data: Any = None, *, known: models.Model | None) -> None:
        self._known = known
        super().__init__(data, initial={name: getattr(known, name) for name in self.kept} if known else {})
        if known is not None:
            self.fields["secret"].help_text = _("One is saved and isn't shown. Leave this empty to keep it.")

    def clean(self) -> dict[str, Any]:
        answers = super().clean() or {}
        if not answers.get("secret") and not client_keeping.keeps_secret(self._known, answers):
            self.add_error("secret", client_keeping.SecretNeeded.sentence)
        return answers

    def details(self) -> dict[str, Any]:
        """The answers as they are kept: the secret None to keep the old one."""
        return {**self.cleaned_data, "secret": self.cleaned_data["secret"] or None}
