"""Labels in running text: the nearest one before a value on its line, or in parentheses right after it."""

from collections.abc import Sequence
from functools import cached_property
from typing import Final

import numpy as np
from numpy.typing import NDArray

from tryggve.domains.datamap.engine.kinds import Kind
from tryggve.domains.datamap.engine.rows import rows
from tryggve.domains.datamap.engine.runs import Codes, Mask, Places
from tryggve.domains.datamap.engine.said import Says
from tryggve.domains.datamap.engine.words import meanings
from tryggve.domains.datamap.engine.words.lists import WORDS
from tryggve.domains.datamap.engine.words.word import IS_LETTER, Hits

_THIS_REACHES: Final = 40
_OTHER_REACHES: Final = 24
_LETTERS_REACH: Final = 16
# The farthest label, and its own letters.
_WINDOW: Final = 64
_AFTER: Final = 40
# From so many places in so many bytes on, going through the whole text once is less work.
_DENSE: Final = 4 * _WINDOW
_NEWLINE, _SLASH, _BLANK, _OPENING = b"\n/ ("
_MOST_LINES: Final = 2
_ENDS_VALUE: Final = np.isin(np.arange(256), list(b",;|\t)"))
_IS_DIGIT: Final = np.isin(np.arange(256), list(b"0123456789"))


