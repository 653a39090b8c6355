"""The list of files at the end of a 7z archive; numbers are those of 7zFormat.txt in the LZMA SDK."""

import stat
import struct
from collections.abc import Sequence
from dataclasses import dataclass
from enum import IntEnum
from itertools import accumulate, islice
from typing import Final

from tryggve.domains.datamap.engine.reading.parts import NotRead, Reason
from tryggve.domains.datamap.engine.reading.seven_zip_numbers import Cursor

_UNIX_MODE_SHIFT: Final = 16
_HAS_UNIX_MODE: Final = 0x8000
_WINDOWS_LINK: Final = 0x400


class _Id(IntEnum):
    END = 0x00
    HEADER = 0x01
    ARCHIVE_PROPERTIES = 0x02
    ADDITIONAL_STREAMS = 0x03
    MAIN_STREAMS = 0x04
    FILES = 0x05
    PACKED = 0x06
    UNPACKED = 0x07
    SUBSTREAMS = 0x08
    SIZE = 0x09
    CRC = 0x0A
    FOLDER = 0x0B
    CODERS_UNPACKED_SIZE = 0x0C
    NUMBER_OF_SUBSTREAMS = 0x0D
    EMPTY_STREAM = 0x0E
    NAMES = 0x11
    ATTRIBUTES = 0x15
    PACKED_HEADER = 0x17


@dataclass(frozen=True, slots=True)
class Coder:
    method: bytes
    properties: bytes


@dataclass(frozen=True, slots=True)
class Entry:
    """``crc``: CRC-32 of what it holds, None if not told."""

    name: str
    size: int
    crc: int | None
    is_link: bool


@dataclass(slots=True)
class Folder:
    """Files packed together, one after the other. Offsets are counted from the end of the archive's start header.

    ``coders``: in the order in which they unpack, if each has one input. ``inputs``, ``outputs``: packed streams that
    it takes, sizes that are told.
    """

    coders: Sequence[Coder]
    outputs: int
    inputs: int
    packed_at: int = 0
    packed_size: int = 0
    unpacked_size: int = 0
    crc: int | None = None
    sizes: Sequence[int] = ()
    crcs: Sequence[int | None] = ()
    entries: Sequence[Entry] = ()


def packed_header(header: bytes) -> Folder | None:
    """Where the header really is, when this one says that it is packed. Raises NotRead (damaged)."""
    if header[:1] != bytes([_Id.PACKED_HEADER]):
        return None
    found = _streams(Cursor(header, 1))
    if len(found) != 1:
        raise NotRead(Reason.DAMAGED)
    return found[0]


def folders(header: bytes) -> Sequence[Folder]:
    """With the files in them; files that hold nothing are left out. Raises NotRead (damaged)."""
    if not header:
        return ()
    cursor = Cursor(header)
    found: Sequence[Folder] = ()
    cursor.expect(_Id.HEADER)
    while (kind := cursor.byte()) != _Id.END:
        if kind == _Id.ARCHIVE_PROPERTIES:
            _pass_over_properties(cursor)
        elif kind == _Id.ADDITIONAL_STREAMS:
            _streams(cursor)
        elif kind == _Id.MAIN_STREAMS:
            found = _streams(cursor)
        elif kind == _Id.FILES:
            _name(found, cursor)
        else:
            raise NotRead(Reason.DAMAGED)
    return found


def _pass_over_properties(cursor: Cursor) -> None:
    while cursor.byte() != _Id.END:
        cursor.take(cursor.count())


def _streams(cursor: Cursor) -> Sequence[Folder]:
    packed_at, packed_sizes = 0, list[int]()
    found: Sequence[Folder] = ()
    while (kind := cursor.byte()) != _Id.END:
        if kind == _Id.PACKED:
            packed_at, packed_sizes = _packed(cursor)
        elif kind == _Id.UNPACKED:
            found = _unpacked(cursor)
        elif kind == _Id.SUBSTREAMS:
            _divide(found, cursor)
        else:
            raise NotRead(Reason.DAMAGED)
    _place(found, packed_at, packed_sizes)
    return found


def _packed(cursor: Cursor) -> tuple[int, list[int]]:
    at, count, sizes = cursor.number(), cursor.count(), list[int]()
    while (kind := cursor.byte()) != _Id.END:
        if kind == _Id.SIZE:
            sizes = cursor.numbers(count)
        elif kind == _Id.CRC:
            cursor.crcs(count)
        else:
            raise NotRead(Reason.DAMAGED)
    return at, sizes


def _unpacked(cursor: Cursor) -> Sequence[Folder]:
    cursor.expect(_Id.FOLDER)
    count = cursor.count()
    _refuse_external(cursor)
    found = [_folder(cursor) for _each in range(count)]
    cursor.expect(_Id.CODERS_UNPACKED_SIZE)
    for folder in found:
        # What the last method gives is the largest of these or equal to it, but for filters that shrink nothing.
        folder.unpacked_size = max(cursor.numbers(folder.outputs), default=0)
        folder.sizes, folder.crcs = (folder.unpacked_size,), (None,)
    while (kind := cursor.byte()) != _Id.END:
        if kind != _Id.CRC:
            raise NotRead(Reason.DAMAGED)
        for folder, crc in zip(found, cursor.crcs(count), strict=True):
            folder.crc, folder.crcs = crc, (crc,)
    return found


