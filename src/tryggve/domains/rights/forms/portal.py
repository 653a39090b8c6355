from django import forms
from django.utils.translation import gettext_lazy as _

from tryggve.domains.rights.models import Case
from tryggve.domains.rights.services.requests.cases import LONGEST_WORDS

_WANTED = (
    (Case.Kind.ACCESS, _("I want to see all that you keep about me")),
    (Case.Kind.RECTIFICATION, _("Something is wrong: correct it")),
    (Case.Kind.ERASURE, _("Erase me")),
    (Case.Kind.PORTABILITY, _("Give me my data in a file that other companies can read")),
    (Case.Kind.RESTRICTION, _("Keep my data, but don't use it")),
    (Case.Kind.OBJECTION, _("Send me no advertising")),
    (Case.Kind.DECISION, _("Let a person decide, not a machine")),
)


class AskForLink(forms.Form):
    """Where to send the link."""

    email = forms.EmailField(
        label=_("Your e-mail address"),
        max_length=254,
        help_text=_("The one that the company writes to."),
        widget=forms.EmailInput(attrs={"autocomplete": "email"}),
    )


class Code(forms.Form):
    """The six digits of the mail."""

    code = forms.CharField(
        label=_("Code"),
        max_length=12,
        help_text=_("Six digits, in the mail that we have just sent."),
        widget=forms.TextInput(attrs={"autocomplete": "one-time-code", "inputmode": "numeric"}),
    )

    def clean_code(self) -> str:
        return "".join(str(self.cleaned_data["code"]).split())


class NewRequest(forms.Form):
    """What the customer asks for by right."""

    kind = forms.ChoiceField(label=_("What do you want?"), choices=_WANTED, widget=forms.RadioSelect)
    words = forms.CharField(
        label=_("Tell us more"),
        max_length=LONGEST_WORDS,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
    )

    def wanted(self) -> Case.Kind:
        return Case.Kind(self.cleaned_data["kind"])
