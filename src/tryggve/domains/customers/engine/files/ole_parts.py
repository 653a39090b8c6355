"""Streams of an OLE file (MS-CFB, compound file binary), the packing of old office documents."""

import struct
from collections.abc import Iterator
from dataclasses import dataclass

from tryggve.domains.customers.engine.table import UnreadableFile

SIGNATURE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_HEADER_BYTES = 512
_SECTOR_BYTES = {9: 512, 12: 4096}
_MINI_BYTES = 64
_MINI_CUTOFF = 4096
_ENTRY_BYTES = 128
_STREAM, _ROOT = 2, 5
_LAST_SECTOR = 0xFFFFFFF9
_END, _FREE, _IS_FAT = 0xFFFFFFFE, 0xFFFFFFFF, 0xFFFFFFFD
_FATS_IN_HEADER = 109


@dataclass(frozen=True, slots=True)
class _Entry:
    kind: int
    start: int
    size: int


class OleParts:
    """The streams of an OLE file, read by name in any case. Raises UnreadableFile (truncated, damaged)."""

    def __init__(self, data: bytes) -> None:
        self._data = data
        if len(data) < _HEADER_BYTES:
            raise UnreadableFile("truncated")
        shift, mini_shift = struct.unpack_from("<HH", data, 30)
        directory, cutoff, mini_fat, _minis, more_fat = struct.unpack_from("<I4xIIII", data, 48)
        if shift not in _SECTOR_BYTES or 1 << mini_shift != _MINI_BYTES or cutoff != _MINI_CUTOFF:
            raise UnreadableFile("damaged")
        self._sector_bytes = _SECTOR_BYTES[shift]
        self._fat = self._numbers(self._fat_sectors(more_fat))
        self._entries = dict(self._listed(self._chained(directory)))
        root = next((entry for entry in self._entries.values() if entry.kind == _ROOT), None)
        self._minis = self._chained(root.start) if root and mini_fat < _LAST_SECTOR else b""
        self._mini_fat = self._numbers(self._chain(mini_fat, self._fat)) if self._minis else ()

    @property
    def names(self) -> frozenset[str]:
        """In lower case."""
        return frozenset(name for name, entry in self._entries.items() if entry.kind == _STREAM)

    def read(self, name: str) -> bytes:
        """One stream, whole."""
        if name.lower() not in self.names:
            raise UnreadableFile("damaged")
        entry = self._entries[name.lower()]
        if entry.size >= _MINI_CUTOFF:
            stream = self._chained(entry.start)
        else:
            starts = [number * _MINI_BYTES for number in self._chain(entry.start, self._mini_fat)]
            stream = b"".join(self._minis[start : start + _MINI_BYTES] for start in starts)
        if len(stream) < entry.size:
            raise UnreadableFile("truncated")
        return stream[: entry.size]

    def _fat_sectors(self, more: int) -> Iterator[int]:
        """Where the table of sectors lies: the first places stand in the header, others in a chain of sectors."""
        listed = struct.unpack_from(f"<{_FATS_IN_HEADER}I", self._data, 76)
        met = set[int]()
        while True:
            yield from (number for number in listed if number <= _LAST_SECTOR)
            if more > _LAST_SECTOR:
                return
            if more in met:
                raise UnreadableFile("damaged")
            met.add(more)
            *numbers, more = struct.unpack(f"<{self._sector_bytes // 4}I", self._sector(more))
            listed = tuple(numbers)

    def _numbers(self, sectors: Iterator[int]) -> tuple[int, ...]:
        found: list[int] = []
        for number in sectors:
            if len(found) > len(self._data):
                raise UnreadableFile("damaged")
            found += struct.unpack(f"<{self._sector_bytes // 4}I", self._sector(number))
        return tuple(found)

    def _chained(self, start: int) -> bytes:
        return b"".join(map(self._sector, self._chain(start, self._fat)))

    def _chain(self, start: int, fat: tuple[int, ...]) -> Iterator[int]:
        number, left = start, len(fat)
        while number <= _LAST_SECTOR:
            if number >= len(fat) or not left:
                raise UnreadableFile("damaged")
            yield number
            number, left = fat[number], left - 1

    def _sector(self, number: int) -> bytes:
        start = (number + 1) * self._sector_bytes
        # The last sector may be shorter: some programs don't fill it up.
        if start >= len(self._data):
            raise UnreadableFile("truncated")
        return self._data[start : start + self._sector_bytes].ljust(self._sector_bytes, b"\0")

    def _listed(self, directory: bytes) -> Iterator[tuple[str, _Entry]]:
        """The last of a name counts."""
        for place in range(0, len(directory) - _ENTRY_BYTES + 1, _ENTRY_BYTES):
            name, length, kind = struct.unpack_from("<64sHB", directory, place)
            start, size = struct.unpack_from("<II", directory, place + 116)
            if kind in (_STREAM, _ROOT):
                text = name[: max(length - 2, 0)].decode("utf-16-le", "replace")
                yield text.lower(), _Entry(kind, start, size)


def ole_file(name: str, stream: bytes) -> bytes:
    """An OLE file that holds this stream and nothing else; short streams are filled up with zeros."""
    size = _SECTOR_BYTES[12]
    body = stream.ljust(_MINI_CUTOFF, b"\0")
    sectors = -(-len(body) // size)
    fats = 1
    while fats * size // 4 < fats + 1 + sectors:
        fats += 1
    first = fats + 1
    fat = [_IS_FAT] * fats + [_END] + list(range(first + 1, first + sectors)) + [_END]
    fat += [_FREE] * (fats * size // 4 - len(fat))
    header = struct.pack("<8s16xHHHHH6x", SIGNATURE, 0x3E, 4, 0xFFFE, 12, 6)
    header += struct.pack("<II I4xI IIII", 1, fats, fats, _MINI_CUTOFF, _END, 0, _END, 0)
    places = [*range(fats), *[_FREE] * (_FATS_IN_HEADER - fats)]
    header += struct.pack(f"<{_FATS_IN_HEADER}I", *places)
    directory = _entry("Root Entry", _ROOT, child=1, start=0, size=0) + _entry(
        name, _STREAM, child=_FREE, start=first, size=len(body)
    )
    parts = (header, struct.pack(f"<{len(fat)}I", *fat), directory, body)
    return b"".join(part.ljust(-(-len(part) // size) * size, b"\0") for part in parts)


def _entry(name: str, kind: int, *, child: int, start: int, size: int) -> bytes:
    written = name.encode("utf-16-le") + b"\0\0"
    links = struct.pack("<64sHBBIII", written, len(written), kind, 1, _FREE, _FREE, child)
    return links + struct.pack("<36xIQ", start, size)