def _folder(cursor: Cursor) -> Folder:
    coders, inputs, outputs = [], 0, 0
    for _each in range(cursor.count()):
        flags = cursor.byte()
        method = cursor.take(flags & 0x0F)
        taken, given = (cursor.count(), cursor.count()) if flags & 0x10 else (1, 1)
        coders.append(Coder(method, cursor.take(cursor.count()) if flags & 0x20 else b""))
        inputs, outputs = inputs + taken, outputs + given
    bonds = [(cursor.number(), cursor.number()) for _each in range(outputs - 1)]
    packed = inputs - len(bonds)
    cursor.numbers(packed if packed > 1 else 0)
    return Folder(_in_order(coders, bonds) if packed == 1 else coders, outputs, packed)


def _in_order(coders: Sequence[Coder], bonds: Sequence[tuple[int, int]]) -> Sequence[Coder]:
    """From the one that takes what is packed to the one that gives the files. ``bonds``: (input, its output)."""
    follows = {output: input_ for input_, output in bonds}
    place = next((place for place in range(len(coders)) if place not in follows.values()), None)
    order = list[int]()
    while place is not None and len(order) < len(coders):
        order.append(place)
        place = follows.get(place)
    if sorted(order) != list(range(len(coders))):
        raise NotRead(Reason.DAMAGED)
    return [coders[place] for place in order]


def _divide(found: Sequence[Folder], cursor: Cursor) -> None:
    """Into the files of each folder. The size of the last is what is left."""
    kind = cursor.byte()
    counts = [1] * len(found)
    if kind == _Id.NUMBER_OF_SUBSTREAMS:
        counts = [cursor.count() for _folder in found]
        kind = cursor.byte()
    for folder, count in zip(found, counts, strict=True):
        first = cursor.numbers(max(count - 1, 0)) if kind == _Id.SIZE else []
        last = folder.unpacked_size - sum(first)
        if last < 0 or len(first) < count - 1:
            raise NotRead(Reason.DAMAGED)
        folder.sizes = [*first, last][:count]
    kind = cursor.byte() if kind == _Id.SIZE else kind
    kind = _check(found, cursor, kind)
    if kind != _Id.END:
        raise NotRead(Reason.DAMAGED)


def _check(found: Sequence[Folder], cursor: Cursor, kind: int) -> int:
    """Checksums of files; that of a file alone in its folder was told there."""
    unknown = [folder for folder in found if len(folder.sizes) != 1 or folder.crc is None]
    told = iter(cursor.crcs(sum(len(folder.sizes) for folder in unknown)) if kind == _Id.CRC else ())
    for folder in unknown:
        folder.crcs = list(islice(told, len(folder.sizes))) or [None] * len(folder.sizes)
    return cursor.byte() if kind == _Id.CRC else kind


def _place(found: Sequence[Folder], at: int, sizes: Sequence[int]) -> None:
    starts = list(accumulate(sizes, initial=at))
    first = 0
    for folder in found:
        if first + folder.inputs > len(sizes):
            raise NotRead(Reason.DAMAGED)
        folder.packed_at, folder.packed_size = starts[first], sum(sizes[first : first + folder.inputs])
        first += folder.inputs


def _name(found: Sequence[Folder], cursor: Cursor) -> None:
    count = cursor.count()
    names, is_empty, is_link = list[str](), [False] * count, [False] * count
    while (kind := cursor.number()) != _Id.END:
        told = Cursor(cursor.take(cursor.count()))
        if kind == _Id.EMPTY_STREAM:
            is_empty = told.bits(count)
        elif kind == _Id.NAMES:
            names = _names(told)
        elif kind == _Id.ATTRIBUTES:
            is_link = _links(told, count)
    if len(names) < count:
        raise NotRead(Reason.DAMAGED)
    filled = iter([place for place in range(count) if not is_empty[place]])
    for folder in found:
        folder.entries = [
            Entry(names[place], size, crc, is_link[place])
            for size, crc, place in zip(folder.sizes, folder.crcs, filled, strict=False)
        ]


def _names(told: Cursor) -> list[str]:
    _refuse_external(told)
    return told.rest().decode("utf-16-le", "replace").split("\0")[:-1]


def _links(told: Cursor, count: int) -> list[bool]:
    has = told.bits_or_all(count)
    _refuse_external(told)
    return [given and _is_link(struct.unpack("<I", told.take(4))[0]) for given in has]


def _is_link(attributes: int) -> bool:
    mode = attributes >> _UNIX_MODE_SHIFT if attributes & _HAS_UNIX_MODE else stat.S_IFREG
    return bool(attributes & _WINDOWS_LINK) or not (stat.S_ISREG(mode) or stat.S_ISDIR(mode))


def _refuse_external(cursor: Cursor) -> None:
    """Parts of the header may stand elsewhere; no writer does that."""
    if cursor.byte():
        raise NotRead(Reason.DAMAGED)
