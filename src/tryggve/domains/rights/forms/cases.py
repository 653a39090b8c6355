from typing import Any
from uuid import UUID

from django import forms
from django.utils.translation import gettext_lazy as _

from tryggve.domains.rights import case_words
from tryggve.domains.rights.engine.case_letters import Letter
from tryggve.domains.rights.models import Case
from tryggve.domains.rights.services.requests.case_answers import Way, Written
from tryggve.domains.rights.services.requests.cases import LONGEST_WORDS, Identity
from tryggve.ui.languages import OWN_NAMES

ADVERTISING = "advertising"
_LONGEST_REASON = 1_000
_LONGEST_LETTER = 8_000
# What came on the customer's own page is written down by itself.
_BY_HAND = (Case.Channel.MAIL, Case.Channel.PHONE, Case.Channel.PAPER)


class NewCase(forms.Form):
    """What the customer asked for, how and when it came."""

    kind = forms.ChoiceField(
        label=_("What does the customer want?"),
        choices=[(kind, case_words.KINDS[kind]) for kind in Case.Kind.values],
        widget=forms.RadioSelect,
    )
    purpose = forms.ChoiceField(
        label=_("What is to stop?"),
        help_text=_("Only where the customer wants that something stops."),
        required=False,
    )
    channel = forms.ChoiceField(
        label=_("How did it come?"),
        choices=[(one.value, one.label) for one in _BY_HAND],
        widget=forms.RadioSelect,
    )
    received_on = forms.DateField(
        label=_("When did it come?"),
        widget=forms.DateInput(attrs={"type": "date"}),
        help_text=_("The time to answer runs from that day, whoever of you got it."),
    )
    words = forms.CharField(
        label=_("In the customer's words"),
        max_length=LONGEST_WORDS,
        required=False,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=_("Paste the mail, or write what was said. It is kept encrypted."),
    )

    def __init__(self, *args: Any, purposes: list[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["purpose"].choices = [  # type: ignore[attr-defined]  # a choice field
            (ADVERTISING, _("All advertising")),
            *purposes,
        ]

    def kind_chosen(self) -> Case.Kind:
        return Case.Kind(self.cleaned_data["kind"])

    def channel_chosen(self) -> Case.Channel:
        return Case.Channel(self.cleaned_data["channel"])

    def purpose_chosen(self) -> UUID | None:
        """The purpose that an objection is about; None for advertising."""
        chosen = self.cleaned_data["purpose"]
        return UUID(chosen) if chosen and chosen != ADVERTISING else None


class Seen(forms.Form):
    """The case as this person saw it."""

    revision = forms.IntegerField(widget=forms.HiddenInput)


class IdentityForm(Seen):
    """How it was made sure who asks."""

    how = forms.ChoiceField(
        label=_("How do you know that the customer asks, and nobody else?"),
        # That somebody came by the own page is written down by itself, where that is enough.
        choices=[(one.value, case_words.IDENTITIES[one]) for one in Identity if one is not Identity.PORTAL],
        widget=forms.RadioSelect,
        help_text=_("No more than is needed: for who has bought from you for years, knowing them is enough."),
    )
    why = forms.CharField(
        label=_("In a sentence"),
        max_length=_LONGEST_REASON,
        required=False,
        help_text=_("Needed where you can't be sure. It is kept encrypted."),
    )


class LetterForm(Seen):
    """A letter to the customer, in the customer's language."""

    subject = forms.CharField(label=_("Subject"), max_length=150)
    text = forms.CharField(
        label=_("Letter"),
        max_length=_LONGEST_LETTER,
        widget=forms.Textarea(attrs={"rows": 14}),
        help_text=_(
            "Fill in what stands in [brackets], or remove it. Others can read a mail on its way: no details in it."
        ),
    )
    reason = forms.CharField(
        label=_("Why?"),
        max_length=_LONGEST_REASON,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_(
            "In the customer's language: it stands in the letter, with where the customer can complain."
        ),
    )
    way = forms.ChoiceField(
        label=_("How does it reach the customer?"),
        choices=list(case_words.WAYS.items()),
        widget=forms.RadioSelect,
        initial=Way.MAIL.value,
    )

    def written(self, language: str) -> Written:
        """The letter that was typed."""
        told = self.cleaned_data
        text = told["text"].replace("\r\n", "\n")
        return Written(Letter(told["subject"], text), language, Way(told["way"]))


class ExtensionForm(LetterForm):
    """The letter that says that it takes two months more."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["reason"].required = True
        self.fields["reason"].label = _("Why does it take longer?")


class AnswerForm(LetterForm):
    """A letter, and what becomes of the case with it."""

    outcome = forms.ChoiceField(
        label=_("What is this letter?"), choices=list(case_words.OUTCOMES.items()), widget=forms.RadioSelect
    )
    field_order = ("outcome", "subject", "text", "reason", "way")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["reason"].label = _("If you can't do it: why not?")


class PackageForm(Seen):
    """In which language, and of who takes data elsewhere, which documents the customer gave."""

    language = forms.ChoiceField(label=_("The customer's language"), choices=OWN_NAMES)
    documents = forms.MultipleChoiceField(
        label=_("Which of the documents did the customer give you?"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=_("What you wrote yourselves isn't part of what a customer takes elsewhere."),
    )

    def __init__(self, *args: Any, documents: list[tuple[str, str]] | None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if documents:
            self.fields["documents"].choices = documents  # type: ignore[attr-defined]  # a choice field
        else:
            del self.fields["documents"]


class Handing(forms.Form):
    """Why a package leaves the register."""

    reason = forms.CharField(
        label=_("Why do you fetch it?"),
        max_length=_LONGEST_REASON,
        help_text=_("For example: «on a USB stick, to be handed over on Friday». It is kept in the log."),
    )
