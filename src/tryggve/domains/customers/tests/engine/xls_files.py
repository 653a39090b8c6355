"""Old Excel workbooks (MS-XLS, BIFF8), record by record: no well-kept library writes them any more."""

import datetime
import struct
from collections.abc import Sequence
from dataclasses import dataclass, field

from tryggve.domains.customers.tests.engine.ole_files import ole_file

_DAY_0 = datetime.datetime.fromisoformat("1899-12-30")
_GENERAL, _DATE, _MOMENT, _TIME = 0, 14, 22, 21
_FORMATS = (_GENERAL, _DATE, _MOMENT, _TIME)


@dataclass(frozen=True)
class Formula:
    """A formula and the value that the spreadsheet kept; ``calculated`` is False for programs that can't."""

    value: object
    is_calculated: bool = True


@dataclass(frozen=True)
class Error:
    """A cell in error, by default #N/A."""

    code: int = 0x2A


@dataclass(frozen=True)
class XlsSheet:
    """Rows of values; ``merged`` are first row, last row, first column, last column, from 0."""

    rows: Sequence[Sequence[object]]
    name: str = ""
    state: int = 0
    kind: int = 0
    merged: Sequence[tuple[int, int, int, int]] = ()
    further: bytes = b""


@dataclass(eq=False)
class _Strings:
    places: dict[str, int] = field(default_factory=dict)

    def place(self, text: str) -> int:
        return self.places.setdefault(text, len(self.places))

    def record(self) -> bytes:
        """Texts that don't fit one record go on in others, where a text may be cut (2.5.293)."""
        head = struct.pack("<II", len(self.places), len(self.places))
        records, data = list[bytes](), head
        for text in self.places:
            if len(data) + 3 + 2 * len(text) > 8_000:
                records.append(data)
                data = b""
            data += struct.pack("<HB", len(text.encode("utf-16-le")) // 2, 1) + text.encode("utf-16-le")
        kinds = [0x00FC] + [0x003C] * len(records)
        return b"".join(record(kind, part) for kind, part in zip(kinds, [*records, data], strict=True))


def record(kind: int, data: bytes) -> bytes:
    return struct.pack("<HH", kind, len(data)) + data


def xls(*sheets: Sequence[Sequence[object]] | XlsSheet, before: bytes = b"") -> bytes:
    """An XLS file with these rows on its sheets; ``before`` are records at the start of the workbook."""
    return ole_file({"Workbook": book(*sheets, before=before)})


def book(*sheets: Sequence[Sequence[object]] | XlsSheet, before: bytes = b"") -> bytes:
    """The stream of such a workbook."""
    described = [one if isinstance(one, XlsSheet) else XlsSheet(one) for one in sheets]
    strings = _Strings()
    bodies = [_sheet(one, strings) for one in described]
    begin = record(0x0809, struct.pack("<HHHHII", 0x0600, 0x0005, 0, 1997, 0, 6))
    start = begin + before + record(0x0042, struct.pack("<H", 1200)) + record(0x0022, b"\0\0")
    start += b"".join(record(0x00E0, struct.pack("<HH16x", 0, code)) for code in _FORMATS)
    texts = strings.record()
    names = [
        (one.name or f"Blad {number}").encode("utf-16-le") for number, one in enumerate(described, start=1)
    ]
    size = len(start) + sum(4 + 8 + len(name) for name in names) + len(texts) + 4
    bounds = b""
    for one, name, body in zip(described, names, bodies, strict=True):
        head = struct.pack("<IBBBB", size, one.state, one.kind, len(name) // 2, 1)
        bounds += record(0x0085, head + name)
        size += len(body)
    return start + bounds + texts + record(0x000A, b"") + b"".join(bodies)


def _sheet(sheet: XlsSheet, strings: _Strings) -> bytes:
    parts = [record(0x0809, struct.pack("<HHHHII", 0x0600, 0x0010, 0, 1997, 0, 6)), sheet.further]
    parts += [
        cell(row, column, value, strings)
        for row, values in enumerate(sheet.rows)
        for column, value in enumerate(values)
        if value is not None
    ]
    if sheet.merged:
        ranges = b"".join(struct.pack("<HHHH", *one) for one in sheet.merged)
        parts.append(record(0x00E5, struct.pack("<H", len(sheet.merged)) + ranges))
    return b"".join([*parts, record(0x000A, b"")])


def cell(row: int, column: int, value: object, strings: _Strings | None = None) -> bytes:
    """The records of one cell."""
    at = struct.pack("<HH", row, column)
    match value:
        case bool():
            return record(0x0205, at + struct.pack("<HBB", 0, value, 0))
        case Error(code):
            return record(0x0205, at + struct.pack("<HBB", 0, code, 1))
        case Formula():
            return _formula(at, value)
        case str() if strings:
            return record(0x00FD, at + struct.pack("<HI", 0, strings.place(value)))
        case str():
            return record(0x0204, at + struct.pack("<HHB", 0, len(value), 1) + value.encode("utf-16-le"))
        case int() if abs(value) < 2**29:
            return record(0x027E, at + struct.pack("<Hi", 0, value << 2 | 2))
    number, format_ = _number(value)
    return record(0x0203, at + struct.pack("<Hd", _FORMATS.index(format_), number))


def _number(value: object) -> tuple[float, int]:
    match value:
        case datetime.datetime():
            return (value - _DAY_0) / datetime.timedelta(days=1), _MOMENT
        case datetime.date():
            return float((datetime.datetime.combine(value, datetime.time()) - _DAY_0).days), _DATE
        case datetime.time():
            return (value.hour * 3600 + value.minute * 60 + value.second) / 86400, _TIME
    assert isinstance(value, int | float)
    return float(value), _GENERAL


def _formula(at: bytes, formula: Formula) -> bytes:
    text = b""
    match formula.value:
        case str():
            result = b"\0" + bytes(5) + b"\xff\xff"
            written = formula.value.encode("utf-16-le")
            text = record(0x0207, struct.pack("<HB", len(written) // 2, 1) + written)
        case bool():
            result = bytes([1, 0, formula.value, 0, 0, 0]) + b"\xff\xff"
        case Error(code):
            result = bytes([2, 0, code, 0, 0, 0]) + b"\xff\xff"
        case None:
            result = b"\0" + bytes(5) + b"\xff\xff"
        case _:
            result = struct.pack("<d", _number(formula.value)[0])
    options = 0 if formula.is_calculated else 2
    data = at + struct.pack("<H8sHIH", 0, result, options, 0, 3) + b"\x1e\x01\x00"
    return record(0x0006, data) + text
