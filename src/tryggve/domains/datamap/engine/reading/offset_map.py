"""Where the letters of a text stand in the bytes that it was made from."""

from bisect import bisect_left
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from tryggve.domains.datamap.engine.findings import Where

Offsets = NDArray[np.int64]


class OffsetMap(Protocol):
    """Both take a place between two letters of the text and give one in its source; neither ever goes down."""

    def start(self, at: int) -> int:
        """Where the letter after it begins: behind what was left out there."""

    def end(self, at: int) -> int:
        """Where the letter before it ends: in front of what was left out there."""


@dataclass(frozen=True)
class Edits:
    """Pieces of the source that became something else in the text, in order; all else was copied as it was.

    Columns of int64: where each begins and ends in the source, and where in the text.
    """

    source_start: Offsets
    source_end: Offsets
    text_start: Offsets
    text_end: Offsets

    def start(self, at: int) -> int:
        edit = int(np.searchsorted(self.text_start, at, "right")) - 1
        if edit < 0:
            return at
        if at < self.text_end[edit]:
            return int(self.source_start[edit])
        return int(self.source_end[edit] + at - self.text_end[edit])

    def end(self, at: int) -> int:
        edit = int(np.searchsorted(self.text_start, at, "left")) - 1
        if edit < 0:
            return at
        return int(self.source_end[edit] + max(at - self.text_end[edit], 0))


def edits(source_start: Offsets, source_width: Offsets, text_width: Offsets) -> Edits:
    """From where each piece begins, how many bytes it has there and how many in the text."""
    grown = np.cumsum(text_width - source_width)
    text_end = source_start + source_width + grown
    return Edits(source_start, source_start + source_width, text_end - text_width, text_end)


def edited(content: bytes, replaced: Iterable[tuple[int, int, bytes]]) -> tuple[bytes, Edits | None]:
    """The text with pieces (start, end, what comes in their place), in order and apart, put in; None if none are."""
    pieces: list[bytes] = []
    rows: list[tuple[int, int, int]] = []
    kept = 0
    for start, end, new in replaced:
        pieces += content[kept:start], new
        rows.append((start, end - start, len(new)))
        kept = end
    if not rows:
        return content, None
    pieces.append(content[kept:])
    columns = np.array(rows, np.int64).T
    return b"".join(pieces), edits(columns[0], columns[1], columns[2])


@dataclass(frozen=True)
class FixedWidth:
    """UTF-8 made from code units of ``unit`` bytes: of two (UTF-16, letters beyond U+FFFF have two) or four."""

    content: bytes
    unit: int

    def start(self, at: int) -> int:
        return int(self._units[at]) * self.unit

    def end(self, at: int) -> int:
        return self.start(at)

    @cached_property
    def _units(self) -> NDArray[np.int32]:
        """How many begin before each place."""
        codes = np.frombuffer(self.content, np.uint8)
        begun = ((codes & 0xC0) != 0x80).astype(np.int32)
        if self.unit == len("\ud800".encode("utf-16-le", "surrogatepass")):
            begun += codes >= 0xF0
        return np.concatenate([np.zeros(1, np.int32), np.cumsum(begun, dtype=np.int32)])


@dataclass(frozen=True)
class OneByteLetters:
    """UTF-8 made from one byte a letter; ``width`` of each of the 256 in UTF-8."""

    source: bytes
    width: NDArray[np.uint8]

    def start(self, at: int) -> int:
        return self._edits.start(at)

    def end(self, at: int) -> int:
        return self._edits.end(at)

    @cached_property
    def _edits(self) -> Edits:
        codes = np.frombuffer(self.source, np.uint8)
        where = np.flatnonzero(codes >= 0x80)
        return edits(where, np.ones(len(where), np.int64), self.width[codes[where]].astype(np.int64))


@dataclass(frozen=True, slots=True)
class InFile:
    """A Place: bytes of the file as it lies. ``maps`` from the text back to the source, which begins at ``begin``."""

    begin: int
    maps: Sequence[OffsetMap] = ()

    def where(self, start: int, end: int) -> Where:
        for step in self.maps:
            start, end = step.start(start), step.end(end)
        return {"offset": self.begin + start, "length": end - start}

    def at_or_after(self, offset: int, size: int) -> int:
        """The first place of a text of ``size`` bytes whose letter begins at this offset of the source or later."""
        return bisect_left(range(size), offset, key=self._start)

    def _start(self, at: int) -> int:
        for step in self.maps:
            at = step.start(at)
        return at
