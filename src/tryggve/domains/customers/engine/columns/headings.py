import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any, Literal

from tryggve.domains.customers.engine import custom_fields
from tryggve.domains.customers.engine.columns import exports, heading_meaning
from tryggve.domains.customers.engine.columns.heading_meaning import field_of, is_identity_number
from tryggve.domains.customers.engine.columns.heading_words import Field
from tryggve.domains.customers.engine.table import Row, UnreadableFile
from tryggve.domains.customers.engine.values.cleaning import without_invisible
from tryggve.domains.customers.engine.values.phones import is_phone

SEARCHED_ROWS = 40
_LONGEST = 80
_MOST_DIGITS_TOGETHER = 4
_MOST_ADDRESSES = 20
_DATE = re.compile(r"\b(?:\d{4}[-/.]\d{1,2}[-/.]\d{1,2}|\d{1,2}[-/. ]\d{1,2}[-/. ]\d{4})\b")
_PHONE_WITHIN = re.compile(r"(?<!\d)[+0](?:[ ()/-]{0,2}\d){6}")
ONCE: frozenset[Field] = frozenset(
    {"name", "given_name", "middle_name", "family_name", "organisation", "job_title", "source", "kind"}
)
_PLACE: frozenset[Field] = frozenset({"postcode", "city", "postcode_city", "country"})
_STREET: frozenset[Field] = frozenset({"street", "house_number", "care_of"})

# How the cells of a column are written, as far as it isn't seen in one cell alone: «Efternamn, Förnamn»; telephone
# numbers that begin with a zero unless a spreadsheet lost it; dates of which a spreadsheet may have made numbers.
Habit = Literal["", "family_first", "leading_zero", "date"]

NUMBER: Literal["identity_number"] = "identity_number"
# What somebody may say that a column is: a field of the card, one of the firm's own, identity numbers, nothing.
Chosen = Field | custom_fields.Field | Literal["identity_number"] | None


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
    habit: Habit = ""
    # A field of the firm's own, where somebody matched the column with one.
    question: custom_fields.Field | None = None
    # Somebody said so; a column of identity numbers stays known as one, by which the rows of a customer are found.
    is_left_out: bool = False

    @property
    def brings_numbers(self) -> bool:
        """Whether the identity numbers in it are for the customers."""
        return self.is_identity_number and not (self.field or self.question or self.is_left_out)

    @classmethod
    def from_json(cls, written: Mapping[str, Any]) -> "Column":
        """One that was kept as its fields."""
        asked = written.get("question")
        question = custom_fields.Field(**{**asked, "choices": tuple(asked["choices"])}) if asked else None
        return cls(**{**written, "question": question})


@dataclass(frozen=True, slots=True)
class Headings:
    """The row of headings: its place among the table's rows (-1 for a list without), and its columns."""

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
    best, most, widest = None, (0, 0), 0
    for place, row in enumerate(rows[:SEARCHED_ROWS]):
        known, filled = known_words(row.cells), _filled(row.cells)
        is_likely = bool(known) and (filled > 1 or only_column) and (known, filled) > most
        if is_likely and not (2 * known <= filled and (widest >= filled or _is_data(row, rows))):
            best, most = place, (known, filled)
        elif most[0] and (looks_like_customer(row.cells) or (most[0] > 1 and filled > 1)):
            # One known word may stand in a title, with more cells beside it; two are headings of something.
            break
        if looks_like_customer(row.cells):
            # Whom to ask stands in fewer cells than a customer.
            widest = max(widest, filled)
    if best is None:
        raise UnreadableFile("no_headings")
    above = rows[best - 1].cells if best else ()
    return Headings(best, rows[best].line, _columns_below(above, rows[best].cells))


def _columns_below(above: Sequence[str], cells: Sequence[str]) -> tuple[Column, ...]:
    """The columns, those without a heading named by the row above it: «Namn» may be merged over two rows."""
    if not known_words(above):
        return columns_of(cells)
    own = [*cells, *[""] * (len(above) - len(cells))]
    lent = [*(cell if _names_field(cell) else "" for cell in above), *[""] * (len(own) - len(above))]
    columns = columns_of([cell if cell.strip() else other for cell, other in zip(own, lent, strict=True)])
    return tuple(replace(column, written=own[column.index]) for column in columns)


def _names_field(cell: str) -> bool:
    return field_of(cell) is not None or is_identity_number(cell)


def _filled(cells: Sequence[str]) -> int:
    return sum(1 for cell in cells if cell.strip())


