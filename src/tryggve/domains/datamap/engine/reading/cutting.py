"""A file of any length as pieces of a few megabytes that overlap, so that nothing is lost or found twice."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from tryggve.domains.datamap.engine.reading.parts import NotRead, Reason, Source

PIECE: Final = 1 << 22
# What is found must be shorter than this, with the words around it that tell what it is.
CONTEXT: Final = 1 << 10
# Lines longer than this part of a piece are cut as if they never ended.
_LONG_LINE: Final = 32


@dataclass(frozen=True, slots=True)
class Piece:
    """``raw`` begins at ``begin`` in the file; what begins at ``own[0]`` or later and before ``own[1]`` is its own."""

    begin: int
    raw: bytes
    own: tuple[int, int]


@dataclass(frozen=True, slots=True)
class Cutting:
    """How to cut: where the text begins, bytes of a code unit, the line feed in them, sizes in bytes (all of them
    whole code units)."""

    begin: int = 0
    newline: bytes = b"\n"
    size: int = PIECE
    context: int = CONTEXT

    def pieces(self, source: Source) -> Iterator[Piece]:
        """Cut at ends of lines where there are any, else between letters.

        Raises NotRead (changed) when the file has become shorter meanwhile.
        """
        end = self.begin
        while end < source.size:
            start, end = end, self._line_begin(source, end + self.size)
            before = self._line_begin(source, start - self.context)
            after = self._line_end(source, end + self.context)
            raw = source[before:after]
            if len(raw) < after - before:
                raise NotRead(Reason.CHANGED)
            yield Piece(before, raw, (start - before, end - before))

    def _line_begin(self, source: Source, at: int) -> int:
        """The last one up to here."""
        if at <= self.begin or at >= source.size:
            return min(max(at, self.begin), source.size)
        lowest = max(at - self.size // _LONG_LINE, self.begin)
        line_feed = self._last(source[lowest:at])
        if line_feed >= 0:
            return lowest + line_feed + len(self.newline)
        return self._between_letters(source, at)

    def _line_end(self, source: Source, at: int) -> int:
        """The first one from here on."""
        line_feed = self._first(source[at : at + self.size // _LONG_LINE])
        if line_feed >= 0:
            return at + line_feed + len(self.newline)
        return self._between_letters(source, at) if at < source.size else source.size

    def _last(self, raw: bytes) -> int:
        found = raw.rfind(self.newline)
        while found >= 0 and found % len(self.newline):
            found = raw.rfind(self.newline, 0, found + len(self.newline) - 1)
        return found

    def _first(self, raw: bytes) -> int:
        found = raw.find(self.newline)
        while found >= 0 and found % len(self.newline):
            found = raw.find(self.newline, found + 1)
        return found

    def _between_letters(self, source: Source, at: int) -> int:
        """Here, or up to three bytes before: never within a letter of UTF-8 or between two halves of UTF-16."""
        if len(self.newline) == 1:
            following = source[max(at - 3, self.begin) : at + 1]
            back = 0
            while back < len(following) - 1 and following[-1 - back] & 0xC0 == 0x80:
                back += 1
            return at - back
        if len(self.newline) == 2:
            unit = source[at : at + 2]
            high = unit[1 - self.newline.index(b"\n")] if len(unit) == 2 else 0
            return at - 2 if 0xDC <= high < 0xE0 else at
        return at
