from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from tryggve.domains.customers.engine.columns.content_columns import (
    columns_from_content,
    with_certain_content,
)
from tryggve.domains.customers.engine.columns.content_shapes import is_person_name
from tryggve.domains.customers.engine.columns.habits import with_habits
from tryggve.domains.customers.engine.columns.headings import Column, Headings, columns_of, find_headings
from tryggve.domains.customers.engine.drafts import Skipped
from tryggve.domains.customers.engine.rows.sections import Line, lines_of
from tryggve.domains.customers.engine.table import Row, Table, UnreadableFile
from tryggve.domains.customers.engine.values.folding import words
from tryggve.domains.customers.engine.values.phones import Country

Cells = tuple[str, ...]

_NAMING = frozenset({"name", "given_name", "family_name", "organisation", "email", "phone"})
# What stands in these has digits or an @: a word there is no such thing.
_HARD = frozenset({"email", "phone", "postcode", "postcode_city"})


@dataclass(frozen=True, slots=True)
class Understood:
    """A list as it was read: its columns, and every line below or above the headings with its cells.

    A line that describes nobody has no cells any more.
    """

    columns: tuple[Column, ...]
    lines: list[tuple[Cells, Line]]


def understand(table: Table, country: Country, *, columns: Sequence[Column] | None = None) -> Understood:
    """How a table is to be read: its columns recognised from headings or content, or as somebody matched them.

    ``columns`` are those of ``columns_for_matching`` for this table with other fields (``headings.with_fields``).
    Raises UnreadableFile (no_headings) when no column is recognised that can name or reach anybody.
    """
    headings = _recognised(table.rows, country) if columns is None else _matched(table.rows, columns, country)
    lines = lines_of(table, headings, country=country)
    rows = table.rows[: max(headings.place, 0)] + table.rows[headings.place + 1 :]
    with_cells = ((row.cells, line) for row, line in zip(rows, lines, strict=True))
    return Understood(headings.columns, list(_without_empty(with_cells)))


def columns_for_matching(table: Table, country: Country) -> tuple[Column, ...]:
    """The columns of any table, recognised as far as they are: for who matches them by hand."""
    try:
        return _recognised(table.rows, country).columns
    except UnreadableFile:
        return columns_from_content(table.rows, country)


def _recognised(rows: Sequence[Row], country: Country) -> Headings:
    try:
        found = find_headings(rows)
    except UnreadableFile:
        return _from_content(rows, country)
    below = rows[found.place + 1 :]
    return replace(found, columns=with_habits(with_certain_content(found.columns, below, country), below))


def _from_content(rows: Sequence[Row], country: Country) -> Headings:
    place = _unknown_headings(rows, country)
    columns = columns_from_content(rows if place is None else rows[place + 1 :], country)
    if _NAMING.isdisjoint(column.field for column in columns):
        raise UnreadableFile("no_headings")
    if place is None:
        return Headings(-1, 0, with_habits(columns, rows))
    names = columns_of(rows[place].cells)
    named = [
        replace(column, heading=name.heading, written=name.written)
        for column, name in zip(columns, names, strict=True)
    ]
    return Headings(place, rows[place].line, with_habits(named, rows[place + 1 :]))


def _unknown_headings(rows: Sequence[Row], country: Country) -> int | None:
    """The place of headings in a language that nobody knows here: only words, also above numbers and addresses.

    A customer with a word for a telephone number has a name where names stand.
    """
    place = next(
        (place for place, row in enumerate(rows) if sum(map(bool, map(str.strip, row.cells))) > 1), None
    )
    if place is None:
        return None
    cells, columns = rows[place].cells, columns_from_content(rows[place + 1 :], country)
    hard = [column.index for column in columns if column.field in _HARD]
    if not hard or len(cells) != len(columns) or not all(map(_is_words, cells)):
        return None
    names = [cells[column.index] for column in columns if column.field == "name"]
    return None if any(is_person_name(cell) for cell in names or cells) else place


def _is_words(cell: str) -> bool:
    return bool(words(cell)) and "@" not in cell and not any(map(str.isdigit, cell))


def _matched(rows: Sequence[Row], columns: Sequence[Column], country: Country) -> Headings:
    """Below the row that they were named by, found as it was then; columns without names stand in a list without.

    Not by what they are called: several rows may say so.
    """
    place = _place_of_headings(rows, country) if any(column.written for column in columns) else None
    if place is None:
        return Headings(-1, 0, with_habits(columns, rows))
    return Headings(place, rows[place].line, with_habits(columns, rows[place + 1 :]))


def _place_of_headings(rows: Sequence[Row], country: Country) -> int | None:
    try:
        return find_headings(rows).place
    except UnreadableFile:
        return _unknown_headings(rows, country)


def _without_empty(lines: Iterator[tuple[Cells, Line]]) -> Iterator[tuple[Cells, Line]]:
    for cells, line in lines:
        yield ((), line) if isinstance(line, Skipped) else (cells, line)
