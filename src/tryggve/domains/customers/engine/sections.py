"""What each row is by where it stands: above the headings, below them, or below others further down."""

from collections.abc import Iterator, Sequence

from tryggve.domains.customers.engine.drafts import Draft, SetAside, Skipped
from tryggve.domains.customers.engine.headings import (
    Headings,
    columns_of,
    is_all_headings,
    known_words,
    looks_like_customer,
)
from tryggve.domains.customers.engine.phones import Country
from tryggve.domains.customers.engine.rows import RowReader
from tryggve.domains.customers.engine.table import Row, Table

Line = Draft | SetAside | Skipped


def lines_of(table: Table, headings: Headings, *, country: Country = "SE") -> Iterator[Line]:
    """What becomes of each row but the headings, in their order."""
    yield from _above(table.rows[: headings.place])
    yield from _below(table, headings, country)


def _above(rows: Sequence[Row]) -> Iterator[Line]:
    """Titles are passed over; what may be a customer of another table is set aside."""
    is_under_headings = False
    for row in rows:
        if not row.cells and not row.faults:
            yield Skipped(row.line, "empty")
        elif looks_like_customer(row.cells) or (is_under_headings and not is_all_headings(row.cells)):
            yield SetAside(row.line, None, "above_headings", row.cells)
        else:
            yield Skipped(row.line, "title")
        is_under_headings = is_under_headings or known_words(row.cells) > 0


def _below(table: Table, headings: Headings, country: Country) -> Iterator[Line]:
    """Rows below headings that mean something else are set aside: read as the others, a town may become a name."""
    reader = RowReader(headings.columns, delimiter=table.delimiter, country=country)
    fed = {column.heading for column in headings.columns if column.field}
    is_other = False
    for row in table.rows[headings.place + 1 :]:
        line = reader.read(row)
        again = _is_again(line, row, headings)
        is_other = is_other if again is None else not again
        if again:
            yield Skipped(row.line, "title")
        elif is_other and not (isinstance(line, Skipped) and line.reason == "empty"):
            yield SetAside(row.line, None, "other_headings", row.cells)
        else:
            yield _without_lost_cells(line, row, fed)


def _is_again(line: Line, row: Row, headings: Headings) -> bool | None:
    """Whether the row is these headings once more, or other ones (False); None if it is no row of headings."""
    if isinstance(line, Skipped) and line.reason == "title":
        return True
    if not is_all_headings(row.cells):
        return None
    fields = [column.field for column in columns_of(row.cells)]
    return fields == [column.field for column in headings.columns][: len(fields)] and None not in fields


def _without_lost_cells(line: Line, row: Row, fed: set[str]) -> Line:
    """A name that the spreadsheet never worked out must not go missing without a word."""
    lost = [column for column in line.not_worked_out if column in fed] if isinstance(line, Draft) else []
    return SetAside(row.line, lost[0], "cell_error", row.cells) if lost else line