class NearLabels:
    """Those of one text. ``tables``: from where to where it has headings; there a label ends with its cell."""

    def __init__(self, content: bytes, tables: Sequence[tuple[int, int, int | None]] = ()) -> None:
        self._content, self._tables = content, tables
        self._found: dict[str, Hits] = {}

    def of(self, kind: Kind, start: Places, end: Places) -> NDArray[np.int8]:
        """For each place one of Says."""
        says = self._before(kind, start)
        return self._after(kind, end, says) if self._has_parentheses else says

    @cached_property
    def _codes(self) -> Codes:
        return np.frombuffer(self._content, np.uint8)

    @cached_property
    def _has_parentheses(self) -> bool:
        return b"(" in self._content

    def _all(self, about: str) -> Hits:
        if about not in self._found:
            self._found[about] = meanings.finder(about).hits(self._content)
        return self._found[about]

    def _before(self, kind: Kind, start: Places) -> NDArray[np.int8]:
        says = np.zeros(len(start), np.int8)
        is_dense = len(start) * _DENSE > len(self._content)
        place, says_there, column = (
            self._from_all(kind, start) if is_dense else self._from_windows(kind, start)
        )
        if len(place):
            window = rows(self._codes, start[place] - _WINDOW, _WINDOW)
            holds = _holds(window, column, says_there, kind) & self._is_in_cell(window, column, start[place])
            says[place] = np.where(holds, says_there, Says.NOTHING)
        return says

    def _is_in_cell(self, window: Codes, column: Places, start: Places) -> Mask:
        """Whether nothing parts a label from its value, if a table is there."""
        is_in_cell = np.ones(len(start), np.bool_)
        for begin, end, delimiter in self._tables:
            few = np.flatnonzero((start >= begin) & (start < end))
            is_part = (window[few] == _NEWLINE) | (
                window[few] == (_NEWLINE if delimiter is None else delimiter)
            )
            is_in_cell[few] = ~(is_part & (np.arange(_WINDOW) >= column[few, None])).any(1)
        return is_in_cell

    def _from_windows(self, kind: Kind, start: Places) -> tuple[Places, NDArray[np.int8], Places]:
        """Places that have a label before them, what the nearest says, and in which column of the window it ends."""
        width = _WINDOW + 2
        window = np.full((len(start), width), _NEWLINE, np.uint8)
        window[:, :-1] = rows(self._codes, start - _WINDOW, _WINDOW + 1)
        hits = meanings.finder(meanings.labels_of(kind)).hits(window.tobytes())
        row, column = np.divmod(hits.start, width)
        end = hits.end - row * width
        if not len(hits):
            return _nowhere()
        # What begins in the first column may be the rest of a word.
        hits, says = _spoken(hits, kind, (column > 0) & (end <= _WINDOW))
        says = _joined(window.ravel(), hits, says)
        row = hits.start // width
        last = np.flatnonzero(np.diff(row, append=-1) != 0)
        return row[last], says[last], hits.end[last] - row[last] * width

    def _from_all(self, kind: Kind, start: Places) -> tuple[Places, NDArray[np.int8], Places]:
        hits, says = _spoken(self._all(meanings.labels_of(kind)), kind)
        if not len(hits):
            return _nowhere()
        says = _joined(self._codes, hits, says)
        nearest = np.searchsorted(hits.end, start, side="right") - 1
        place = np.flatnonzero((nearest >= 0) & (start - hits.start[nearest] < _WINDOW))
        nearest = nearest[place]
        return place, says[nearest], _WINDOW - (start[place] - hits.end[nearest])

    def _after(self, kind: Kind, end: Places, says: NDArray[np.int8]) -> NDArray[np.int8]:
        """«556677-8899 (org.nr)»."""
        first, second = self._codes.take(end, mode="clip"), self._codes.take(end + 1, mode="clip")
        is_blank = first == _BLANK
        places = np.flatnonzero((first == _OPENING) | is_blank & (second == _OPENING))
        if len(places):
            begin = end[places] + 1 + is_blank[places]
            width = _AFTER + 1
            window = np.full((len(places), width), _NEWLINE, np.uint8)
            window[:, :-1] = rows(self._codes, begin, _AFTER)
            hits = meanings.finder(meanings.labels_of(kind)).hits(window.tobytes())
            hits, said = _spoken(hits, kind, (hits.start % width == 0) & (hits.end % width < _AFTER))
            says[places[hits.start // width]] = said
        return says


def _nowhere() -> tuple[Places, NDArray[np.int8], Places]:
    nothing = np.empty(0, np.int64)
    return nothing, nothing.astype(np.int8), nothing


def _spoken(hits: Hits, kind: Kind, which: Mask | None = None) -> tuple[Hits, NDArray[np.int8]]:
    """Those that say something of that kind, and what."""
    says = meanings.in_sentences(kind)[hits.id]
    is_spoken = (says != Says.NOTHING) if which is None else (says != Says.NOTHING) & which
    return hits[is_spoken], says[is_spoken]


def _joined(codes: Codes, hits: Hits, says: NDArray[np.int8]) -> NDArray[np.int8]:
    """«Personnr/orgnr», «pnr / tel»: what one of two calls it, both do."""
    if len(hits) < 2:
        return says
    gap = hits.start[1:] - hits.end[:-1]
    is_joined = (gap > 0) & (gap <= 3)
    is_joined &= (codes[hits.start[1:] - 1] == _SLASH) | (codes[hits.start[1:] - 2] == _SLASH)
    joined = says.copy()
    joined[1:] = np.where(is_joined, np.maximum(says[1:], says[:-1]), says[1:])
    return joined


def _holds(window: Codes, column: Places, says: NDArray[np.int8], kind: Kind) -> Mask:
    """Whether a label that ends in that column speaks of what follows the window: a row and a column for each."""
    is_between = np.arange(_WINDOW) >= column[:, None]
    lines = ((window == _NEWLINE) & is_between).sum(1)
    is_right_before = ~(IS_LETTER[window] & is_between).any(1) & (lines <= _MOST_LINES)
    distance = _WINDOW - column
    if meanings.labels_of(kind) == WORDS:
        return np.asarray(is_right_before & (distance <= _LETTERS_REACH))
    holds = ((lines == 0) | is_right_before) & (distance <= _THIS_REACHES)
    # «Tel 08-12 34 56, 556677-8899»: it has had its value.
    has_value = (_IS_DIGIT[window[:, :-1]] & _ENDS_VALUE[window[:, 1:]] & is_between[:, :-1]).any(1)
    return np.asarray(holds & ((says == Says.THIS) | ~has_value & (distance <= _OTHER_REACHES)))
