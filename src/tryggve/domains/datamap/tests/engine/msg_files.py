"""OLE files with folders in folders (MS-CFB), as Outlook writes its messages: folders are mappings, streams bytes."""

import struct
from collections.abc import Mapping
from dataclasses import dataclass, field
from itertools import pairwise
from typing import TypeAlias

Tree: TypeAlias = Mapping[str, "bytes | Tree"]

_SECTOR, _MINI, _CUTOFF = 512, 64, 4096
_FREE, _END, _FAT = 0xFFFFFFFF, 0xFFFFFFFE, 0xFFFFFFFD
_FOLDER, _STREAM, _ROOT = 1, 2, 5


@dataclass
class _Writing:
    sectors: list[bytes] = field(default_factory=list)
    fat: list[int] = field(default_factory=list)
    minis: bytes = b""
    mini_fat: list[int] = field(default_factory=list)
    entries: list[bytes] = field(default_factory=lambda: [b""])

    def laid(self, content: bytes) -> int:
        """Where its chain of sectors begins."""
        first, count = len(self.sectors), -(-len(content) // _SECTOR)
        self.sectors += [content[at * _SECTOR :][:_SECTOR].ljust(_SECTOR, b"\0") for at in range(count)]
        self.fat += _chain(first, count)
        return first if count else _END

    def stream(self, content: bytes) -> int:
        if len(content) >= _CUTOFF:
            return self.laid(content)
        first, count = len(self.mini_fat), -(-len(content) // _MINI)
        self.minis += content.ljust(count * _MINI, b"\0")
        self.mini_fat += _chain(first, count)
        return first if count else _END

    def folder(self, tree: Tree) -> int:
        """The place of the first entry; each has the next on its right."""
        places = []
        for name, held in tree.items():
            if isinstance(held, bytes):
                entry = _entry(name, _STREAM, self.stream(held), len(held))
            else:
                entry = _entry(name, _FOLDER, 0, 0, first=self.folder(held))
            places.append(len(self.entries))
            self.entries.append(entry)
        for place, following in pairwise(places):
            entry = self.entries[place]
            self.entries[place] = entry[:72] + struct.pack("<I", following) + entry[76:]
        return places[0] if places else _FREE


def ole(tree: Tree) -> bytes:
    writing = _Writing()
    first = writing.folder(tree)
    minis = writing.laid(writing.minis)
    writing.entries[0] = _entry("Root Entry", _ROOT, minis, len(writing.minis), first=first)
    directory = writing.laid(b"".join(writing.entries))
    mini_fat = writing.laid(_numbers(writing.mini_fat))
    fats = 1
    while len(writing.fat) + fats > fats * _SECTOR // 4:
        fats += 1
    begin = len(writing.sectors)
    header = struct.pack("<8s16xHHHHH6x", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", 0x3E, 3, 0xFFFE, 9, 6)
    header += struct.pack(
        "<IIIIIIIII", 0, fats, directory, 0, _CUTOFF, mini_fat, len(writing.mini_fat), _END, 0
    )
    header += struct.pack("<109I", *range(begin, begin + fats), *[_FREE] * (109 - fats))
    return header + b"".join(writing.sectors) + _numbers([*writing.fat, *[_FAT] * fats])


def _chain(first: int, count: int) -> list[int]:
    return [*range(first + 1, first + count), _END] if count else []


def _numbers(numbers: list[int]) -> bytes:
    content = struct.pack(f"<{len(numbers)}I", *numbers)
    return content + b"\xff" * (-len(content) % _SECTOR)


def _entry(name: str, kind: int, start: int, size: int, *, first: int = _FREE) -> bytes:
    letters = name.encode("utf-16-le") + b"\0\0"
    links = struct.pack("<64sHBBIII", letters, len(letters), kind, 1, _FREE, _FREE, first)
    return links + struct.pack("<36xIQ", start, size)
