"""What of an old Excel workbook (MS-XLS, BIFF5 and BIFF8) is handed to its reader: one sheet, and only its cells.

Formulas, macros, pictures, names and whatever else such a file carries are left out, so no fault in them can hurt.
"""

import struct
from collections.abc import Iterator
from dataclasses import dataclass, field

from tryggve.domains.customers.engine.table import Fault, UnreadableFile

_HEAD = struct.Struct("<HH")
_BOF, _EOF, _CONTINUE = 0x0809, 0x000A, 0x003C
_FILEPASS, _BOUNDSHEET, _MERGED = 0x002F, 0x0085, 0x00E5
_FORMULA, _STRING, _BOOL_OR_ERROR, _MULRK = 0x0006, 0x0207, 0x0205, 0x00BD
_CODEPAGE, _DATEMODE, _FORMAT, _XF, _SST = 0x0042, 0x0022, 0x041E, 0x00E0, 0x00FC
_OF_BOOK = frozenset({_BOF, _CODEPAGE, _DATEMODE, _FORMAT, _XF, _SST})
# Cells that hold something, by the fewest bytes of their record: number, RK, labels, truth or error, formula.
_CELLS = {
    0x0203: 14,
    0x027E: 10,
    0x0204: 8,
    0x00D6: 8,
    0x00FD: 10,
    _BOOL_OR_ERROR: 8,
    _FORMULA: 20,
    _MULRK: 12,
}
_BIFF8 = 0x0600
_WORKSHEET = 0
_NOT_A_NUMBER = b"\xff\xff"
_TEXT_FOLLOWS, _ERROR = 0, 2
_WORK_OUT_ON_OPENING = 0x2


@dataclass(slots=True)
class XlsSheet:
    """A sheet: its name, where it begins in the stream, whether people see it."""

    name: str
    place: int
    is_hidden: bool


@dataclass(slots=True)
class XlsCells:
    """The records of a sheet that hold cells, how far they reach, and what the spreadsheet could not work out.

    Rows and columns count from 1. ``merged`` is the last column of a merged cell, by its first row.
    """

    records: list[bytes] = field(default_factory=list)
    height: int = 0
    width: int = 0
    faults: dict[tuple[int, int], Fault] = field(default_factory=dict)
    merged: dict[int, int] = field(default_factory=dict)
    _text_awaited: tuple[int, int] | None = None

    def take(self, kind: int, data: bytes) -> None:
        if kind == _MERGED:
            self._merge(data)
        elif kind == _STRING and self._text_awaited:
            self._text_awaited = None
            self.records.append(_record(kind, data))
        elif kind in _CELLS:
            self._take_cell(kind, data)

    def end(self) -> None:
        """A formula whose text never came has none."""
        if self._text_awaited:
            self.faults[self._text_awaited] = "formula_without_value"
        self._text_awaited = None

    def _take_cell(self, kind: int, data: bytes) -> None:
        self.end()
        if len(data) < _CELLS[kind]:
            raise UnreadableFile("damaged")
        row, column = _HEAD.unpack_from(data)
        place = row + 1, column + 1
        last = _HEAD.unpack_from(data, len(data) - 4)[1] if kind == _MULRK else column
        self.height, self.width = max(self.height, row + 1), max(self.width, last + 1)
        if kind == _FORMULA:
            self._take_formula(place, data)
        elif kind == _BOOL_OR_ERROR and data[7]:
            self.faults[place] = "cell_error"
        else:
            self.records.append(_record(kind, data))

    def _take_formula(self, place: tuple[int, int], data: bytes) -> None:
        """Its result only."""
        result, options = data[6:14], data[14]
        if result.endswith(_NOT_A_NUMBER) and result[0] == _ERROR:
            self.faults[place] = "cell_error"
            return
        if not any(result) and options & _WORK_OUT_ON_OPENING:
            # Written by a program that can't calculate.
            self.faults[place] = "formula_without_value"
            return
        if result.endswith(_NOT_A_NUMBER) and result[0] == _TEXT_FOLLOWS:
            self._text_awaited = place
        self.records.append(_record(_FORMULA, data[:20] + b"\0\0"))

    def _merge(self, data: bytes) -> None:
        for first, _last, _left, right in struct.iter_unpack("<4H", data[2 : 2 + (len(data) - 2) // 8 * 8]):
            self.merged[first + 1] = max(self.merged.get(first + 1, 0), right + 1)


def sheets_of(book: bytes) -> list[XlsSheet]:
    """The worksheets in the workbook's order; raises UnreadableFile (password_protected, truncated, damaged)."""
    sheets: list[XlsSheet] = []
    version = 0
    for kind, data in _records(book, 0):
        if kind == _FILEPASS:
            raise UnreadableFile("password_protected")
        if kind == _BOF:
            version = int.from_bytes(data[:2], "little")
        elif kind == _BOUNDSHEET and len(data) > 7 and data[5] == _WORKSHEET:
            place = int.from_bytes(data[:4], "little")
            sheets.append(XlsSheet(_name(data[6:], version), place, is_hidden=bool(data[4] & 0b11)))
    return sheets


def has_cells(book: bytes, sheet: XlsSheet) -> bool:
    return any(kind in _CELLS for kind, _data in _records(book, sheet.place))


def cells_of(book: bytes, sheet: XlsSheet) -> XlsCells:
    """The cells of one sheet; raises UnreadableFile (truncated, damaged)."""
    cells = XlsCells()
    for kind, data in _records(book, sheet.place):
        cells.take(kind, data)
    cells.end()
    return cells


def book_with(book: bytes, cells: XlsCells) -> bytes:
    """A workbook of one sheet with these cells, and what belongs to their texts and their dates."""
    general: list[bytes] = []
    was_kept = False
    for kind, data in _records(book, 0):
        was_kept = kind in _OF_BOOK or (kind == _CONTINUE and was_kept)
        if was_kept:
            general.append(_record(kind, data))
    begin, end = general[0], _record(_EOF, b"")
    size = sum(map(len, general)) + len(_bound(0)) + len(end)
    return b"".join([*general, _bound(size), end, begin, *cells.records, end])


def _bound(place: int) -> bytes:
    """The entry of a sheet called «1»; no letters but one byte each, so both versions read it."""
    return _record(_BOUNDSHEET, struct.pack("<IBB", place, 0, _WORKSHEET) + b"\x01\x001")


def _records(book: bytes, place: int) -> Iterator[tuple[int, bytes]]:
    """Those from one beginning to its end; what begins and ends in between (a chart) is left out."""
    depth = 0
    while True:
        if place + _HEAD.size > len(book):
            raise UnreadableFile("truncated")
        kind, length = _HEAD.unpack_from(book, place)
        start, place = place + _HEAD.size, place + _HEAD.size + length
        if place > len(book):
            raise UnreadableFile("truncated")
        if not depth and kind != _BOF:
            raise UnreadableFile("damaged")
        depth += (kind == _BOF) - (kind == _EOF)
        if not depth:
            return
        if depth == 1 and kind != _EOF:
            yield kind, book[start:place]


def _record(kind: int, data: bytes) -> bytes:
    return _HEAD.pack(kind, len(data)) + data


def _name(written: bytes, version: int) -> str:
    length = written[0]
    if version != _BIFF8:
        return written[1 : 1 + length].decode("cp1252", "replace")
    if written[1] & 1:
        return written[2 : 2 + 2 * length].decode("utf-16-le", "replace")
    return written[2 : 2 + length].decode("latin-1")
