from collections.abc import Sequence
from contextlib import suppress

from tryggve.domains.customers.engine.columns.headings import Column
from tryggve.domains.customers.engine.columns.skipping import is_total, is_without_content
from tryggve.domains.customers.engine.comparison.merging import has_too_much
from tryggve.domains.customers.engine.details import Details
from tryggve.domains.customers.engine.drafts import Draft, SetAside, SetAsideReason, Skipped
from tryggve.domains.customers.engine.rows.gathering import STEPS, Gathered
from tryggve.domains.customers.engine.table import Row, without_empty_end
from tryggve.domains.customers.engine.values.cleaning import BadCell, clean_text
from tryggve.domains.customers.engine.values.folding import words
from tryggve.domains.customers.engine.values.phones import Country

_FEWEST_SWALLOWED_DELIMITERS = 3


class RowReader:
    """Turn rows under given columns into drafts; ``country`` says how telephone numbers are compared."""

    def __init__(self, columns: Sequence[Column], *, delimiter: str = "", country: Country = "SE") -> None:
        self._country = country
        self._delimiter = delimiter
        self._steps = [(column.index, column, STEPS[column.field]) for column in columns]
        self._columns = {column.index: column.field for column in columns}
        self._labels = {column.index: column.heading for column in columns}
        written = [column.written for column in columns]
        self._headings = [words(heading) for heading in without_empty_end(written)]

    def read(self, row: Row) -> Draft | SetAside | Skipped:
        """The customer of a row, or why there is none."""
        if not row.cells and not row.faults:
            return Skipped(row.line, "empty")
        if is_total(row.cells, self._columns):
            return Skipped(row.line, "total")
        if self._repeats_headings(row.cells):
            return Skipped(row.line, "title")
        return self._misshapen(row) or self._gathered(row)

    def readable_part(self, cells: Sequence[str]) -> Details:
        """What the cells say that can be read, whatever is wrong with others: for who looks for somebody."""
        gathered = Gathered(self._country)
        for index, column, step in self._steps:
            with suppress(BadCell):
                text = clean_text(cells[index]) if index < len(cells) else ""
                if not is_without_content(text):
                    step(gathered, column, text)
        return gathered.details()

    def _repeats_headings(self, cells: Sequence[str]) -> bool:
        if not self._headings or len(cells) != len(self._headings) or words(cells[0]) != self._headings[0]:
            return False
        return list(map(words, cells)) == self._headings

    def _misshapen(self, row: Row) -> SetAside | None:
        for place, fault in row.faults:
            if fault == "cell_error":
                return self._aside(row, place, "cell_error")
            if fault != "formula_without_value":
                return self._aside(row, None, fault)
        if len(row.cells) > len(self._labels):
            return self._aside(row, None, "too_many_cells")
        for place, cell in enumerate(row.cells if self._delimiter else ()):
            if "\n" in cell and self._swallowed_rows(cell):
                return self._aside(row, place, "unclosed_quote")
        return None

    def _swallowed_rows(self, cell: str) -> bool:
        """Whether a line in the cell has delimiters enough to be a row: then its quote was closed too late."""
        enough = max(_FEWEST_SWALLOWED_DELIMITERS, len(self._labels) - 1)
        return any(line.count(self._delimiter) >= enough for line in cell.split("\n"))

    def _gathered(self, row: Row) -> Draft | SetAside | Skipped:
        gathered, cells = Gathered(self._country), row.cells
        for index, column, step in self._steps:
            if index >= len(cells) or not cells[index]:
                continue
            try:
                text = clean_text(cells[index])
                if not is_without_content(text):
                    step(gathered, column, text)
            except BadCell as bad:
                return self._aside(row, index, bad.reason)
        return self._draft(row, gathered)

    def _draft(self, row: Row, gathered: Gathered) -> Draft | SetAside | Skipped:
        details = gathered.details()
        # Only formulas without a value are left here: a cell in error has set its row aside.
        formulas = [place for place, _fault in row.faults]
        if details.name or details.emails or details.phones:
            not_worked_out = tuple(self._labels[place] for place in formulas if place in self._labels)
            if has_too_much(details):
                return self._aside(row, None, "too_much")
            return Draft(row.line, details, gathered.extra, not_worked_out)
        if formulas:
            return self._aside(row, formulas[0], "cell_error")
        if details == Details(kind=details.kind) and not gathered.extra:
            return Skipped(row.line, "empty")
        return self._aside(row, None, "nobody")

    def _aside(self, row: Row, place: int | None, reason: SetAsideReason) -> SetAside:
        column = None if place is None else self._labels.get(place)
        return SetAside(row.line, column, reason, row.cells)
