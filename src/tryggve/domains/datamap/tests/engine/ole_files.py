"""OLE files (MS-CFB) for tests: streams of any length, short ones in the small stream, as Office writes them."""

import struct
from collections.abc import Mapping

_SECTOR, _MINI, _CUTOFF = 512, 64, 4096
_END, _FREE, _IS_FAT, _NOBODY = 0xFFFFFFFE, 0xFFFFFFFF, 0xFFFFFFFD, 0xFFFFFFFF
_STREAM, _ROOT = 2, 5


def ole_file(streams: Mapping[str, bytes]) -> bytes:
    mini_fat: list[int] = []
    minis = b""
    starts: dict[str, int] = {}
    for name, content in streams.items():
        if len(content) < _CUTOFF:
            starts[name] = len(mini_fat)
            minis += _filled(content, _MINI)
            mini_fat += _chain(len(mini_fat), -(-len(content) // _MINI))
    large = {name: content for name, content in streams.items() if len(content) >= _CUTOFF}
    directory_bytes = _filled(b"\0" * 128 * (len(streams) + 1), _SECTOR)
    bodies = [directory_bytes, _numbers(mini_fat), minis, *large.values()]
    counts = [-(-len(body) // _SECTOR) for body in bodies]
    fats = 1
    while fats * _SECTOR // 4 < fats + sum(counts):
        fats += 1
    fat, begins = [_IS_FAT] * fats, []
    for count in counts:
        begins.append(len(fat))
        fat += _chain(len(fat), count)
    starts |= dict(zip(large, begins[3:], strict=True))
    entries = [_entry("Root Entry", _ROOT, begins[2] if minis else _END, len(minis), 1)]
    entries += [
        _entry(name, _STREAM, starts[name], len(content), _NOBODY) for name, content in streams.items()
    ]
    bodies[0] = _filled(b"".join(entries), _SECTOR)
    header = struct.pack("<8s16xHHHHH6x", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", 0x3E, 3, 0xFFFE, 9, 6)
    mini_start = begins[1] if mini_fat else _END
    header += struct.pack("<II I4xI IIII", 0, fats, begins[0], _CUTOFF, mini_start, counts[1], _END, 0)
    header += struct.pack("<109I", *range(fats), *[_FREE] * (109 - fats))
    return header + _numbers(fat) + b"".join(_filled(body, _SECTOR) for body in bodies)


def _filled(content: bytes, size: int) -> bytes:
    return content.ljust(-(-len(content) // size) * size, b"\0")


def _chain(begin: int, count: int) -> list[int]:
    return [*range(begin + 1, begin + count), _END] if count else []


def _numbers(numbers: list[int]) -> bytes:
    padded = numbers + [_FREE] * (-len(numbers) % (_SECTOR // 4))
    return struct.pack(f"<{len(padded)}I", *padded)


def _entry(name: str, kind: int, start: int, size: int, child: int) -> bytes:
    written = name.encode("utf-16-le") + b"\0\0"
    links = struct.pack("<64sHBBIII", written, len(written), kind, 1, _NOBODY, _NOBODY, child)
    return links + struct.pack("<36xIQ", start, size)


def xls_file(rows: list[list[str | float]], *, is_encrypted: bool = False) -> bytes:
    """An Excel 97 workbook (MS-XLS) of one sheet, «Kunder»."""
    password = _record(0x002F, b"\0" * 54) if is_encrypted else b""
    first = _record(0x0809, struct.pack("<HHHHII", 0x0600, 5, 0, 0, 0, 0)) + password
    name = b"\x06\x00Kunder"
    place = len(first) + 4 + 6 + len(name) + 4
    book = first + _record(0x0085, struct.pack("<IH", place, 0) + name) + _record(0x000A, b"")
    cells = b"".join(
        _cell(row, column, value) for row, values in enumerate(rows) for column, value in enumerate(values)
    )
    sheet = _record(0x0809, struct.pack("<HHHHII", 0x0600, 0x10, 0, 0, 0, 0)) + cells + _record(0x000A, b"")
    return ole_file({"Workbook": (book + sheet).ljust(_CUTOFF, b"\0")})


def _record(kind: int, data: bytes) -> bytes:
    return struct.pack("<HH", kind, len(data)) + data


def _cell(row: int, column: int, value: str | float) -> bytes:
    if isinstance(value, str):
        text = struct.pack("<HB", len(value), 1) + value.encode("utf-16-le")
        return _record(0x0204, struct.pack("<HHH", row, column, 0) + text)
    return _record(0x0203, struct.pack("<HHHd", row, column, 0, value))
