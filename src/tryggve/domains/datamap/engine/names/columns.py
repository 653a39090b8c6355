"""Names of persons in the columns of a table, by heading and by what stands in the cells."""

from dataclasses import dataclass
from typing import Final

import numpy as np

from tryggve.domains.datamap.engine import spans
from tryggve.domains.datamap.engine.kinds import Confidence, Kind
from tryggve.domains.datamap.engine.names import beside, headings, known
from tryggve.domains.datamap.engine.names.capitals import are_capitals, keys_at
from tryggve.domains.datamap.engine.names.headings import Heading
from tryggve.domains.datamap.engine.names.known import FIRST, LAST
from tryggve.domains.datamap.engine.spans import Mask, Places, Spans
from tryggve.domains.datamap.engine.text import Text

_SHORTEST: Final = 2
_LONGEST: Final = 60
_MOST_EDGES: Final = 2
_EDGES: Final = np.isin(np.arange(256), list(b" \"'\r"))
_AS_A_NUMBER: Final = np.array([1, 1 << 8, 1 << 16], np.uint32)
_ENDINGS: Final = (b" AB", b" HB", b" KB", b" AS", b"A/S", b" Oy", b"ApS", b"I/S", b"Ltd", b"mbH")
_FIRMS: Final = [int.from_bytes(ending, "little") for ending in _ENDINGS]
_SHARE_WITH_HEADING: Final = 0.2
_SHARE_ALONE: Final = 0.5
_FEW: Final = 5


@dataclass(frozen=True, slots=True)
class Column:
    """``heading`` as it stands in the table, empty without one; where each of its cells begins and ends."""

    heading: str
    start: Places
    end: Places


def names_in(text: Text, column: Column, where: Spans | None = None) -> Spans:
    """Names in a column of names, else none. MEDIUM under a heading or where the name is known, LOW else.

    ``where``: what else was found; a cell within 200 bytes of another sign of a person is HIGH.
    """
    cells = _without_edges(text, column)
    is_name = _looks_like_a_name(text, cells)
    bits = np.zeros(len(cells.start), np.uint8)
    bits[is_name] = known.shipped().of(keys_at(text.content, cells.start[is_name])[0])
    is_known = (bits & (FIRST | LAST)) > 0
    says = headings.said_by(cells.heading)
    if not _holds_names(says, is_name, is_known):
        return spans.none()
    confidence = np.where(is_known | (says is Heading.OF_NAMES), Confidence.MEDIUM, Confidence.LOW)
    found = spans.spans(Kind.PERSON, cells.start, cells.end, np.where(is_name, confidence, Confidence.NONE))
    return beside.surer(found, beside.signs_of_persons(where))


def _holds_names(says: Heading, is_name: Mask, is_known: Mask) -> bool:
    """A heading may be enough; without one, or with one that may be of firms, known names must bear it out."""
    count = int(is_name.sum())
    if says is Heading.OF_OTHERS or not count or 2 * count < len(is_name):
        return False
    if says is Heading.OF_NAMES:
        return True
    share = int(is_known.sum()) / count
    return (
        share >= _SHARE_WITH_HEADING if says is Heading.PERHAPS else share >= _SHARE_ALONE and count >= _FEW
    )


def _without_edges(text: Text, column: Column) -> Column:
    """Without quotes and spaces around what stands in the cells."""
    start, end = column.start.copy(), column.end.copy()
    if len(text.content):
        for _sign in range(_MOST_EDGES):
            start += (start < end) & _EDGES[text.codes[np.minimum(start, len(text.codes) - 1)]]
            end -= (start < end) & _EDGES[text.codes[np.maximum(end - 1, 0)]]
    return Column(column.heading, start, end)


def _looks_like_a_name(text: Text, cells: Column) -> Mask:
    """Begins with a capital, is short, holds no digit and no ``@``, and doesn't end as firms do."""
    size = cells.end - cells.start
    is_name = (size >= _SHORTEST) & (size <= _LONGEST)
    is_name[is_name] = are_capitals(text.codes, cells.start[is_name])
    for places in (text.runs.start, np.flatnonzero(text.codes == ord("@"))):
        is_name &= np.searchsorted(places, cells.start) == np.searchsorted(places, cells.end)
    last = cells.end[is_name, None] + np.arange(-3, 0)
    is_name[is_name] = ~np.isin(text.codes[last] @ _AS_A_NUMBER, _FIRMS)
    return is_name
