"""Customers as a table: a column for each thing that one of them has."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import repeat

from tryggve.domains.customers.engine.details import Address, Details
from tryggve.domains.customers.engine.export.records import Record
from tryggve.domains.customers.engine.values.grouping import grouped_address, grouped_phone
from tryggve.domains.customers.engine.values.phones import Country

# A cell of a spreadsheet holds 32,767 units of UTF-16, of which a letter may take two.
LONGEST_CELL = 16_000
_PARTS = ("street", "postcode", "city", "country")


@dataclass(slots=True)
class Widths:
    """How many columns the customers need, as far as they were looked at."""

    emails: int = 1
    phones: int = 1
    addresses: int = 1
    notes: int = 1
    answered: set[str] = field(default_factory=set)
    customers: int = 0

    def take(self, details: Details) -> None:
        """One more customer."""
        self.customers += 1
        self.emails = max(self.emails, len(details.emails))
        self.phones = max(self.phones, len(details.phones))
        self.addresses = max(self.addresses, len(details.addresses))
        self.notes = max(self.notes, len(note_pieces(details.note)))
        self.answered.update(own for own, answer in details.custom if answer)


@dataclass(frozen=True, slots=True)
class Words:
    """What the columns and the words in them are called in the reader's language.

    ``headings`` by kind, name, organisation, job_title, email, phone, street, postcode, city, country, status, tags,
    note, source and uid; ``kinds`` and ``statuses`` by their codes; ``own`` the firm's own fields by id, in order.
    """

    headings: Mapping[str, str]
    kinds: Mapping[str, str]
    statuses: Mapping[str, str]
    own: Mapping[str, str]


class Columns:
    """The table of customers who need no more columns than that.

    Bare digits of telephone numbers and postcodes stand in groups, as people in that country write them: a spreadsheet
    would take them for sums.
    """

    def __init__(self, widths: Widths, words: Words, *, country: Country = "SE") -> None:
        self._country = country
        self._widths = widths
        self._words = words
        self._own = [own for own in words.own if own in widths.answered]

    def headings(self) -> list[str]:
        """A second e-mail address stands below «E-mail 2»."""
        called, widths = self._words.headings, self._widths
        return [
            *(called[name] for name in ("kind", "name", "organisation", "job_title")),
            *_numbered(called["email"], widths.emails),
            *_numbered(called["phone"], widths.phones),
            *(_number(called[part], place) for place in range(1, widths.addresses + 1) for part in _PARTS),
            *(called[name] for name in ("status", "tags")),
            *_numbered(called["note"], widths.notes),
            called["source"],
            *(self._words.own[own] for own in self._own),
            called["uid"],
        ]

    def cells(self, record: Record) -> list[str]:
        """A row. What somebody added after the columns were counted joins the last of its kind."""
        details, widths = record.details, self._widths
        answers = dict(details.custom)
        name, organisation = _who(details)
        phones = [grouped_phone(phone, self._country) for phone in details.phones]
        addresses = [grouped_address(address, self._country) for address in details.addresses]
        return [
            self._words.kinds[details.kind],
            name,
            organisation,
            details.job_title,
            *_spread(details.emails, widths.emails, ", "),
            *_spread(phones, widths.phones, ", "),
            *_address_cells(addresses, widths.addresses),
            self._words.statuses.get(details.status, details.status),
            ", ".join(details.tags),
            *_spread(note_pieces(details.note), widths.notes, "\n\n"),
            details.source,
            *(answers.get(own, "") for own in self._own),
            record.uid,
        ]


def note_pieces(note: str) -> list[str]:
    """A note as cells that a spreadsheet can hold, cut between paragraphs where that is possible."""
    pieces = []
    while len(note) > LONGEST_CELL:
        end = note.rfind("\n\n", 1, LONGEST_CELL)
        end = end if end > 0 else LONGEST_CELL
        pieces.append(note[:end])
        note = note[end:].removeprefix("\n\n")
    return [*pieces, note]


def _who(details: Details) -> tuple[str, str]:
    """The cells below «Name» and «Company», from which an import makes the same kind of customer."""
    if details.kind == "organisation" and not details.organisation:
        return "", details.name
    return details.name, details.organisation


def _spread(values: Sequence[str], columns: int, between: str) -> list[str]:
    cells = [*values[: columns - 1], between.join(values[columns - 1 :])]
    return [*cells, *repeat("", columns - len(cells))]


def _address_cells(addresses: Sequence[Address], columns: int) -> Iterator[str]:
    for place in range(columns):
        address = addresses[place] if place < len(addresses) else Address()
        rest = addresses[columns:] if place == columns - 1 else ()
        yield ", ".join(filter(None, [address.street, *map(_in_one_line, rest)]))
        yield from (address.postcode, address.city, address.country)


def _in_one_line(address: Address) -> str:
    place = " ".join(filter(None, (address.postcode, address.city)))
    return ", ".join(filter(None, (address.street, place, address.country)))


def _numbered(heading: str, columns: int) -> Iterator[str]:
    return (_number(heading, place) for place in range(1, columns + 1))


def _number(heading: str, place: int) -> str:
    return heading if place == 1 else f"{heading} {place}"
