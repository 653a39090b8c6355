import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from tryggve.domains.customers.engine import heading_words
from tryggve.domains.customers.engine.cleaning import without_invisible
from tryggve.domains.customers.engine.folding import words
from tryggve.domains.customers.engine.heading_words import Field
from tryggve.domains.customers.engine.phones import is_phone
from tryggve.domains.customers.engine.table import Row, UnreadableFile

SEARCHED_ROWS = 40
_LONGEST = 80
_MOST_DIGITS_TOGETHER = 4
_MOST_ADDRESSES = 20
_DATE = re.compile(r"\b(?:\d{4}[-/.]\d{1,2}[-/.]\d{1,2}|\d{1,2}[-/. ]\d{1,2}[-/. ]\d{4})\b")
_PHONE_WITHIN = re.compile(r"(?<!\d)[+0](?:[ ()/-]{0,2}\d){6}")
_ONCE: frozenset[Field] = frozenset({"name", "given_name", "family_name", "organisation", "source", "kind"})
_PLACE: frozenset[Field] = frozenset({"postcode", "city", "postcode_city", "country"})


@dataclass(frozen=True, slots=True)
class Column:
    """One column: where it stands, what it is called here, which field it feeds (None: kept beside).

    ``written`` is the heading as it stands in the file, ``group`` tells several addresses of one row apart.
    A column that someone matches by hand is made the same way.
    """

    index: int
    heading: str
    field: Field | None = None
    written: str = ""
    group: int = 0
    is_identity_number: bool = False


@dataclass(frozen=True, slots=True)
class Headings:
    """The row of headings: its place among the table's rows, and its columns."""

    place: int
    line: int
    columns: tuple[Column, ...]

    @property
    def unmatched(self) -> tuple[Column, ...]:
        return tuple(column for column in self.columns if column.field is None)


def find_headings(rows: Sequence[Row]) -> Headings:
    """The likeliest row of headings among the first rows; raises UnreadableFile (no_headings).

    The first that may be one, or a better one below it; but none below customers, who would be lost.
    """
    only_column = max((len(row.cells) for row in rows), default=0) == 1
    best, most = None, (0, 0)
    for place, row in enumerate(rows[:SEARCHED_ROWS]):
        known, filled = known_words(row.cells), sum(1 for cell in row.cells if cell.strip())
        if known and (filled > 1 or only_column) and (known, filled) > most:
            best, most = place, (known, filled)
        elif most[0] and (looks_like_customer(row.cells) or (most[0] > 1 and filled > 1)):
            # One known word may stand in a title, with more cells beside it; two are headings of something.
            break
    if best is None:
        raise UnreadableFile("no_headings")
    return Headings(best, rows[best].line, columns_of(rows[best].cells))


def looks_like_customer(cells: Sequence[str]) -> bool:
    """Whether somebody's e-mail address or telephone number stands in one of the cells."""
    return any("@" in cell or _is_phone(_DATE.sub("", cell)) for cell in cells)


def _is_phone(cell: str) -> bool:
    digits = sum(1 for letter in cell if letter.isdigit())
    return digits > 6 and (is_phone(cell) or _PHONE_WITHIN.search(cell) is not None)


def is_all_headings(cells: Sequence[str]) -> bool:
    """Whether several cells are filled, and all of them with words that name a field."""
    return known_words(cells) == sum(1 for cell in cells if cell.strip()) > 1


def known_words(cells: Sequence[str]) -> int:
    """How many cells name a field; none when any of them looks like data."""
    filled = [cell for cell in cells if cell.strip()]
    if any(_looks_like_data(cell) for cell in filled):
        return 0
    return sum(1 for cell in filled if field_of(cell) or is_identity_number(cell))


def columns_of(cells: Sequence[str]) -> tuple[Column, ...]:
    """A column for each cell up to the last; a heading that occurs again is numbered, an empty one gets its place."""
    columns: list[Column] = []
    taken: set[str] = set()
    for index, cell in enumerate(map(without_invisible, cells)):
        field = field_of(cell)
        if field in _ONCE and any(column.field == field for column in columns):
            field = None
        label = _free_label(" ".join(cell.split()) or f"#{index + 1}", taken)
        columns.append(Column(index, label, field, cell, is_identity_number=is_identity_number(cell)))
    return _grouped(columns)


def _free_label(heading: str, taken: set[str]) -> str:
    number, label = 1, heading
    while label in taken:
        number += 1
        label = f"{heading} ({number})"
    taken.add(label)
    return label


def field_of(heading: str) -> Field | None:
    """The field that a heading names in Swedish, Danish, Norwegian or English."""
    if is_identity_number(heading):
        return None
    found = words(heading)
    without_numbers = [bare for word in found if (bare := word.rstrip("0123456789"))]
    plain = [word for word in without_numbers if word not in _QUALIFIERS]
    for attempt in (found, without_numbers, plain):
        field = _FIELDS.get("".join(attempt))
        if field:
            return field
    return None


def is_identity_number(heading: str) -> bool:
    """Whether the column holds numbers that point out one person (or a firm that may be one person)."""
    return "".join(words(heading)) in _IDENTITY_NUMBERS


def _looks_like_data(cell: str) -> bool:
    if "@" in cell or len(cell) > _LONGEST:
        return True
    together = 0
    for letter in cell:
        together = together + 1 if letter.isdigit() else 0
        if together > _MOST_DIGITS_TOGETHER:
            return True
    return False


def _grouped(columns: list[Column]) -> tuple[Column, ...]:
    """Number the addresses: a new one begins where a street follows a place, or a place comes again."""
    group, seen = 0, set[Field]()
    grouped: list[Column] = []
    for column in columns:
        field = column.field
        if field in _PLACE or field in ("street", "care_of"):
            if (field in _PLACE and field in seen) or (field not in _PLACE and seen & _PLACE):
                group, seen = group + 1, set()
            seen.add(field)
            # Nobody has so many: the rest is kept beside, like any column that no field takes.
            is_one = group < _MOST_ADDRESSES
            column = replace(column, group=group) if is_one else replace(column, field=None)
        grouped.append(column)
    return tuple(grouped)


def joined_words(phrases: str) -> frozenset[str]:
    """Each phrase of a list with commas, folded and written together."""
    return frozenset("".join(words(phrase)) for phrase in phrases.split(","))


_FIELDS: dict[str, Field] = {
    phrase: field
    for language in heading_words.LANGUAGES.values()
    for field, phrases in language.items()
    for phrase in joined_words(phrases)
}
_IDENTITY_NUMBERS = joined_words(heading_words.IDENTITY_NUMBERS)
_QUALIFIERS = frozenset(words(heading_words.QUALIFIERS))
