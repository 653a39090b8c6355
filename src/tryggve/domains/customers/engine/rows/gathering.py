import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace

from tryggve.domains.customers.engine.columns import exports, heading_words
from tryggve.domains.customers.engine.columns.heading_meaning import joined_words
from tryggve.domains.customers.engine.columns.heading_words import Field
from tryggve.domains.customers.engine.columns.headings import Column
from tryggve.domains.customers.engine.columns.name_order import given_name_first
from tryggve.domains.customers.engine.columns.skipping import is_word_for_nothing
from tryggve.domains.customers.engine.custom_fields import BadAnswer, parsed_answer
from tryggve.domains.customers.engine.custom_fields import Field as Question
from tryggve.domains.customers.engine.details import Address, Details, Kind
from tryggve.domains.customers.engine.identity_numbers import is_surely_no_phone, is_surely_personal
from tryggve.domains.customers.engine.values import number_shapes
from tryggve.domains.customers.engine.values.addresses import AddressParts, with_care_of
from tryggve.domains.customers.engine.values.cleaning import LONGEST, BadCell, one_line
from tryggve.domains.customers.engine.values.emails import email_key, emails_in
from tryggve.domains.customers.engine.values.folding import fold, words
from tryggve.domains.customers.engine.values.organisation_names import is_organisation
from tryggve.domains.customers.engine.values.phones import Country, phone_key, phones_in

LONGEST_NAME = 200
_NAME_PARTS = ("given_name", "middle_name", "family_name")
_TAG_SEPARATORS = re.compile(r"[;,|\n]")
_PERSONS = joined_words(heading_words.PERSONS)
_ORGANISATIONS = joined_words(heading_words.ORGANISATIONS)


@dataclass(slots=True)
class Gathered:
    """What the cells of one row have given so far."""

    country: Country
    kind: Kind | None = None
    texts: dict[str, str] = field(default_factory=dict)
    emails: dict[str, str] = field(default_factory=dict)
    phones: list[str] = field(default_factory=list)
    addresses: dict[int, AddressParts] = field(default_factory=dict)
    house_numbers: dict[int, str] = field(default_factory=dict)
    notes: list[str] = field(default_factory=list)
    tags: dict[str, str] = field(default_factory=dict)
    uids: dict[str, None] = field(default_factory=dict)
    answers: dict[str, str] = field(default_factory=dict)
    extra: dict[str, str] = field(default_factory=dict)
    headings: dict[str, str] = field(default_factory=dict)

    def address(self, column: Column) -> AddressParts:
        parts = self.addresses.get(column.group)
        if parts is None:
            parts = self.addresses[column.group] = AddressParts()
        return parts

    def details(self) -> Details:
        """The customer: a person, or an organisation where no person is named, or the name has a legal form."""
        name, organisation, kind = self._name(), self.texts.get("organisation", ""), self.kind or "person"
        if not self.kind and not organisation and is_organisation(name):
            kind = "organisation"
        if organisation:
            kind = "person" if name else "organisation"
            name, organisation = (name, organisation) if name else (organisation, "")
        return Details(
            kind=kind,
            name=name,
            organisation=organisation,
            emails=tuple(self.emails.values()),
            phones=self._phones(),
            addresses=tuple(dict.fromkeys([self._address(group) for group in self.addresses])),
            note="\n\n".join(self.notes),
            tags=tuple(self.tags.values()),
            source=self.texts.get("source", ""),
            job_title=self.texts.get("job_title", ""),
            uids=tuple(self.uids),
            custom=tuple(self.answers.items()),
        )

    def _phones(self) -> tuple[str, ...]:
        """Each number as it was written first; most customers have one, which is compared with no other."""
        if len(self.phones) < 2:
            return tuple(self.phones)
        by_key: dict[str, str] = {}
        for phone in self.phones:
            by_key.setdefault(phone_key(phone, self.country), phone)
        return tuple(by_key.values())

    def _address(self, group: int) -> Address:
        parts, number = self.addresses[group], self.house_numbers.get(group)
        if number:
            first, *rest = parts.streets or [""]
            parts = replace(parts, streets=[f"{first} {number}".strip(), *rest])
        address = parts.address()
        postcode = number_shapes.whole_postcode(address.postcode, self.country, stated=address.country)
        return address if postcode == address.postcode else replace(address, postcode=postcode)

    def _name(self) -> str:
        parts = [(part, self.texts[part]) for part in _NAME_PARTS if part in self.texts]
        name = self.texts.get("name")
        if name is None:
            return " ".join(text for _part, text in parts)
        for part, text in parts:
            if not set(words(text)) <= set(words(name)):
                self.extra[self.headings[part]] = text
        return name


