"""Compound files, in which xls, msg and encrypted documents lie: [MS-CFB], version 3."""

import struct
from collections.abc import Mapping
from typing import Union

Storage = Mapping[str, Union[bytes, "Storage"]]

_SECTOR, _SMALL, _CUTOFF = 512, 64, 4096
_END, _FREE, _FAT, _NONE = 0xFFFFFFFE, 0xFFFFFFFF, 0xFFFFFFFD, 0xFFFFFFFF
_STORAGE, _STREAM, _ROOT = 1, 2, 5
_IN_HEADER = 109


class _Chains:
    """Sectors one after another, and the table of which follows which."""

    def __init__(self, size: int) -> None:
        self.size, self.content, self.next = size, bytearray(), list[int]()

    def add(self, content: bytes) -> int:
        """Where the chain begins."""
        if not content:
            return _END
        begin, count = len(self.next), -(-len(content) // self.size)
        self.next += [*range(begin + 1, begin + count), _END]
        self.content += content.ljust(count * self.size, b"\0")
        return begin


class _Entry:
    def __init__(self, name: str, kind: int) -> None:
        self.name, self.kind = name, kind
        self.left = self.right = self.child = _NONE
        self.start, self.size = (_END if kind != _STORAGE else 0), 0

    def packed(self) -> bytes:
        name = self.name.encode("utf-16-le") + b"\0\0"
        told = struct.pack("<HBBIII", len(name), self.kind, 1, self.left, self.right, self.child)
        return name.ljust(64, b"\0") + told + bytes(36) + struct.pack("<IQ", self.start, self.size)


class _File:
    def __init__(self) -> None:
        self.sectors, self.small = _Chains(_SECTOR), _Chains(_SMALL)
        self.entries = [_Entry("Root Entry", _ROOT)]

    def fill(self, owner: int, storage: Storage) -> None:
        numbers = {name: self._entry(name, content) for name, content in storage.items()}
        in_order = [numbers[name] for name in sorted(numbers, key=lambda name: (len(name), name.upper()))]
        self.entries[owner].child = self._tree(in_order)

    def _entry(self, name: str, content: bytes | Storage) -> int:
        number = len(self.entries)
        entry = _Entry(name, _STREAM if isinstance(content, bytes) else _STORAGE)
        self.entries.append(entry)
        if isinstance(content, bytes):
            chains = self.small if len(content) < _CUTOFF else self.sectors
            entry.start, entry.size = chains.add(content), len(content)
        else:
            self.fill(number, content)
        return number

    def _tree(self, numbers: list[int]) -> int:
        """The middle one above the halves."""
        if not numbers:
            return _NONE
        middle = len(numbers) // 2
        top = self.entries[numbers[middle]]
        top.left, top.right = self._tree(numbers[:middle]), self._tree(numbers[middle + 1 :])
        return numbers[middle]

    def packed(self) -> bytes:
        root = self.entries[0]
        root.start, root.size = self.sectors.add(bytes(self.small.content)), len(self.small.content)
        spare = [_Entry("", 0) for _missing in range(-len(self.entries) % 4)]
        for entry in spare:
            entry.start = 0
        directory = self.sectors.add(b"".join(entry.packed() for entry in [*self.entries, *spare]))
        small_table = struct.pack(f"<{len(self.small.next)}I", *self.small.next)
        small_table += b"\xff" * (-len(small_table) % _SECTOR)
        small_fat = self.sectors.add(small_table)
        return self._header_and_sectors(directory, small_fat, len(small_table) // _SECTOR)

    def _header_and_sectors(self, directory: int, small_fat: int, small_fats: int) -> bytes:
        used, tables = len(self.sectors.next), 1
        while tables * 128 < used + tables:
            tables += 1
        places = list(range(used, used + tables))
        table = [*self.sectors.next, *[_FAT] * tables]
        table += [_FREE] * (tables * 128 - len(table))
        header = struct.pack("<8s16xHHHHH6xIIIIIIIII", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", 0x3E, 3, 0xFFFE, 9, 6,
                             0, tables, directory, 0, _CUTOFF, small_fat, small_fats, _END, 0)  # fmt: skip
        header += struct.pack(f"<{_IN_HEADER}I", *places, *[_FREE] * (_IN_HEADER - tables))
        return header + bytes(self.sectors.content) + struct.pack(f"<{len(table)}I", *table)


def compound(root: Storage) -> bytes:
    """At most some 7 MB."""
    file = _File()
    file.fill(0, root)
    return file.packed()
