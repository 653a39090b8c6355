"""What a text calls its values, from the headings of its tables and the labels near them."""

from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from tryggve.domains.datamap.engine.kinds import Kind
from tryggve.domains.datamap.engine.runs import Codes, Places
from tryggve.domains.datamap.engine.said import KnowsColumns, Said, Says
from tryggve.domains.datamap.engine.words import meanings
from tryggve.domains.datamap.engine.words.cells import Cells, cells_under, labels_of_bytes
from tryggve.domains.datamap.engine.words.near import NearLabels
from tryggve.domains.datamap.engine.words.tables import Table, tables_in


def said_in(content: bytes, *, is_table: bool = False, heading: bytes = b"") -> "SaidInText":
    """``is_table``: a row a line; ``heading``: the table's first line, where ``content`` is a later piece of it.

    Nothing is read before it is asked for.
    """
    return SaidInText(content, is_table, heading)


class SaidInText(Said, KnowsColumns):
    """A heading that names anything decides; where there is none, the nearest label does."""

    def __init__(self, content: bytes, is_table: bool, heading: bytes) -> None:
        self._content, self._is_table, self._heading = content, is_table, heading

    def of(self, kind: Kind, start: Places, end: Places) -> NDArray[np.int8]:
        """Places in any order."""
        if not len(start):
            return np.zeros(0, np.int8)
        if self._labels is None:
            return self._near.of(kind, start, end)
        says = meanings.in_headings(kind)[self._labels[start]]
        rest = np.flatnonzero(says == Says.NOTHING)
        if len(rest):
            says[rest] = self._near.of(kind, start[rest], end[rest])
        return says

    def cells_of(self, kind: Kind) -> tuple[Places, Places]:
        """Begin and end of each cell whose heading names that kind; empty ones and quotation marks too."""
        mine = [(cells, meanings.in_headings(kind)[cells.label] == Says.THIS) for cells in self._cells]
        none = np.empty(0, np.int64)
        start = np.concatenate([none, *(cells.start[which] for cells, which in mine)])
        return start, np.concatenate([none, *(cells.end[which] for cells, which in mine)])

    @cached_property
    def _tables(self) -> list[Table]:
        found = tables_in(self._content, is_table=self._is_table, heading=self._heading)
        return [table for table in found if table.heading.labels.any()]

    @cached_property
    def _cells(self) -> list[Cells]:
        return [cells_under(table.heading, self._content, table.begin, table.end) for table in self._tables]

    @cached_property
    def _labels(self) -> Codes | None:
        """By byte of the text the label of its cell."""
        return labels_of_bytes(self._cells, len(self._content)) if self._cells else None

    @cached_property
    def _near(self) -> NearLabels:
        tables = [(table.begin, table.end, table.heading.delimiter) for table in self._tables]
        return NearLabels(self._content, tables)
