from collections.abc import Sequence
from typing import Any
from uuid import UUID

from django import forms
from django.utils.translation import gettext_lazy as _

from tryggve.domains.rights.selectors.consents.choices import Choice
from tryggve.domains.rights.services.portal.sign_ups import Typed
from tryggve.ui.languages import OWN_NAMES


class Stranger(forms.Form):
    """The form on the company's website, of somebody who may be anybody."""

    name = forms.CharField(
        label=_("Your name"), max_length=100, widget=forms.TextInput(attrs={"autocomplete": "name"})
    )
    email = forms.EmailField(
        label=_("Your e-mail address"),
        max_length=254,
        widget=forms.EmailInput(attrs={"autocomplete": "email"}),
    )
    purpose = forms.MultipleChoiceField(label=_("I say yes to"), widget=forms.CheckboxSelectMultiple)
    language = forms.ChoiceField(choices=OWN_NAMES, widget=forms.HiddenInput)

    def __init__(self, *args: Any, choices: Sequence[Choice], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        shown = [(str(one.purpose), f"{one.words.name}: {one.text.text}") for one in choices]
        self.fields["purpose"].choices = shown  # type: ignore[attr-defined]

    def typed(self) -> Typed:
        return Typed(" ".join(self.cleaned_data["name"].split()), self.cleaned_data["email"])

    def purposes(self) -> list[UUID]:
        return [UUID(one) for one in self.cleaned_data["purpose"]]
