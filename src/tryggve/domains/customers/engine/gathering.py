import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from tryggve.domains.customers.engine import heading_words
from tryggve.domains.customers.engine.addresses import AddressParts, with_care_of
from tryggve.domains.customers.engine.cleaning import LONGEST, BadCell, one_line
from tryggve.domains.customers.engine.details import Details, Kind
from tryggve.domains.customers.engine.emails import email_key, emails_in
from tryggve.domains.customers.engine.folding import fold, words
from tryggve.domains.customers.engine.heading_words import Field
from tryggve.domains.customers.engine.headings import Column, joined_words
from tryggve.domains.customers.engine.phones import Country, phone_key, phones_in

LONGEST_NAME = 200
_TAG_SEPARATORS = re.compile(r"[;,|\n]")
_NO_VALUE = joined_words(heading_words.NO_VALUE)
_PERSONS = joined_words(heading_words.PERSONS)
_ORGANISATIONS = joined_words(heading_words.ORGANISATIONS)


@dataclass(slots=True)
class Gathered:
    """What the cells of one row have given so far."""

    country: Country
    kind: Kind | None = None
    texts: dict[str, str] = field(default_factory=dict)
    emails: dict[str, str] = field(default_factory=dict)
    phones: dict[str, str] = field(default_factory=dict)
    addresses: dict[int, AddressParts] = field(default_factory=dict)
    notes: list[str] = field(default_factory=list)
    tags: dict[str, str] = field(default_factory=dict)
    extra: dict[str, str] = field(default_factory=dict)
    headings: dict[str, str] = field(default_factory=dict)

    def address(self, column: Column) -> AddressParts:
        return self.addresses.setdefault(column.group, AddressParts())

    def details(self) -> Details:
        """The customer: a person, or an organisation where no person is named."""
        name, organisation, kind = self._name(), self.texts.get("organisation", ""), self.kind or "person"
        if organisation:
            kind = "person" if name else "organisation"
            name, organisation = (name, organisation) if name else (organisation, "")
        return Details(
            kind=kind,
            name=name,
            organisation=organisation,
            emails=tuple(self.emails.values()),
            phones=tuple(self.phones.values()),
            addresses=tuple(dict.fromkeys(parts.address() for parts in self.addresses.values())),
            note="\n\n".join(self.notes),
            tags=tuple(self.tags.values()),
            source=self.texts.get("source", ""),
        )

    def _name(self) -> str:
        parts = [(part, self.texts[part]) for part in ("given_name", "family_name") if part in self.texts]
        name = self.texts.get("name")
        if name is None:
            return " ".join(text for _part, text in parts)
        for part, text in parts:
            if not set(words(text)) <= set(words(name)):
                self.extra[self.headings[part]] = text
        return name


Step = Callable[[Gathered, Column, str], None]


def keep_beside(gathered: Gathered, column: Column, text: str) -> None:
    """Keep a cell whose column feeds no field."""
    gathered.extra[column.heading] = text


def _text(gathered: Gathered, column: Column, text: str) -> None:
    part = str(column.field)
    gathered.texts[part] = one_line(text, longest=LONGEST_NAME)
    gathered.headings[part] = column.heading


def _kind(gathered: Gathered, column: Column, text: str) -> None:
    word = "".join(words(text))
    if word in _ORGANISATIONS:
        gathered.kind = "organisation"
    elif word in _PERSONS:
        gathered.kind = "person"
    else:
        keep_beside(gathered, column, text)


def _emails(gathered: Gathered, _column: Column, text: str) -> None:
    if "@" not in text and "".join(words(text)) in _NO_VALUE:
        return
    emails = emails_in(text)
    if emails is None:
        raise BadCell("bad_email")
    for email in emails:
        gathered.emails.setdefault(email_key(email), email)


def _phones(gathered: Gathered, _column: Column, text: str) -> None:
    if text[0].isalpha() and "".join(words(text)) in _NO_VALUE:
        return
    phones = phones_in(text)
    if phones is None:
        raise BadCell("bad_phone")
    for phone in phones:
        gathered.phones.setdefault(phone_key(phone, gathered.country), phone)


def _street(gathered: Gathered, column: Column, text: str) -> None:
    gathered.address(column).streets.append(one_line(text, longest=LONGEST_NAME))


def _care_of(gathered: Gathered, column: Column, text: str) -> None:
    gathered.address(column).care_of = with_care_of(one_line(text, longest=LONGEST_NAME))


def _postcode(gathered: Gathered, column: Column, text: str) -> None:
    gathered.address(column).postcode = one_line(text, longest=LONGEST_NAME)


def _city(gathered: Gathered, column: Column, text: str) -> None:
    gathered.address(column).city = one_line(text, longest=LONGEST_NAME)


def _postcode_city(gathered: Gathered, column: Column, text: str) -> None:
    gathered.address(column).take_postcode_and_city(one_line(text, longest=LONGEST_NAME))


def _country(gathered: Gathered, column: Column, text: str) -> None:
    gathered.address(column).country = one_line(text, longest=LONGEST_NAME)


def _note(gathered: Gathered, _column: Column, text: str) -> None:
    gathered.notes.append(text)
    if sum(map(len, gathered.notes)) > LONGEST:
        raise BadCell("too_long")


def _tags(gathered: Gathered, _column: Column, text: str) -> None:
    for tag in filter(None, map(str.strip, _TAG_SEPARATORS.split(text))):
        gathered.tags.setdefault(fold(tag), one_line(tag, longest=LONGEST_NAME))


STEPS: Mapping[Field | None, Step] = {
    None: keep_beside,
    "name": _text,
    "given_name": _text,
    "family_name": _text,
    "organisation": _text,
    "source": _text,
    "kind": _kind,
    "email": _emails,
    "phone": _phones,
    "street": _street,
    "care_of": _care_of,
    "postcode": _postcode,
    "city": _city,
    "postcode_city": _postcode_city,
    "country": _country,
    "note": _note,
    "tags": _tags,
}
