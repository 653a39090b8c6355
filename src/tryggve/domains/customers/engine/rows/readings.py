"""What a row that was set aside says of whom it may be about, in spite of what is wrong with it."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from itertools import pairwise
from typing import Any

from tryggve.domains.customers.engine.columns.headings import Column
from tryggve.domains.customers.engine.details import Address, Details, Kind
from tryggve.domains.customers.engine.drafts import SetAside
from tryggve.domains.customers.engine.identity_numbers.spelling import number_key
from tryggve.domains.customers.engine.rows.gathering import LONGEST_NAME
from tryggve.domains.customers.engine.rows.rows import RowReader
from tryggve.domains.customers.engine.values.cleaning import LONGEST, without_invisible
from tryggve.domains.customers.engine.values.emails import email_key, parse_email
from tryggve.domains.customers.engine.values.folding import words
from tryggve.domains.customers.engine.values.phones import Country, is_phone, phones_in

_UNDER_NO_HEADINGS = frozenset({"above_headings", "other_headings", "outside_cards"})
_OUT_OF_PLACE = _UNDER_NO_HEADINGS | {"too_many_cells", "unclosed_quote"}
_CONTACTS = ("email", "phone")
_BORDERS = re.compile(r"[;,|\t]")
# A row wider than this is no customer any more.
_MOST_PIECES = 60
_KINDS: tuple[Kind, ...] = ("person", "organisation")


@dataclass(frozen=True, slots=True)
class Said:
    """Whom a row may be about, likeliest first, and the identity numbers of one that names nobody at all."""

    readings: tuple[Details, ...] = ()
    numbers: frozenset[str] = frozenset()


@dataclass(slots=True)
class AsideReader:
    """Read rows that were set aside as far as they can be read.

    Under headings that don't fit them, a word is only a name for who looks for it: each is offered as one.
    ``addresses`` are those of somebody who is looked for.
    """

    columns: Sequence[Column]
    country: Country
    addresses: Sequence[Address] = ()
    _rows: RowReader = field(init=False)

    def __post_init__(self) -> None:
        self._rows = RowReader(self.columns, country=self.country)

    def read(self, row: SetAside) -> Said:
        """All that the row may say."""
        if row.reason in _UNDER_NO_HEADINGS:
            return Said(tuple(self._loose(row.cells)))
        own = self._by_columns(row.cells)
        names_somebody = bool(own.name or own.emails or own.phones)
        loose = self._loose(row.cells) if row.reason in _OUT_OF_PLACE else ()
        return Said(
            readings=(*([own] if names_somebody else []), *loose),
            numbers=frozenset() if names_somebody else frozenset(self._numbers(row.cells)),
        )

    def _by_columns(self, cells: Sequence[str]) -> Details:
        own = self._rows.readable_part(cells)
        there = [
            cells[one.index] for one in self.columns if one.field in _CONTACTS and one.index < len(cells)
        ]
        emails, phones = _contacts([piece for cell in there for line in _lines(cell) for piece in line])
        known = {email_key(email) for email in own.emails}
        return replace(
            own,
            emails=own.emails + tuple(email for email in emails if email_key(email) not in known),
            phones=tuple(dict.fromkeys(own.phones + phones)),
        )

    def _numbers(self, cells: Sequence[str]) -> Iterator[str]:
        for column in self.columns:
            if column.is_identity_number and column.index < len(cells):
                yield from filter(None, [number_key(cells[column.index])])

    def _loose(self, cells: Sequence[str]) -> Iterator[Details]:
        """Each line in the row by itself: an unclosed quotation mark may have swallowed many customers."""
        for pieces in _lines(";".join(cells)):
            emails, phones = _contacts(pieces)
            addresses = tuple(one for one in self.addresses if _is_said(one, pieces))
            if not (emails or phones or addresses):
                continue
            for kind in _KINDS:
                for name in _possible_names(pieces):
                    yield Details(kind, name, emails=emails, phones=phones, addresses=addresses)
            if emails or phones:
                yield Details(emails=emails, phones=phones)


def names_in(cells: Sequence[str]) -> Iterator[str]:
    """Every name that a row out of its place may say."""
    for pieces in _lines(";".join(cells)):
        yield from _possible_names(pieces)


def is_out_of_place(row: SetAside) -> bool:
    return row.reason in _OUT_OF_PLACE


def _lines(text: str) -> Iterator[list[str]]:
    for line in without_invisible(text).split("\n"):
        yield [piece for part in _BORDERS.split(line)[:_MOST_PIECES] if (piece := part.strip(' "'))]


def _contacts(pieces: Sequence[str]) -> tuple[tuple[str, ...], tuple[str, ...]]:
    emails: dict[str, str] = {}
    phones: dict[str, Any] = {}
    for piece in pieces:
        if "@" in piece:
            found = map(parse_email, re.split(r"[\s<>/]+", piece[:LONGEST]))
            emails |= {email_key(email): email for email in found if email}
        elif is_phone(piece):
            phones |= dict.fromkeys(phones_in(piece) or ())
    return tuple(emails.values()), tuple(phones)


def _possible_names(pieces: Sequence[str]) -> Iterator[str]:
    """Each piece with a letter, and each two beside one another: a first name and a last one."""
    texts = [piece for piece in pieces if len(piece) <= LONGEST_NAME and "@" not in piece]
    texts = [" ".join(text.split()) for text in texts if any(map(str.isalpha, text))]
    yield from dict.fromkeys([*texts, *map(" ".join, pairwise(texts))])


def _is_said(address: Address, pieces: Sequence[str]) -> bool:
    """Whether the street, or the postcode where no street is known, stands in the row."""
    told = " ".join(words(address.street or address.postcode))
    return bool(told) and any(told == " ".join(words(piece)) for piece in pieces)
