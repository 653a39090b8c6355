"""Which stretches of a text are worth asking the recogniser about: it is a thousand times slower than a look."""

from collections.abc import Iterable, Iterator
from typing import Final

import numpy as np

from tryggve.domains.datamap.engine.spans import Mask, Places

Stretch = tuple[int, int]
"""Where it begins and ends, in bytes of the text."""

REACH: Final = 600
"""Bytes on either side of what may go with a name; a paragraph or two."""

_TO_A_BREAK: Final = 120
_LONGEST: Final = 1 << 16
_PORTION: Final = 1 << 18
_PAGE: Final = 1 << 12
_MANY_ON_A_PAGE: Final = 32
_FEWEST_LINES: Final = 3
_FEWEST_CELLS: Final = 2


def around(content: bytes, places: Places) -> list[Stretch]:
    """Stretches in order, apart from each other, that begin and end at spaces. ``places``: in order."""
    if not len(places):
        return []
    is_far = np.flatnonzero(np.diff(places) > 2 * REACH + _TO_A_BREAK)
    first = places[np.concatenate(([0], is_far + 1))]
    last = places[np.concatenate((is_far, [len(places) - 1]))]
    return list(_to_breaks(content, zip(first.tolist(), last.tolist(), strict=True)))


def _to_breaks(content: bytes, reached: Iterable[Stretch]) -> Iterator[Stretch]:
    before = 0
    for first, last in reached:
        begin = first - REACH
        is_near = begin - before <= _TO_A_BREAK
        begin = before if is_near else _after_a_break(content, begin - _TO_A_BREAK, begin)
        end = min(last + REACH, len(content))
        if end < len(content):
            end = max(_after_a_break(content, end - _TO_A_BREAK, end), last + 1)
        before = end
        while end - begin > _LONGEST:
            cut = max(_after_a_break(content, begin + _LONGEST - _TO_A_BREAK, begin + _LONGEST), begin + 1)
            yield begin, cut
            begin = cut
        yield begin, end


def in_portions(stretches: Iterable[Stretch]) -> Iterator[list[Stretch]]:
    """Several stretches at a time, so few that all their words can be held in memory."""
    portion: list[Stretch] = []
    size = 0
    for begin, end in stretches:
        portion.append((begin, end))
        size += end - begin
        if size >= _PORTION:
            yield portion
            portion, size = [], 0
    if portion:
        yield portion


def _after_a_break(content: bytes, low: int, high: int) -> int:
    """The last beginning of a line from ``low`` to ``high``, or of a word, or ``low``."""
    for sign in (b"\n", b" "):
        if (found := content.rfind(sign, low, high)) >= 0:
            return found + 1
    return low


def is_table(content: bytes, begin: int, end: int) -> bool:
    """Lines of cells that are parted by tabs or semicolons."""
    lines = content.count(b"\n", begin, end)
    cells = max(content.count(sign, begin, end) for sign in (b";", b"\t"))
    return lines >= _FEWEST_LINES and cells >= _FEWEST_CELLS * lines


def lists_among(places: Places) -> Mask:
    """Of each page of a text whether it holds so many of these that it is a list rather than prose."""
    is_full: Mask = np.bincount(places // _PAGE, minlength=1) >= _MANY_ON_A_PAGE
    return is_full


def are_on(pages: Mask, places: Places) -> Mask:
    """Whether each place lies on one of the pages."""
    page = places // _PAGE
    is_known = page < len(pages)
    return is_known & pages[np.where(is_known, page, 0)]
