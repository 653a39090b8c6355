"""Runs of digits in a text, found with whole arrays: what nearly every kind begins from."""

from dataclasses import dataclass
from functools import cached_property
from typing import Final

import numpy as np
from numpy.typing import NDArray

from tryggve.domains.datamap.engine import arithmetic, boundaries
from tryggve.domains.datamap.engine.rows import rows

Codes = NDArray[np.uint8]
Places = NDArray[np.int64]
Mask = NDArray[np.bool_]

_BLOCK: Final = 1 << 17
_LONGEST: Final = 255
_ZERO: Final = np.uint8(ord("0"))
_LUHN_FROM, _LUHN_TO = 2, 25


@dataclass(frozen=True)
class Runs:
    """``start`` and ``end`` of each, the end not in it; ``size`` up to 255; ``gap``: bytes to the next, up to 255.

    ``codes`` are the text's. What follows from these is worked out when first asked for.
    """

    start: Places
    end: Places
    size: Codes
    gap: Codes
    codes: Codes

    def __len__(self) -> int:
        return len(self.start)

    @cached_property
    def sizes(self) -> frozenset[int]:
        """That any of them has: what is not among them need not be looked for."""
        return frozenset(np.flatnonzero(np.bincount(self.size)).tolist())

    @cached_property
    def joint(self) -> Codes:
        """What stands between each and the next: one of the signs of ``boundaries``, or 0."""
        return boundaries.joints(self.codes, self.end, self.gap)

    @cached_property
    def opens(self) -> Mask:
        """Where a number may begin: no letter before it, and nothing that ties it to digits before it."""
        return boundaries.opens(self.codes, self.start, self.joint)

    @cached_property
    def closes(self) -> Mask:
        """Where a number may end; a spreadsheet's ``.0`` after it may stand."""
        return boundaries.closes(self.codes, self.start, self.end, self.joint)

    @cached_property
    def is_luhn(self) -> Mask:
        """Which stand alone and have a right last digit by Luhn; of two to 25 digits, as giros and references have."""
        fits = np.zeros(len(self), np.bool_)
        stands_alone = self.opens & self.closes
        for size in self.sizes.intersection(range(_LUHN_FROM, _LUHN_TO + 1)):
            which = np.flatnonzero((self.size == size) & stands_alone)
            fits[which] = arithmetic.luhn(rows(self.codes, self.start[which], size) - _ZERO)
        return fits


def runs_in(codes: Codes) -> Runs:
    """All runs of ASCII digits."""
    edges = _edges(codes)
    start, end = edges[0::2].copy(), edges[1::2].copy()
    size = np.minimum(end - start, _LONGEST).astype(np.uint8)
    gap = np.full(len(start), _LONGEST, np.uint8)
    gap[:-1] = np.minimum(start[1:] - end[:-1], _LONGEST)
    return Runs(start, end, size, gap, codes)


def _edges(codes: Codes) -> Places:
    """Where a run begins or ends, in turn. A block at a time, which fits the processor's cache."""
    found, inside = [], False
    for begin in range(0, len(codes), _BLOCK):
        above_zero = codes[begin : begin + _BLOCK] - _ZERO
        if not inside and above_zero.min() >= 10:
            continue
        is_digit = above_zero < np.uint8(10)
        changes = np.flatnonzero(is_digit[1:] != is_digit[:-1])
        changes += begin + 1
        if bool(is_digit[0]) != inside:
            found.append(np.array([begin], np.int64))
        found.append(changes)
        inside = bool(is_digit[-1])
    if inside:
        found.append(np.array([len(codes)], np.int64))
    return np.concatenate(found) if found else np.empty(0, np.int64)
