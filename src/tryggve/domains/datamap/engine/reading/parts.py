"""What readers take and give: bytes that can be read anywhere come in, text that knows its places goes out."""

import io
from collections.abc import Iterator
from dataclasses import dataclass, replace
from enum import StrEnum, auto
from typing import BinaryIO, Final, Protocol

from tryggve.domains.datamap.engine.findings import NotScanned, Place

_MB: Final = 1 << 20


class Reason(StrEnum):
    """Why something was not read.

    ``NEEDS_OCR``: a picture, and nothing is installed that reads pictures; ``NOT_A_FILE``: a link or a device in an
    archive; ``PARTLY``: what could be had was read, more may lie there.
    """

    CHANGED = "changed"
    DAMAGED = "damaged"
    ENCRYPTED = "encrypted"
    NEEDS_OCR = "needs-ocr"
    NOT_A_FILE = "not-a-file"
    NO_READER = "no-reader"
    PARTLY = "partly"
    TOO_DEEP = "too-deep"
    TOO_LARGE = "too-large"
    UNKNOWN_FORMAT = "unknown-format"


class NotRead(Exception):
    """Raised by a reader that can't go on; the dispatch makes a NotScanned of it. What was given before stays."""

    def __init__(self, reason: Reason, inside: tuple[str, ...] = ()) -> None:
        super().__init__(reason)
        self.reason, self.inside = reason, inside


class Pictures(StrEnum):
    """What becomes of text in pictures: it is read with the rest, told to need OCR, or all that is read."""

    TOO = auto()
    LATER = auto()
    ONLY = auto()


@dataclass(frozen=True, slots=True)
class Limits:
    """What one file may cost, with all that lies in it. Time and memory are limited by the process around.

    ``bytes_out``: text and unpacked files together, beyond a few times the file's own size; ``parts``: how many;
    ``depth``: files within files; ``held_bytes``: the largest piece that is unpacked in memory; ``ratio``: how
    often its packed size a piece over ``ratio_from_bytes`` may be.
    """

    bytes_out: int = 2048 * _MB
    parts: int = 100_000
    depth: int = 3
    held_bytes: int = 64 * _MB
    ratio: int = 100
    ratio_from_bytes: int = 8 * _MB
    pictures: Pictures = Pictures.TOO


@dataclass(frozen=True, slots=True)
class Part:
    """Text as it is searched: UTF-8, deceptive letters resolved.

    ``inside``: names of what it lies in, outermost first, below the file itself. ``is_table``: a row a line, cells
    parted by tabs or by what the file itself uses. ``heading``: the first line of a table, when it isn't in
    ``content``. ``own``: where a finding must begin (start, end) to belong to this part; what lies outside is there
    for its context and is found again in the part before or after. None: everywhere. ``is_pictured``: it was read
    from a picture.
    """

    content: bytes
    place: Place
    inside: tuple[str, ...] = ()
    is_table: bool = False
    heading: bytes = b""
    own: tuple[int, int] | None = None
    is_pictured: bool = False


class Source(Protocol):
    """Bytes that can be read anywhere. Slices need both ends; one over the end is shorter, as with bytes."""

    @property
    def size(self) -> int: ...

    def __getitem__(self, where: slice) -> bytes: ...

    def opened(self) -> BinaryIO:
        """A seekable file of its own over these bytes."""


class HeldBytes:
    """A Source in memory."""

    def __init__(self, content: bytes) -> None:
        self._content = content

    @property
    def size(self) -> int:
        return len(self._content)

    def __getitem__(self, where: slice) -> bytes:
        return self._content[where]

    def opened(self) -> BinaryIO:
        return io.BytesIO(self._content)


class OpenFile:
    """A Source over a seekable binary file, unbuffered at best.

    It is read, not mapped: a mapped file that is cut short meanwhile ends the process (SIGBUS), and all that was
    read of it counts as memory.
    """

    def __init__(self, file: BinaryIO) -> None:
        self._file = file
        self.size = file.seek(0, io.SEEK_END)

    def __getitem__(self, where: slice) -> bytes:
        begin, end, _step = where.indices(self.size)
        self._file.seek(begin)
        return self._file.read(max(end - begin, 0))

    def opened(self) -> BinaryIO:
        return as_file(self)


def as_file(source: Source) -> BinaryIO:
    """A buffered file over any Source."""
    return io.BufferedReader(_View(source), buffer_size=1 << 16)


class _View(io.RawIOBase):
    def __init__(self, source: Source) -> None:
        self._source, self._at = source, 0

    def readable(self) -> bool:
        return True

    def seekable(self) -> bool:
        return True

    def seek(self, offset: int, whence: int = io.SEEK_SET) -> int:
        base = {io.SEEK_SET: 0, io.SEEK_CUR: self._at, io.SEEK_END: self._source.size}[whence]
        self._at = max(base + offset, 0)
        return self._at

    def readinto(self, buffer: bytearray | memoryview) -> int:  # type: ignore[override]
        found = self._source[self._at : self._at + len(buffer)]
        buffer[: len(found)] = found
        self._at += len(found)
        return len(found)


@dataclass(frozen=True, slots=True)
class Member:
    """A file inside a file. The dispatch reads it before it asks the reader that gave it for more.

    So one at a time need be held, readers of archives and mail know no other reader, and depth and number are
    counted in one place.
    """

    name: str
    source: Source


Read = Part | NotScanned | Member


class Reader(Protocol):
    """Raises NotRead; streams: gives its parts one by one and holds none of them."""

    def __call__(self, source: Source, name: str, limits: Limits) -> Iterator[Read]: ...


def whole(source: Source, limits: Limits) -> bytes:
    """All of it, for formats that can't be read in pieces; raises NotRead (too-large)."""
    if source.size > limits.held_bytes:
        raise NotRead(Reason.TOO_LARGE)
    return source[0 : source.size]


def within(outer: tuple[str, ...], found: Part | NotScanned) -> Part | NotScanned:
    """The same, told from further out."""
    return replace(found, inside=outer + found.inside) if outer else found
