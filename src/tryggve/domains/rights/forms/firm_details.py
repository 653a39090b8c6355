from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from tryggve.domains.rights.engine import labels
from tryggve.domains.rights.engine.plain_text import shown
from tryggve.domains.rights.engine.purposes import Language


class FirmDetailsForm(forms.Form):
    """What the company tells of itself in its privacy notice and record."""

    address = forms.CharField(
        label=_("Address"),
        max_length=200,
        required=False,
        widget=forms.TextInput(attrs={"autocomplete": "street-address"}),
    )
    email = forms.EmailField(
        label=_("E-mail address for questions about personal data"),
        max_length=254,
        required=False,
        help_text=_("Customers write there when they want to see or erase what you keep about them."),
    )
    phone = forms.CharField(
        label=_("Telephone number"),
        max_length=40,
        required=False,
        widget=forms.TextInput(attrs={"type": "tel"}),
    )
    number = forms.CharField(
        label=_("Company number"),
        max_length=40,
        required=False,
        help_text=_(
            "The law doesn't ask for it. Leave it empty if it is your own identity number, as for a sole trader in"
            " Sweden: everybody can read this."
        ),
    )
    officer = forms.CharField(
        label=_("Data protection officer, and how to reach them"),
        max_length=200,
        required=False,
        help_text=_("Few small companies must have one. Leave it empty if you have none."),
    )
    joint = forms.CharField(
        label=_("Another company that decides together with you"),
        max_length=200,
        required=False,
        help_text=_("Only if you and another company keep the same customers together. Usually empty."),
    )
    measures = forms.MultipleChoiceField(
        label=_("What you do yourselves to protect the data"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=_("Tick only what is true. What Tryggve does stands in the record already."),
    )

    def __init__(self, *args: Any, language: Language, **more: Any) -> None:
        super().__init__(*args, **more)
        own = labels.firms_own_measures()
        self.fields["measures"].choices = [  # type: ignore[attr-defined]
            (code, labels.word("measures", code, language=language))
            for code in labels.known("measures")
            if code in own
        ]

    def clean(self) -> dict[str, Any]:
        answers = super().clean() or {}
        answers |= {name: shown(text) for name, text in answers.items() if isinstance(text, str)}
        if not self.errors and not (answers["address"] or answers["email"] or answers["phone"]):
            self.add_error("email", _("Customers must be able to reach you in one way at least."))
        return answers
