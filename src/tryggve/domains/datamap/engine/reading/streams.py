"""What comes out of a packed file in one go: pieces of it, one after the other, as sources."""

import lzma
import zipfile
import zlib
from collections.abc import Callable, Iterator
from typing import BinaryIO, Final, Protocol

from tryggve.domains.datamap.engine.findings import NotScanned
from tryggve.domains.datamap.engine.reading.parts import (
    HeldBytes,
    Limits,
    Member,
    NotRead,
    Read,
    Reason,
    Source,
    as_file,
)

_CHUNK: Final = 1 << 20
# Readers of text go back a little, for the context of what stands at the edge of a piece.
_KEPT_BYTES: Final = 4 * _CHUNK
BROKEN: Final = (EOFError, OSError, ValueError, zlib.error, lzma.LZMAError, zipfile.BadZipFile)


class Stream(Protocol):
    """Read from its start to its end. At the end both give less than was asked for."""

    def read(self, size: int) -> bytes: ...

    def piece(self, size: int) -> Source:
        """The next bytes. One that was not read by the time of the next call is passed over."""


class Slice:
    """A piece of another Source."""

    def __init__(self, source: Source, begin: int, size: int) -> None:
        self._source, self._begin = source, begin
        self.size = max(min(size, source.size - begin), 0)

    def __getitem__(self, where: slice) -> bytes:
        begin, end, _step = where.indices(self.size)
        return self._source[self._begin + begin : self._begin + max(begin, end)]

    def opened(self) -> BinaryIO:
        return as_file(self)


class Lying:
    """A Stream over bytes that lie in a file as they are."""

    def __init__(self, source: Source) -> None:
        self._source, self._at = source, 0

    def read(self, size: int) -> bytes:
        found = self._source[self._at : self._at + size]
        self._at += len(found)
        return found

    def piece(self, size: int) -> Source:
        found = Slice(self._source, self._at, size)
        self._at += size
        return found


class Unpacking:
    """A Stream over what a decompressor gives; of a broken one, all that comes before the break.

    ``unpack`` gives up to so many bytes, none at the end only; what it has it gives, before it says that it broke.
    ``is_whole`` turns false at the break. Raises NotRead (too-large) at what grows beyond the limits.
    """

    def __init__(self, unpack: Callable[[int], bytes], packed_size: int, limits: Limits) -> None:
        self._unpack, self._limits = unpack, limits
        self._most = min(max(limits.ratio_from_bytes, limits.ratio * packed_size), limits.bytes_out)
        self._ahead = b""
        self._taken = 0
        self._current: Forward | None = None
        self.is_whole = True

    def peek(self, size: int) -> bytes:
        self._ahead = self.read(size) + self._ahead
        return self._ahead

    def read(self, size: int) -> bytes:
        self._pass_over()
        return self._next(size)

    def piece(self, size: int) -> Source:
        self._pass_over()
        if size <= self._limits.held_bytes:
            return HeldBytes(self._next(size))
        self._current = Forward(self._next, size)
        return self._current

    def member(self, name: str, size: int, crc: int | None = None) -> Iterator[Read]:
        """The next file, and word of it when it ends early or, if it can be held, has another checksum (CRC-32)."""
        found = self.piece(size)
        if found.size:
            yield Member(name, found)
        is_other = crc is not None and isinstance(found, HeldBytes) and zlib.crc32(found[0:size]) != crc
        if is_other or found.size < size or not self.is_whole:
            yield NotScanned((name,), Reason.DAMAGED)

    def _pass_over(self) -> None:
        passed, self._current = self._current, None
        if passed is not None:
            passed.end()

    def _next(self, size: int) -> bytes:
        pieces, left = [self._ahead[:size]], size
        self._ahead = self._ahead[size:]
        while (left := left - len(pieces[-1])) > 0 and (found := self._chunk(min(left, _CHUNK))):
            pieces.append(found)
        return b"".join(pieces)

    def _chunk(self, size: int) -> bytes:
        if not self.is_whole:
            return b""
        try:
            found = self._unpack(size)
        except BROKEN:
            self.is_whole = False
            return b""
        self._taken += len(found)
        if self._taken > self._most:
            raise NotRead(Reason.TOO_LARGE)
        return found


class Forward:
    """A Source too large to be held: its slices can be had in the order in which they lie.

    Raises NotRead: too-large when somebody asks for what has passed, damaged when it ends early.
    """

    def __init__(self, read: Callable[[int], bytes], size: int) -> None:
        self._read, self.size = read, size
        self._held, self._begin = bytearray(), 0

    def __getitem__(self, where: slice) -> bytes:
        begin, end, _step = where.indices(self.size)
        if begin < self._begin:
            raise NotRead(Reason.TOO_LARGE)
        while self._end < end:
            self._forget_before(min(begin, self._end) - _KEPT_BYTES)
            self._go_on()
        return bytes(self._held[begin - self._begin : max(begin, end) - self._begin])

    def opened(self) -> BinaryIO:
        raise NotRead(Reason.TOO_LARGE)

    def end(self) -> None:
        """Pass over all that is left. Never raises damaged: whoever reads on will find that out."""
        left = self.size - self._end
        while left > 0 and (passed := self._read(min(_CHUNK, left))):
            left -= len(passed)

    @property
    def _end(self) -> int:
        return self._begin + len(self._held)

    def _go_on(self) -> None:
        found = self._read(min(_CHUNK, self.size - self._end))
        if not found:
            raise NotRead(Reason.DAMAGED)
        self._held += found

    def _forget_before(self, at: int) -> None:
        if at > self._begin:
            del self._held[: at - self._begin]
            self._begin = at
