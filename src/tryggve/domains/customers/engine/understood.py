from collections.abc import Iterator
from dataclasses import dataclass

from tryggve.domains.customers.engine.drafts import Skipped
from tryggve.domains.customers.engine.headings import Column, find_headings
from tryggve.domains.customers.engine.phones import Country
from tryggve.domains.customers.engine.sections import Line, lines_of
from tryggve.domains.customers.engine.table import Table

Cells = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Understood:
    """A list as it was read: its columns, and every line below or above the headings with its cells.

    A line that describes nobody has no cells any more.
    """

    columns: tuple[Column, ...]
    lines: list[tuple[Cells, Line]]


def understand(table: Table, country: Country) -> Understood:
    """How a table is to be read. Raises UnreadableFile."""
    headings = find_headings(table.rows)
    lines = lines_of(table, headings, country=country)
    rows = table.rows[: headings.place] + table.rows[headings.place + 1 :]
    with_cells = ((row.cells, line) for row, line in zip(rows, lines, strict=True))
    return Understood(headings.columns, list(_without_empty(with_cells)))


def _without_empty(lines: Iterator[tuple[Cells, Line]]) -> Iterator[tuple[Cells, Line]]:
    for cells, line in lines:
        yield ((), line) if isinstance(line, Skipped) else (cells, line)
