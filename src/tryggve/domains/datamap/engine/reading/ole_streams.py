"""Streams of an OLE file (MS-CFB, compound file binary), the packing of old office documents."""

import struct
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from tryggve.domains.datamap.engine.reading.parts import NotRead, Reason, Source

SIGNATURE: Final = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_HEADER_BYTES: Final = 512
_SECTOR_SHIFTS: Final = (9, 12)
_MINI_BYTES: Final = 64
_ENTRY_BYTES: Final = 128
_STREAM, _ROOT = 2, 5
_LAST_SECTOR: Final = 0xFFFFFFF9
_FATS_IN_HEADER: Final = 109
# Sectors of a file's directory and tables that are read at most: half a million streams.
_MOST_SECTORS: Final = 1 << 17


@dataclass(frozen=True, slots=True)
class Stream:
    """``start``: its first sector, or its first mini sector if it is shorter than the file's cutoff.

    ``beside``: places of two more in the same folder; ``first``: of one in it, if it is a folder.
    """

    name: str
    kind: int
    start: int
    size: int
    beside: tuple[int, int]
    first: int


def names_in(source: Source) -> frozenset[str]:
    """Of all streams, in lower case; raises NotRead (damaged)."""
    return frozenset(stream.name for stream in OleStreams(source).streams)


class OleStreams:
    """Streams are read from the source when asked for. Raises NotRead (damaged)."""

    def __init__(self, source: Source) -> None:
        self._source = source
        header = source[0:_HEADER_BYTES]
        if len(header) < _HEADER_BYTES:
            raise NotRead(Reason.DAMAGED)
        shift, _mini_shift = struct.unpack_from("<HH", header, 30)
        directory, self._cutoff, mini_fat, _minis, more_fat = struct.unpack_from("<I4xIIII", header, 48)
        if shift not in _SECTOR_SHIFTS:
            raise NotRead(Reason.DAMAGED)
        self._sector_bytes = 1 << shift
        self._fat = self._numbers(self._fat_sectors(header, more_fat))
        self._entries = entries = tuple(
            self._listed(b"".join(map(self._sector, self._chain(directory, self._fat))))
        )
        self.streams = tuple(entry for entry in entries if entry.kind == _STREAM)
        root = next((entry for entry in entries if entry.kind == _ROOT), None)
        self._mini_sectors = tuple(self._chain(root.start, self._fat)) if root else ()
        self._mini_fat = self._numbers(self._chain(mini_fat, self._fat))

    @property
    def root(self) -> Stream:
        """The folder of all; raises NotRead (damaged)."""
        root = next((entry for entry in self._entries if entry.kind == _ROOT), None)
        if root is None:
            raise NotRead(Reason.DAMAGED)
        return root

    def folder(self, folder: Stream) -> dict[str, Stream]:
        """What lies in it, by name."""
        found, met, waiting = {}, set[int](), [folder.first]
        while waiting:
            place = waiting.pop()
            if place < len(self._entries) and place not in met:
                met.add(place)
                entry = self._entries[place]
                found[entry.name] = entry
                waiting += entry.beside
        return found

    def blocks(self, stream: Stream) -> Iterator[bytes]:
        """One stream, a sector at a time; ends early where the file does."""
        left = stream.size
        for block in self._minis(stream) if stream.size < self._cutoff else self._sectors(stream):
            yield block[:left]
            left -= len(block)
            if left <= 0:
                return

    def _sectors(self, stream: Stream) -> Iterator[bytes]:
        return map(self._sector, self._chain(stream.start, self._fat))

    def _minis(self, stream: Stream) -> Iterator[bytes]:
        per_sector = self._sector_bytes // _MINI_BYTES
        for number in self._chain(stream.start, self._mini_fat):
            if number // per_sector >= len(self._mini_sectors):
                raise NotRead(Reason.DAMAGED)
            place = number % per_sector * _MINI_BYTES
            yield self._sector(self._mini_sectors[number // per_sector])[place : place + _MINI_BYTES]

    def _fat_sectors(self, header: bytes, more: int) -> Iterator[int]:
        """Where the table of sectors lies: the first places stand in the header, others in a chain of sectors."""
        listed: Sequence[int] = struct.unpack_from(f"<{_FATS_IN_HEADER}I", header, 76)
        met = set[int]()
        while True:
            yield from (number for number in listed if number <= _LAST_SECTOR)
            if more > _LAST_SECTOR:
                return
            if more in met:
                raise NotRead(Reason.DAMAGED)
            met.add(more)
            *listed, more = struct.unpack(f"<{self._sector_bytes // 4}I", self._sector(more))

    def _numbers(self, sectors: Iterator[int]) -> Sequence[int]:
        found: list[int] = []
        for read, number in enumerate(sectors):
            if read > _MOST_SECTORS:
                raise NotRead(Reason.TOO_LARGE)
            found += struct.unpack(f"<{self._sector_bytes // 4}I", self._sector(number))
        return found

    def _chain(self, start: int, fat: Sequence[int]) -> Iterator[int]:
        number, left = start, len(fat)
        while number <= _LAST_SECTOR:
            if number >= len(fat) or not left:
                raise NotRead(Reason.DAMAGED)
            yield number
            number, left = fat[number], left - 1

    def _sector(self, number: int) -> bytes:
        start = (number + 1) * self._sector_bytes
        # The last sector may be shorter: some programs don't fill it up.
        if start >= self._source.size:
            raise NotRead(Reason.DAMAGED)
        return self._source[start : start + self._sector_bytes].ljust(self._sector_bytes, b"\0")

    def _listed(self, directory: bytes) -> Iterator[Stream]:
        for place in range(0, len(directory) - _ENTRY_BYTES + 1, _ENTRY_BYTES):
            name, length, kind = struct.unpack_from("<64sHB", directory, place)
            start, size = struct.unpack_from("<II", directory, place + 116)
            text = name[: max(min(length, 64) - 2, 0)].decode("utf-16-le", "replace")
            left, right, first = struct.unpack_from("<III", directory, place + 68)
            yield Stream(text.lower(), kind, start, size, (left, right), first)