def _is_data(row: Row, rows: Sequence[Row]) -> bool:
    """Whether the words that name fields stand in other rows too, with other words around: «Person», «Företag»."""
    said = [
        (place, cell) for place, cell in enumerate(row.cells) if field_of(cell) or is_identity_number(cell)
    ]
    return any(
        other.cells != row.cells
        and all(place < len(other.cells) and _are_alike(cell, other.cells[place]) for place, cell in said)
        for other in rows
    )


def _are_alike(cell: str, other: str) -> bool:
    return cell == other or (heading_meaning.is_kind(cell) and heading_meaning.is_kind(other))


def looks_like_customer(cells: Sequence[str]) -> bool:
    """Whether somebody's e-mail address or telephone number stands in one of the cells."""
    return any("@" in cell or _is_phone(_DATE.sub("", cell)) for cell in cells)


def _is_phone(cell: str) -> bool:
    digits = sum(1 for letter in cell if letter.isdigit())
    return digits > 6 and (is_phone(cell) or _PHONE_WITHIN.search(cell) is not None)


def is_all_headings(cells: Sequence[str]) -> bool:
    """Whether several cells are filled, and all of them with words that name a field."""
    return known_words(cells) == _filled(cells) > 1


def known_words(cells: Sequence[str]) -> int:
    """How many cells name a field; none when any of them looks like data."""
    filled = [cell for cell in cells if cell.strip()]
    if any(_looks_like_data(cell) for cell in filled):
        return 0
    return sum(map(_names_field, filled))


def columns_of(cells: Sequence[str]) -> tuple[Column, ...]:
    """A column for each cell up to the last; a heading that occurs again is numbered, an empty one gets its place."""
    columns: list[Column] = []
    taken: set[str] = set()
    fields = _fields_of(cells)
    for index, cell in enumerate(map(without_invisible, cells)):
        label = _free_label(" ".join(cell.split()) or f"#{index + 1}", taken)
        columns.append(Column(index, label, fields[index], cell, is_identity_number=is_identity_number(cell)))
    return _settled(columns)


def with_fields(columns: Sequence[Column], fields: Mapping[int, Field | None]) -> tuple[Column, ...]:
    """The same columns, those at the given places matched by hand.

    Of what a customer has once (a name, an organisation), the first column is taken and the others kept beside.
    """
    return _settled([replace(column, field=fields.get(column.index, column.field)) for column in columns])


def matched_by_hand(columns: Sequence[Column], fields: Mapping[int, Chosen]) -> tuple[Column, ...]:
    """As ``with_fields``, also with fields of the firm's own and identity numbers."""
    known = {
        place: None if isinstance(one, custom_fields.Field) or one == NUMBER else one
        for place, one in fields.items()
    }
    return tuple(
        _chosen(column, fields[column.index]) if column.index in fields else column
        for column in with_fields(columns, known)
    )


def _chosen(column: Column, one: Chosen) -> Column:
    return replace(
        column,
        question=one if isinstance(one, custom_fields.Field) else None,
        is_identity_number=column.is_identity_number or one == NUMBER,
        is_left_out=one is None,
    )


def _fields_of(cells: Sequence[str]) -> list[Field | None]:
    fields = [field_of(without_invisible(cell)) for cell in cells]
    if any(map(exports.is_part_of_address, cells)):
        for place, cell in enumerate(cells):
            if fields[place] == "street" and not exports.is_part_of_address(cell):
                fields[place] = None
    if "job_title" not in fields:
        for place, cell in enumerate(cells):
            if heading_meaning.may_be_job_title(cell):
                fields[place] = "job_title"
    return fields


def _settled(columns: Sequence[Column]) -> tuple[Column, ...]:
    seen: set[Field] = set()
    settled: list[Column] = []
    for column in columns:
        if column.field in ONCE and column.field in seen:
            column = replace(column, field=None)
        elif column.field:
            seen.add(column.field)
        settled.append(column)
    return _grouped(settled)


def _free_label(heading: str, taken: set[str]) -> str:
    number, label = 1, heading
    while label in taken:
        number += 1
        label = f"{heading} ({number})"
    taken.add(label)
    return label


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
        field, numbered = column.field, exports.numbered_address(column.written)
        if field in _PLACE or field in _STREET:
            if numbered:
                group = max(numbered[0] - 1, 0)
            elif (field in _PLACE and field in seen) or (field in _STREET and seen & _PLACE):
                group, seen = group + 1, set()
            seen.add(field)
            # Nobody has so many: the rest is kept beside, like any column that no field takes.
            is_one = group < _MOST_ADDRESSES
            column = replace(column, group=group) if is_one else replace(column, field=None)
        grouped.append(column)
    return tuple(grouped)
