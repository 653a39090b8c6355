"""Runs of digits picked by their sizes and by what stands between them."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache
from typing import Final

import numpy as np

from tryggve.domains.datamap.engine.arithmetic import Digits
from tryggve.domains.datamap.engine.boundaries import IS_WORD
from tryggve.domains.datamap.engine.kinds import Confidence
from tryggve.domains.datamap.engine.rows import rows
from tryggve.domains.datamap.engine.runs import Codes, Mask, Places, Runs
from tryggve.domains.datamap.engine.text import Text

_ZERO: Final = np.uint8(ord("0"))
_AT_ONCE: Final = 1 << 13
_SMALL: Final = np.uint8(0x20)
_AFTER_PREFIX: Final = np.isin(np.arange(256), list(b" -:"))


@dataclass(frozen=True, slots=True)
class Shape:
    """Sizes of runs that follow each other; ``joints``: signs of ``boundaries``, any of which stands between two."""

    sizes: tuple[int, ...]
    joints: int = 0


@dataclass(frozen=True, slots=True)
class Candidates:
    """Of each where it begins and ends, its digits (n × k), and what stands before its last run.

    ``opens``, ``closes``: whether what stands before it, and after it, lets it be a number of its own.
    """

    start: Places
    end: Places
    digits: Digits
    joint: Codes
    opens: Mask
    closes: Mask

    def __len__(self) -> int:
        return len(self.start)

    def __getitem__(self, which: Mask) -> "Candidates":
        places = np.flatnonzero(which)
        return Candidates(
            self.start.take(places),
            self.end.take(places),
            self.digits.take(places, axis=0),
            self.joint.take(places),
            self.opens.take(places),
            self.closes.take(places),
        )

    def with_zeros(self, count: int) -> "Candidates":
        """With the zeros that a spreadsheet took from the front of numbers."""
        if not len(self):
            return _none(self.digits.shape[1] + count)
        zeros = np.zeros((len(self), count), np.uint8)
        return replace(self, digits=np.hstack((zeros, self.digits)))

    def without_first(self, count: int) -> "Candidates":
        """The same with so many digits less at the front."""
        return replace(self, digits=self.digits[:, count:])


def portions(places: Places) -> Iterator[Places]:
    """As many at a time as leave little memory in use, whatever a text holds."""
    for begin in range(0, len(places), _AT_ONCE):
        yield places[begin : begin + _AT_ONCE]


def joined(several: Sequence[Candidates]) -> Candidates:
    """Those of as many digits each."""
    return Candidates(
        np.concatenate([one.start for one in several]),
        np.concatenate([one.end for one in several]),
        np.concatenate([one.digits for one in several]),
        np.concatenate([one.joint for one in several]),
        np.concatenate([one.opens for one in several]),
        np.concatenate([one.closes for one in several]),
    )


def with_luhn(runs: Runs) -> Mask:
    """Runs that stand alone and whose last digit is right."""
    return runs.is_luhn


def shortened(runs: Runs) -> Mask:
    """Runs from whose front a spreadsheet may have taken zeros: all of them."""
    return np.asarray(runs.codes.take(runs.start) != _ZERO)


def shortened_with_luhn(runs: Runs) -> Mask:
    """Both; zeros change nothing in the last digit."""
    return shortened(runs) & runs.is_luhn


def picked(
    text: Text, shape: Shape, where: Callable[[Runs], Mask] | None = None, *, whole: bool = True
) -> Candidates:
    """``where``: which runs they may begin with; ``whole``: none that are part of something longer."""
    runs, count = text.runs, len(shape.sizes)
    if not runs.sizes.issuperset(shape.sizes):
        return _none(sum(shape.sizes))
    first = _beginnings(text, shape.sizes, shape.joints)
    if where is not None:
        first = first[where(runs)[first]]
    if whole:
        first = first[runs.opens[first] & runs.closes[first + (count - 1)]]
    if not len(first):
        return _none(sum(shape.sizes))
    last = first + (count - 1)
    parts = [rows(text.codes, runs.start[first + place], size) for place, size in enumerate(shape.sizes)]
    return Candidates(
        runs.start[first],
        runs.end[last],
        (parts[0] if count == 1 else np.hstack(parts)) - _ZERO,
        runs.joint[last - 1] if count > 1 else np.zeros(len(first), np.uint8),
        runs.opens[first],
        runs.closes[last],
    )


@cache
def _none(size: int) -> Candidates:
    places, is_any = np.empty(0, np.int64), np.empty(0, np.bool_)
    return Candidates(places, places, np.empty((0, size), np.uint8), np.empty(0, np.uint8), is_any, is_any)


def _beginnings(text: Text, sizes: tuple[int, ...], joints: int) -> Places:
    """Places among the runs."""
    runs = text.runs
    most = max(len(runs) - len(sizes) + 1, 0)
    fits = runs.size[:most] == sizes[0]
    for place, size in enumerate(sizes[1:], start=1):
        fits &= runs.size[place : place + most] == size
        fits &= (runs.joint[place - 1 : place - 1 + most] & np.uint8(joints)) != 0
    return np.flatnonzero(fits)


def by_joint(sure: Mapping[int, Confidence]) -> Codes:
    """A table: how sure one is of a number by what stands in it."""
    table = np.zeros(256, np.uint8)
    for joint, confidence in sure.items():
        table[joint] = confidence
    return table


def begin_of_prefix(text: Text, start: Places, letters: bytes) -> Places:
    """Where those letters before each place begin, glued to it or with one sign between; -1 where there are none."""
    size = len(letters)
    before = rows(text.codes, start - (size + 2), size + 2)
    folded, is_free, wanted = before | _SMALL, ~IS_WORD[before], np.frombuffer(letters.lower(), np.uint8)
    is_glued = (folded[:, 2:] == wanted).all(1) & is_free[:, 1]
    is_apart = (folded[:, 1:-1] == wanted).all(1) & is_free[:, 0] & _AFTER_PREFIX[before[:, -1]]
    return np.where(is_glued, start - size, np.where(is_apart, start - size - 1, -1))
