import unicodedata
from collections.abc import Callable
from typing import Any
from uuid import UUID

from django import forms
from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext_lazy as _
from django_stubs_ext import StrOrPromise

from tryggve.accounts import selectors as accounts
from tryggve.domains.customers import uploads
from tryggve.domains.customers.engine.details import Address, Details
from tryggve.domains.customers.engine.emails import parse_email
from tryggve.domains.customers.engine.folding import fold
from tryggve.domains.customers.engine.phones import is_phone

# No less than what an import may bring: who changes a telephone number must not have to cut a note first.
_LONGEST_NAME = 200
_LONGEST_NOTE = 100_000
_LONGEST_LIST = 20_000


class Customer(forms.Form):
    """Everything that can be written about a customer, as a person types it."""

    kind = forms.ChoiceField(
        label=_("Person or organisation?"),
        choices=[("person", _("Person")), ("organisation", _("Organisation"))],
        initial="person",
    )
    name = forms.CharField(label=_("Name"), max_length=_LONGEST_NAME, required=False)
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
    street = forms.CharField(label=_("Street"), max_length=_LONGEST_NAME, required=False)
    postcode = forms.CharField(label=_("Postcode"), max_length=_LONGEST_NAME, required=False)
    city = forms.CharField(label=_("Town"), max_length=_LONGEST_NAME, required=False)
    country = forms.CharField(label=_("Country"), max_length=_LONGEST_NAME, required=False)
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

    def clean_emails(self) -> tuple[str, ...]:
        return _each_line(self.cleaned_data["emails"], parse_email, _("«%s» is not an e-mail address."))

    def clean_phones(self) -> tuple[str, ...]:
        return _each_line(self.cleaned_data["phones"], _phone_or_none, _("«%s» is not a telephone number."))

    def clean_tags(self) -> tuple[str, ...]:
        return tuple(
            dict.fromkeys(tag.strip() for tag in self.cleaned_data["tags"].split(",") if tag.strip())
        )

    def clean(self) -> dict[str, Any]:
        answers = super().clean() or {}
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

    def details(self, *, other_addresses: tuple[Address, ...] = ()) -> Details:
        """The answers as a document; addresses that the form doesn't show are kept."""
        answers = self.cleaned_data
        address = Address(answers["street"], answers["postcode"], answers["city"], answers["country"])
        return Details(
            kind=answers["kind"],
            name=answers["name"],
            organisation=answers["organisation"],
            emails=answers["emails"],
            phones=answers["phones"],
            addresses=((address,) if address != Address() else ()) + other_addresses,
            note=answers["note"].replace("\r\n", "\n"),
            tags=answers["tags"],
            source=answers["source"],
        )

    def take_as_seen(self, revision: int) -> None:
        """The person has been told of that revision: sending the same text again replaces it."""
        self.data = {**self.data, "revision": revision}

    @staticmethod
    def initial_from(details: Details, revision: int) -> dict[str, Any]:
        """What the form shows of a customer."""
        address = details.addresses[0] if details.addresses else Address()
        return {
            "kind": details.kind,
            "name": details.name,
            "organisation": details.organisation,
            "emails": "\n".join(details.emails),
            "phones": "\n".join(details.phones),
            "street": address.street,
            "postcode": address.postcode,
            "city": address.city,
            "country": address.country,
            "tags": ", ".join(details.tags),
            "source": details.source,
            "note": details.note,
            "revision": revision,
        }


class Responsible(forms.Form):
    """Who looks after a customer."""

    responsible = forms.ChoiceField(label=_("Looked after by"), required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        people = [(str(person), name) for person, name in accounts.people_here()]
        self.fields["responsible"].choices = [("", _("Nobody in particular")), *people]  # type: ignore[attr-defined]

    def person(self) -> UUID | None:
        """Who was chosen."""
        chosen = self.cleaned_data["responsible"]
        return UUID(chosen) if chosen else None


class Deletion(forms.Form):
    """Deleting can't be undone, so the name is typed."""

    name = forms.CharField(label=_("Type the customer's name"))

    def __init__(self, *args: Any, expected: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.expected = expected

    def clean_name(self) -> str:
        typed: str = self.cleaned_data["name"]
        if _read_aloud(typed) != _read_aloud(self.expected):
            raise forms.ValidationError(_("That is not the name on the card. Nothing was deleted."))
        return typed


class Upload(forms.Form):
    """A list to bring in."""

    file = forms.FileField(
        label=_("Your list"),
        help_text=_(
            "A CSV file or an Excel file (.xlsx). It is read on this computer and is not sent anywhere."
        ),
        widget=forms.FileInput(attrs={"accept": ".csv,.txt,.tsv,.xlsx"}),
        allow_empty_file=True,
    )
    source = forms.CharField(
        label=_("Where does the list come from?"),
        max_length=_LONGEST_NAME,
        required=False,
        help_text=_("For example: «autumn fair 2026» or «our old customer file». You will be asked one day."),
    )

    def clean_file(self) -> "UploadedFile[bytes]":
        file: UploadedFile[bytes] = self.cleaned_data["file"]
        if file.size is None or file.size > uploads.LARGEST_BYTES:
            raise forms.ValidationError(uploads.too_large_in_words())
        return file


def _each_line(text: str, parse: Callable[[str], str | None], complaint: StrOrPromise) -> tuple[str, ...]:
    """Every line that isn't empty, parsed, each once. Raises ValidationError naming the first that can't be."""
    found: dict[str, None] = {}
    for line in filter(None, map(str.strip, text.splitlines())):
        parsed = parse(line)
        if parsed is None:
            raise forms.ValidationError(complaint % line)
        found[parsed] = None
    return tuple(found)


def _read_aloud(name: str) -> str:
    """What two spellings have in common that look alike: no case, no accents, single spaces, nothing invisible."""
    visible = (letter for letter in fold(name) if unicodedata.category(letter) != "Cf")
    return " ".join("".join(visible).split())


def _phone_or_none(text: str) -> str | None:
    return text if is_phone(text) else None
