"""OLE files as old office programs write them: small sectors, short streams in the stream of the root."""

import struct
from collections.abc import Mapping

_SECTOR, _MINI, _CUTOFF = 512, 64, 4096
_END, _FREE, _FAT = 0xFFFFFFFE, 0xFFFFFFFF, 0xFFFFFFFD


def ole_file(streams: Mapping[str, bytes]) -> bytes:
    """A file with these streams; at most about 60 kilobytes."""
    minis, mini_fat, entries = b"", list[int](), list[tuple[str, int, int]]()
    sectors, fat = list[bytes](), [_FAT]  # the table itself lies in sector 0

    def chain(data: bytes) -> int:
        pieces = [
            data[start : start + _SECTOR].ljust(_SECTOR, b"\0") for start in range(0, len(data), _SECTOR)
        ]
        first = len(fat)
        sectors.extend(pieces)
        fat.extend([*range(first + 1, first + len(pieces)), _END] if pieces else [])
        return first if pieces else _END

    for name, data in streams.items():
        if len(data) < _CUTOFF:
            count = -(-len(data) // _MINI)
            entries.append((name, len(mini_fat), len(data)))
            mini_fat += [*range(len(mini_fat) + 1, len(mini_fat) + count), _END][:count]
            minis += data.ljust(count * _MINI, b"\0")
        else:
            entries.append((name, chain(data), len(data)))
    root = chain(minis)
    directory = _entry("Root Entry", 5, root, len(minis), child=1)
    for number, (name, start, size) in enumerate(entries, start=1):
        directory += _entry(name, 2, start, size, right=number + 1 if number < len(entries) else _FREE)
    directory_start = chain(directory)
    mini_start = chain(struct.pack(f"<{len(mini_fat)}I", *mini_fat))
    assert len(fat) <= _SECTOR // 4
    header = struct.pack("<8s16xHHHHH6x", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", 0x3E, 3, 0xFFFE, 9, 6)
    header += struct.pack(
        "<IIIIIIIII", 0, 1, directory_start, 0, _CUTOFF, mini_start, int(bool(mini_fat)), _END, 0
    )
    header += struct.pack("<109I", 0, *[_FREE] * 108)
    table = struct.pack("<128I", *fat, *[_FREE] * (128 - len(fat)))
    return b"".join([header, table, *sectors])


def _entry(name: str, kind: int, start: int, size: int, *, right: int = _FREE, child: int = _FREE) -> bytes:
    written = name.encode("utf-16-le") + b"\0\0"
    return struct.pack(
        "<64sHBBIII36xIQ", written, len(written), kind, 1, _FREE, right, child, start, size
    ).ljust(128, b"\0")
