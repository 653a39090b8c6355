"""What each row is by where it stands: above the headings, below them, or below others further down."""

from collections.abc import Iterator, Sequence

from tryggve.domains.customers.engine.columns.content_shapes import is_person_name
from tryggve.domains.customers.engine.columns.heading_words import Field
from tryggve.domains.customers.engine.columns.headings import (
    Headings,
    columns_of,
    is_all_headings,
    known_words,
    looks_like_customer,
)
from tryggve.domains.customers.engine.drafts import Draft, SetAside, Skipped
from tryggve.domains.customers.engine.rows.rows import RowReader
from tryggve.domains.customers.engine.table import Row, Table
from tryggve.domains.customers.engine.values.organisation_names import is_organisation
from tryggve.domains.customers.engine.values.phones import Country

Line = Draft | SetAside | Skipped


def lines_of(table: Table, headings: Headings, *, country: Country = "SE") -> Iterator[Line]:
    """What becomes of each row but the headings, in their order."""
    if headings.place < 0:
        titles = _titles_of(table.rows)
        yield from (Skipped(row.line, "title" if row.cells else "empty") for row in table.rows[:titles])
        yield from _below(table, headings, country, first=titles)
    else:
        yield from _above(table.rows[: headings.place])
        yield from _below(table, headings, country, first=headings.place + 1)


def _titles_of(rows: Sequence[Row]) -> int:
    """How many rows above a list without headings are its title: single cells that no customer can be."""
    if max((len(row.cells) for row in rows), default=0) < 2:
        return 0
    for number, row in enumerate(rows):
        filled = [cell.strip() for cell in row.cells if cell.strip()]
        is_title = len(filled) == 1 and not is_person_name(filled[0]) and not is_organisation(filled[0])
        if row.faults or (filled and not is_title) or looks_like_customer(row.cells):
            return number
    return 0


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


def _below(table: Table, headings: Headings, country: Country, *, first: int) -> Iterator[Line]:
    """Rows below headings that mean something else are set aside: read as the others, a town may become a name."""
    reader = RowReader(headings.columns, delimiter=table.delimiter, country=country)
    fed = {column.heading for column in headings.columns if column.field}
    said = [column.field for column in columns_of([column.written for column in headings.columns])]
    is_other = False
    for row in table.rows[first:]:
        line = reader.read(row)
        again = _is_again(line, row, said)
        is_other = is_other if again is None else not again
        if again:
            yield Skipped(row.line, "title")
        elif is_other and not (isinstance(line, Skipped) and line.reason == "empty"):
            yield SetAside(row.line, None, "other_headings", row.cells)
        else:
            yield without_lost_cells(line, row, fed)


def _is_again(line: Line, row: Row, said: Sequence[Field | None]) -> bool | None:
    """Whether the row says what the headings said, or something else (False); None if it is no row of headings."""
    if isinstance(line, Skipped) and line.reason == "title":
        return True
    has_email = isinstance(line, Draft) and line.details.emails
    if has_email or not is_all_headings(row.cells):
        return None
    fields = [column.field for column in columns_of(row.cells)]
    return fields == list(said[: len(fields)]) and None not in fields


def without_lost_cells(line: Line, row: Row, fed: set[str]) -> Line:
    """A name that the spreadsheet never worked out must not go missing without a word."""
    lost = [column for column in line.not_worked_out if column in fed] if isinstance(line, Draft) else []
    return SetAside(row.line, lost[0], "cell_error", row.cells) if lost else line
