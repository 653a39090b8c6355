"""How people group the figures of telephone numbers, and which signs they write between the groups."""

from dataclasses import dataclass
from itertools import product
from typing import Final

import numpy as np

from tryggve.domains.datamap.engine.boundaries import DASH, HYPHEN, POINT, SPACE
from tryggve.domains.datamap.engine.contacts.nearby import byte_at, class_of
from tryggve.domains.datamap.engine.rows import rows
from tryggve.domains.datamap.engine.runs import Runs
from tryggve.domains.datamap.engine.spans import Codes, Mask, Places
from tryggve.domains.datamap.engine.text import Text

BRACKET: Final = 64
SLASH: Final = 128
_WITHIN: Final = SPACE | HYPHEN | POINT
_BRACKETS: Final = (b"(", b")", b" (", b") ", b")-", b"-(", b")/")
_BEGINS_BRACKET: Final = class_of(b"() -")
_HYPHEN_OF_DASH: Final = 3  # bits from the one to the other

MOST: Final = 4
_TOO_LARGE: Final = 15
# Groups after an area's two, three or four figures with its zero; then after the first two, three or four of eight.
_USUAL: Final = (
    "332 322 222 2222 8 7 6 34 44 33 43",
    "322 232 223 222 7 6 34 43 33 32",
    "222 33 6 34 32 5",
    "222 33 6",
    "23 32",
    "4 22",
)
_WITH_AREA: Final = 3
_LENGTHS: Final = (range(7, 12), range(8, 9))

Ways = tuple[tuple[int, ...], ...]


def _table_of(listed: tuple[Ways, ...]) -> Codes:
    """How many groups belong to a number, by what begins it and the sizes of up to four that follow."""
    table = np.zeros((len(listed), *(16,) * MOST), np.uint8)
    for row, ways in enumerate(listed):
        for way in sorted(ways, key=len):
            table[(row, *way)] = len(way)
    return table


def _usual() -> Codes:
    return _table_of(tuple(tuple(tuple(map(int, way)) for way in ways.split()) for ways in _USUAL))


def _possible() -> Codes:
    """Any groups of two figures or more that come to the figures of a number."""
    ways = [
        way for count in range(1, MOST + 1) for way in product(range(2, 9), repeat=count) if sum(way) < 10
    ]
    return _table_of(
        tuple(
            tuple(way for way in ways if 2 + row % _WITH_AREA + sum(way) in _LENGTHS[row // _WITH_AREA])
            for row in range(len(_USUAL))
        )
    )


_USUAL_COUNT: Final = _usual()
_POSSIBLE_COUNT: Final = _possible()


@dataclass(frozen=True, slots=True)
class Groups:
    """Runs of figures; ``sign``: what stands after each, one of ``boundaries``, BRACKET or SLASH, or 0 for another."""

    runs: Runs
    codes: Codes
    lead: Codes
    sign: Codes

    def start(self, at: Places) -> Places:
        """Past the last run the last one's."""
        return self.runs.start[np.minimum(at, len(self.runs) - 1)]

    def size(self, at: Places) -> Codes:
        """Past the last run 0."""
        return np.where(at < len(self.runs), self.runs.size[np.minimum(at, len(self.runs) - 1)], np.uint8(0))

    def sign_before(self, at: Places) -> Codes:
        """Past the last run what stands after that."""
        return np.where(at > 0, self.sign[np.minimum(at, len(self.sign)) - 1], np.uint8(0))

    def begins_with_bracket(self, at: Places) -> Mask:
        """``(08) 123 456 78``."""
        return np.asarray(
            (self.sign[at] == BRACKET) & (byte_at(self.codes, self.runs.start[at] - 1) == ord("("))
        )

    def may_begin(self, first: Places, last: Places) -> Mask:
        """Nothing that it belongs to is before it: before a slash may be another number, before a colon no figure."""
        is_second = self.sign_before(first) == SLASH
        if is_second.any():
            is_second &= np.isin(first - 1, last)
        is_time = byte_at(self.codes, self.runs.start[first] - 1) == ord(":")
        is_time &= (first > 0) & (self.runs.gap[first - 1] == 1)
        return np.asarray((self.runs.opens[first] | is_second) & ~is_time)

    def may_end(self, last: Places) -> Mask:
        """Nothing that belongs to it follows: after a slash may be another number, after a colon no figure."""
        is_other = (self.sign[last] == SLASH) & (
            self.lead[np.minimum(last + 1, len(self.lead) - 1)] == ord("0")
        )
        is_time = (self.runs.gap[last] == 1) & (byte_at(self.codes, self.runs.end[last]) == ord(":"))
        return np.asarray((self.runs.closes[last] | is_other) & ~is_time)

    def counts(self, first: Places, *, with_area: bool) -> tuple[Codes, Codes]:
        """How many groups after runs of two to four figures belong to their numbers: in usual ways, in possible ones.

        All signs after the second group are the same: another begins another number.
        """
        sizes, goes_on, within = [], np.ones(len(first), np.bool_), np.zeros(len(first), np.uint8)
        for place in range(MOST):
            sign = np.where(goes_on, self.sign[np.minimum(first + place, len(self.sign) - 1)], np.uint8(0))
            if place == 1:
                within = sign & np.uint8(_WITHIN)
            goes_on = (sign != 0) if place == 0 else (sign == within) & (within != 0)
            sizes.append(np.where(goes_on, np.minimum(self.size(first + place + 1), _TOO_LARGE), 0))
        row = self.runs.size[first] - 2 + (0 if with_area else _WITH_AREA)
        return _USUAL_COUNT[(row, *sizes)], _POSSIBLE_COUNT[(row, *sizes)]


def groups(text: Text) -> Groups:
    """Of a text that has figures."""
    runs = text.runs
    sign: Codes = runs.joint & np.uint8(_WITHIN) | (runs.joint & np.uint8(DASH)) >> np.uint8(_HYPHEN_OF_DASH)
    points = np.flatnonzero(sign == POINT)
    sign[points[text.codes[runs.end[points]] == ord("/")]] = SLASH
    if b"(" in text.content or b")" in text.content:
        _set_brackets(text, sign)
    return Groups(runs, text.codes, text.codes.take(runs.start), sign)


def _set_brackets(text: Text, sign: Codes) -> None:
    runs = text.runs
    near = np.flatnonzero((runs.gap <= 2) & (runs.joint == 0))
    near = near[_BEGINS_BRACKET[text.codes[runs.end[near]]]]
    written = rows(text.codes, runs.end[near], 2)
    written[runs.gap[near] == 1, 1] = 0
    number = written.view("<u2")[:, 0]
    for bracket in _BRACKETS:
        sign[near[number == int.from_bytes(bracket, "little")]] = BRACKET
