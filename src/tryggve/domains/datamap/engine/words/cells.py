"""Cells of a table in a text, and under which heading each stands."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

import numpy as np

from tryggve.domains.datamap.engine.runs import Codes, Mask, Places
from tryggve.domains.datamap.engine.words.headings import Heading

_NEWLINE, _RETURN, _QUOTE, _COMMA = b'\n\r",'
_BLOCK: Final = 1 << 17


@dataclass(frozen=True, slots=True)
class Cells:
    """Of each: begin and end, its quotation marks in it, and the row of its column's label in ``meanings``."""

    start: Places
    end: Places
    label: Codes


def cells_under(heading: Heading, content: bytes, begin: int, end: int) -> Cells:
    """All between two places in a text; ``begin`` is where a line does. A row whose number of cells can't be that of
    the heading has no labels."""
    codes = np.frombuffer(content, np.uint8)[begin:end]
    has_marks = content.find(b'"', begin, end) >= 0
    ends = _ends_of_cells(codes, heading.delimiter, has_marks)
    starts = np.concatenate(([0], ends[:-1] + 1))
    first = _first_of_rows(codes, ends)
    count = np.diff(first, append=len(ends))
    column = np.arange(len(ends)) - np.repeat(first, count)
    width = len(heading.labels)
    labels = np.where(column < width, heading.labels[np.minimum(column, width - 1)], np.uint8(0))
    labels[np.repeat(~_fits(count, heading), count)] = 0
    return Cells(starts + begin, ends + begin, labels)


def labels_of_bytes(several: Iterable[Cells], size: int) -> Codes:
    """For each byte of a text the label of its cell: a look-up where a search would take ten times as long.

    ``several``: tables in the order of the text.
    """
    pieces, done = [], 0
    for cells in several:
        pieces.append(np.zeros(cells.start[0] - done, np.uint8))
        done = int(cells.end[-1]) + 1
        pieces.append(np.repeat(cells.label, np.diff(cells.start, append=done)))
    pieces.append(np.zeros(max(size - done, 0), np.uint8))
    return np.concatenate(pieces)


def _fits(count: Places, heading: Heading) -> Mask:
    """Cells at the end of a row may be left out, but a comma too many or few stands within some value."""
    width = len(heading.labels)
    if heading.delimiter in (None, _COMMA):
        return np.asarray(count == width)
    return np.asarray((count > 1) & (count <= width))


def _ends_of_cells(codes: Codes, delimiter: int | None, has_marks: bool) -> Places:
    """Each delimiter, line feed, and the end."""
    wanted = (_NEWLINE,) if delimiter is None else (_NEWLINE, delimiter)
    ends = _places(codes, wanted)
    if delimiter is not None and has_marks:
        ends = ends[~_is_quoted(codes, ends, delimiter)]
    return np.append(ends, len(codes))


def _first_of_rows(codes: Codes, ends: Places) -> Places:
    """Which cells are the first in their row."""
    return np.concatenate(([0], np.flatnonzero(codes[ends[:-1]] == _NEWLINE) + 1))


def _is_quoted(codes: Codes, ends: Places, delimiter: int) -> Mask:
    """Which stand between a quotation mark that begins a cell and the next one that ends one (RFC 4180); a mark
    within a cell is neither, so that one too many loses a row and not the rest of the file."""
    parts = np.isin(np.arange(256), (_NEWLINE, _RETURN, delimiter))
    marks = _places(codes, (_QUOTE,))
    opens = (marks == 0) | parts[codes[marks - 1]]
    closes = (marks == len(codes) - 1) | parts[codes.take(marks + 1, mode="clip")]
    is_edge = opens | closes
    marks, opens, closes = marks[is_edge], opens[is_edge], closes[is_edge]
    pairs = np.flatnonzero(opens[:-1] & closes[1:])
    if not len(pairs):
        return np.zeros(len(ends), np.bool_)
    opening = np.searchsorted(marks[pairs], ends) - 1
    return np.asarray((opening >= 0) & (ends < marks[pairs + 1][opening]))


def _places(codes: Codes, wanted: tuple[int, ...]) -> Places:
    """Of these bytes; a block at a time, which fits the processor's cache."""
    found = [np.empty(0, np.int64)]
    for begin in range(0, len(codes), _BLOCK):
        block = codes[begin : begin + _BLOCK]
        is_wanted = block == wanted[0]
        for code in wanted[1:]:
            is_wanted |= block == code
        found.append(np.flatnonzero(is_wanted) + begin)
    return np.concatenate(found)
