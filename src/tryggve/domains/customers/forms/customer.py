import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from functools import partial
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from django_stubs_ext import StrOrPromise

from tryggve.domains.customers.engine.comparison.comparing import seal_of_parts
from tryggve.domains.customers.engine.custom_fields import Field, with_answers
from tryggve.domains.customers.engine.details import Details
from tryggve.domains.customers.engine.identity_numbers import is_surely_no_phone, is_surely_personal
from tryggve.domains.customers.engine.values.emails import parse_email
from tryggve.domains.customers.engine.values.phones import Country, is_phone
from tryggve.domains.customers.forms import addresses, own_fields
from tryggve.domains.customers.words import parts as part_words

# No less than what an import may bring: who changes a telephone number must not have to cut a note first.
_LONGEST_NAME = 200
_LONGEST_NOTE = 100_000
_LONGEST_LIST = 20_000
# All but tab and line breaks.
_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f]")
_NOBODY = Details()


class CustomerForm(forms.Form):
    """Everything that can be written about a customer, as a person types it."""

    kind = forms.ChoiceField(
        label=_("Person or organisation?"),
        choices=list(part_words.KINDS.items()),
        initial="person",
    )
    status = forms.ChoiceField(label=_("Status"), choices=list(part_words.STATUSES.items()), required=False)
    name = forms.CharField(label=_("Name"), max_length=_LONGEST_NAME, required=False)
    job_title = forms.CharField(
        label=_("Job title"), max_length=_LONGEST_NAME, required=False, help_text=_("For a person.")
    )
    organisation = forms.CharField(
        label=_("Works at"), max_length=_LONGEST_NAME, required=False, help_text=_("For a person.")
    )
    emails = forms.CharField(
        label=_("E-mail"),
        required=False,
        max_length=_LONGEST_LIST,
        widget=forms.Textarea(attrs={"rows": 2, "inputmode": "email"}),
        help_text=_("One on each line."),
    )
    phones = forms.CharField(
        label=_("Telephone"),
        required=False,
        max_length=_LONGEST_LIST,
        widget=forms.Textarea(attrs={"rows": 2, "inputmode": "tel"}),
        help_text=_("One on each line."),
    )
    tags = forms.CharField(
        label=_("Tags"), max_length=_LONGEST_LIST, required=False, help_text=_("With a comma between.")
    )
    source = forms.CharField(
        label=_("Where did the details come from?"),
        max_length=_LONGEST_NAME,
        required=False,
        help_text=_("For example: «called us», «autumn fair 2026». You will be asked one day."),
    )
    note = forms.CharField(
        label=_("Note"),
        max_length=_LONGEST_NOTE,
        required=False,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=_(
            "The customer has a right to read it. Nothing about health and no identity numbers here."
        ),
    )
    revision = forms.IntegerField(widget=forms.HiddenInput, required=False)
    # Of each part that this person was shown a hash: who changed what is told apart by it.
    seen = forms.CharField(widget=forms.HiddenInput, required=False)

    def __init__(
        self,
        data: Mapping[str, Any] | None = None,
        *,
        known: Details = _NOBODY,
        own: Sequence[Field] = (),
        initial: Mapping[str, Any] | None = None,
        country: Country = "SE",
    ) -> None:
        """``known`` is the customer as they are, ``own`` the firm's fields; one empty address is offered.

        ``country`` is the firm's, by which a telephone number is told from an identity number.
        """
        super().__init__(data, initial=dict(initial or {}))
        self.known, self.own, self._country = known, own, country
        count = addresses.count_in(initial or {}) + 1 if data is None else addresses.count_in(data)
        self.address_count = min(max(count, 1), addresses.MOST)
        self.fields.update(addresses.fields_for(self.address_count))
        self.fields.update(own_fields.fields_for(own, known.custom))

    def clean_emails(self) -> tuple[str, ...]:
        return _each_line(self.cleaned_data["emails"], parse_email, _("«%s» is not an e-mail address."))

    def clean_phones(self) -> tuple[str, ...]:
        phones = _each_line(self.cleaned_data["phones"], _phone_or_none, _("«%s» is not a telephone number."))
        _require_no_number(phones, self.known.phones, partial(is_surely_no_phone, country=self._country))
        return phones

    def clean_tags(self) -> tuple[str, ...]:
        tags = tuple(
            dict.fromkeys(tag.strip() for tag in self.cleaned_data["tags"].split(",") if tag.strip())
        )
        _require_no_number(tags, self.known.tags, partial(is_surely_personal, country=self._country))
        return tags

    def clean(self) -> dict[str, Any]:
        answers = super().clean() or {}
        for name, answer in list(answers.items()):
            if isinstance(answer, str) and _CONTROL.search(answer):
                self.add_error(name, _("There are invisible control characters in it. Write it anew."))
        if not self.errors and not any(
            answers.get(field) for field in ("name", "organisation", "emails", "phones")
        ):
            self.add_error(
                "name",
                _(
                    "Write a name, an e-mail address or a telephone number, so that you can find the customer."
                ),
            )
        return answers

    def details(self) -> Details:
        """The answers as a document; what the form doesn't show is kept as it is known."""
        answers = self.cleaned_data
        shown = addresses.read(answers, self.address_count)
        own = {field.id: answers[own_fields.name_of(field)] for field in self.own}
        return replace(
            self.known,
            kind=answers["kind"],
            status=answers["status"],
            name=answers["name"],
            job_title=answers["job_title"],
            organisation=answers["organisation"],
            emails=answers["emails"],
            phones=answers["phones"],
            addresses=shown + self.known.addresses[addresses.MOST :],
            note=answers["note"].replace("\r\n", "\n"),
            tags=answers["tags"],
            source=answers["source"],
            custom=with_answers(self.known.custom, own),
        )

    def offer_again(self, shown: Details, revision: int) -> None:
        """The person has been told of that revision: sending the same text again replaces it.

        The form then shows ``shown``, what is kept of both.
        """
        self.data = self.initial_from(shown, revision, self.own) | {"seen": seal_of_parts(self.known)}
        self.address_count = min(len(shown.addresses) + 1, addresses.MOST)
        self.fields.update(addresses.fields_for(self.address_count))

    def facts(self) -> list[forms.BoundField]:
        """The fields above the addresses."""
        return [self[name] for name in _ABOVE]

    def address_sets(self) -> list[list[forms.BoundField]]:
        """The fields of each address."""
        return [[self[name] for name in addresses.names_of(place)] for place in range(self.address_count)]

    def own_answers(self) -> list[forms.BoundField]:
        """The firm's own fields."""
        return [self[own_fields.name_of(field)] for field in self.own]

    def rest(self) -> list[forms.BoundField]:
        """The fields below them."""
        return [self[name] for name in _BELOW]

    @staticmethod
    def initial_from(details: Details, revision: int, own: Sequence[Field] = ()) -> dict[str, Any]:
        """What the form shows of a customer."""
        return {
            "kind": details.kind,
            "status": details.status,
            "name": details.name,
            "job_title": details.job_title,
            "organisation": details.organisation,
            "emails": "\n".join(details.emails),
            "phones": "\n".join(details.phones),
            **addresses.written(details.addresses[: addresses.MOST]),
            **own_fields.written(own, details.custom),
            "tags": ", ".join(details.tags),
            "source": details.source,
            "note": details.note,
            "revision": revision,
            "seen": seal_of_parts(details),
        }


_ABOVE = ("kind", "status", "name", "organisation", "job_title", "tags", "emails", "phones")
_BELOW = ("source", "note")


def _each_line(text: str, parse: Callable[[str], str | None], complaint: StrOrPromise) -> tuple[str, ...]:
    """Every line that isn't empty, parsed, each once. Raises ValidationError naming the first that can't be."""
    found: dict[str, None] = {}
    for line in filter(None, map(str.strip, text.splitlines())):
        parsed = parse(line)
        if parsed is None:
            raise forms.ValidationError(complaint % line)
        found[parsed] = None
    return tuple(found)


def _require_no_number(typed: Sequence[str], known: Sequence[str], is_number: Callable[[str], bool]) -> None:
    """Raises ValidationError naming the first that is one; what stood on the card before keeps nobody from saving."""
    for text in typed:
        if text not in known and is_number(text):
            raise forms.ValidationError(
                _(
                    "«%s» is an identity number, which everybody would see here. Take it away, save, and write it among"
                    " the sensitive details of the card."
                )
                % text
            )


def _phone_or_none(text: str) -> str | None:
    return text if is_phone(text) else None