Step = Callable[[Gathered, Column, str], None]


def keep_beside(gathered: Gathered, column: Column, text: str) -> None:
    """Keep a cell whose column feeds no field, or let it answer the firm's own question that the column is about.

    A sensitive answer never stands in the details.
    """
    date = number_shapes.date_of_serial(text) if column.habit == "date" else None
    if column.question and not column.question.is_sensitive:
        _answer(gathered, column.question, date or text)
    else:
        gathered.extra[column.heading] = date or text


def _answer(gathered: Gathered, question: Question, text: str) -> None:
    try:
        answer = parsed_answer(question, text)
    except BadAnswer:
        raise BadCell("bad_answer") from None
    if answer:
        gathered.answers.setdefault(question.id, answer)


def _name(gathered: Gathered, column: Column, text: str) -> None:
    _text(gathered, column, text)
    if column.habit == "family_first":
        gathered.texts["name"] = given_name_first(gathered.texts["name"])


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
    if "@" not in text and is_word_for_nothing(text):
        return
    emails = emails_in(_in_lines(text))
    if emails is None:
        raise BadCell("bad_email")
    for email in emails:
        gathered.emails.setdefault(email_key(email), email)


def _phones(gathered: Gathered, column: Column, text: str) -> None:
    if text[0].isalpha() and is_word_for_nothing(text):
        return
    if number_shapes.is_spoilt(text):
        raise BadCell("spoilt_number")
    phones = phones_in(_in_lines(number_shapes.whole_number(text)))
    if phones is None:
        raise BadCell("bad_phone")
    if any(is_surely_no_phone(phone, country=gathered.country) for phone in phones):
        raise BadCell("identity_number")
    others_have_zero = column.habit == "leading_zero"
    for written in phones:
        phone = number_shapes.whole_phone(written, gathered.country, others_have_zero=others_have_zero)
        gathered.phones.append(phone)


def _street(gathered: Gathered, column: Column, text: str) -> None:
    gathered.address(column).streets.append(one_line(text, longest=LONGEST_NAME))


def _house_number(gathered: Gathered, column: Column, text: str) -> None:
    gathered.address(column)
    gathered.house_numbers[column.group] = one_line(number_shapes.whole_number(text), longest=LONGEST_NAME)


def _care_of(gathered: Gathered, column: Column, text: str) -> None:
    gathered.address(column).care_of = with_care_of(one_line(text, longest=LONGEST_NAME))


def _postcode(gathered: Gathered, column: Column, text: str) -> None:
    if number_shapes.is_spoilt(text):
        raise BadCell("spoilt_number")
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
    for tag in filter(None, map(exports.tag, _TAG_SEPARATORS.split(_in_lines(text)))):
        _require_no_number(gathered, tag)
        gathered.tags.setdefault(fold(tag), one_line(tag, longest=LONGEST_NAME))


def _uid(gathered: Gathered, _column: Column, text: str) -> None:
    _require_no_number(gathered, text)
    gathered.uids[one_line(text, longest=LONGEST_NAME)] = None


def _require_no_number(gathered: Gathered, text: str) -> None:
    if is_surely_personal(text, country=gathered.country):
        raise BadCell("identity_number")


def _in_lines(text: str) -> str:
    return text.replace(exports.SEPARATOR, "\n") if exports.SEPARATOR in text else text


STEPS: Mapping[Field | None, Step] = {
    None: keep_beside,
    "name": _name,
    "given_name": _text,
    "middle_name": _text,
    "family_name": _text,
    "organisation": _text,
    "job_title": _text,
    "source": _text,
    "kind": _kind,
    "email": _emails,
    "phone": _phones,
    "street": _street,
    "house_number": _house_number,
    "care_of": _care_of,
    "postcode": _postcode,
    "city": _city,
    "postcode_city": _postcode_city,
    "country": _country,
    "note": _note,
    "tags": _tags,
    "uid": _uid,
}
