from collections.abc import Sequence
from typing import Any
from uuid import UUID

from django import forms
from django.utils.translation import gettext_lazy as _

from tryggve.domains.outreach.engine import pace
from tryggve.domains.outreach.mailing_words import Words
from tryggve.domains.outreach.services.mailings import LONGEST_TEXT, Written
from tryggve.domains.rights.api import WritingPurpose
from tryggve.notices.letters import LONGEST_SUBJECT
from tryggve.ui.languages import OWN_NAMES

_MOST_TAGS = 60
_BY_CONSENT = _("only to those who said yes")
# By the letter of GDPR art. 6(1): whom a message for that reaches, and what it may not be.
_BASES = {
    "b": _("only what the agreement with them needs: no advertising"),
    "c": _("only what a law has you tell them: no advertising"),
    "d": _("only where somebody's life is at stake"),
    "e": _("only what your public task needs"),
    "f": _("to all who haven't said no"),
}


class MailingForm(forms.Form):
    """What is said, to whom and for which purpose; read by ``written``."""

    revision = forms.IntegerField(widget=forms.HiddenInput, required=False)
    purpose = forms.ChoiceField(
        label=_("What is the message for?"),
        widget=forms.RadioSelect,
        help_text=_("Whom you may write to depends on this."),
    )
    tags = forms.MultipleChoiceField(
        label=_("Which customers?"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=_("Those with any of the tags. Choose none for all customers."),
    )
    language = forms.ChoiceField(
        label=_("In which language do you write?"),
        choices=OWN_NAMES,
        help_text=_("What Tryggve adds below your text is in the same language."),
    )
    subject = forms.CharField(label=_("Subject"), max_length=LONGEST_SUBJECT)
    text = forms.CharField(
        label=_("Text"),
        max_length=LONGEST_TEXT,
        widget=forms.Textarea(attrs={"rows": 16}),
        help_text=_("An empty line makes a new paragraph, and addresses of websites become links."),
    )
    per_minute = forms.IntegerField(
        label=_("How many mails a minute?"),
        min_value=1,
        max_value=pace.MOST,
        initial=pace.USUAL,
        help_text=_("Your mail provider takes you for a sender of junk if it is too many."),
    )

    def __init__(
        self, *args: Any, purposes: Sequence[WritingPurpose], tags: Sequence[str], **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.fields["purpose"].choices = [  # type: ignore[attr-defined]  # a choice field
            (str(one.id), f"{one.name}: {_reached(one)}") for one in purposes
        ]
        if tags:
            self.fields["tags"].choices = [(tag, tag) for tag in tags[:_MOST_TAGS]]  # type: ignore[attr-defined]  # the same
        else:
            del self.fields["tags"]

    def written(self) -> Written:
        """The message that was typed."""
        told = self.cleaned_data
        words = Words(told["subject"], told["text"].replace("\r\n", "\n"), tuple(told.get("tags", ())))
        return Written(words, told["language"], UUID(told["purpose"]), told["per_minute"])


class Seen(forms.Form):
    """The message as this person saw it."""

    revision = forms.IntegerField(widget=forms.HiddenInput)


def _reached(purpose: WritingPurpose) -> Any:
    return _BY_CONSENT if purpose.is_by_consent else _BASES.get(purpose.basis, "")
