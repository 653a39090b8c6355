"""Spreadsheets of all makers: xlsx, xlsm, xlsb, xls and ods."""

import re
import struct
from collections.abc import Iterator
from contextlib import contextmanager
from itertools import islice
from typing import Final

import python_calamine

from tryggve.domains.datamap.engine.findings import NotScanned
from tryggve.domains.datamap.engine.reading import (
    large_workbooks,
    office_open_xml,
    ole_streams,
    open_sheets,
)
from tryggve.domains.datamap.engine.reading.cell_values import text_of
from tryggve.domains.datamap.engine.reading.office_parts import OfficeParts
from tryggve.domains.datamap.engine.reading.parts import Limits, NotRead, Part, Read, Reason, Source
from tryggve.domains.datamap.engine.reading.sheet_text import SheetText, column_number

_CELLS: Final = re.compile(r"xl/(?:worksheets/[^/]+|sharedStrings\.xml)", re.IGNORECASE)
_SHEET: Final = re.compile(r"xl/worksheets/[^/]+\.xml", re.IGNORECASE)
# What the library lays out in memory, some 24 bytes a cell, empty ones too.
_MOST_CELLS: Final = 4_000_000
_MOST_XML: Final = 32 << 20
_DIMENSION: Final = re.compile(
    rb'<(?:\w+:)?dimension ref="(?:[A-Z]{1,3}[0-9]{1,7}:)?([A-Z]{1,3})([0-9]{1,7})"'
)
_CELL: Final = re.compile(rb' r="([A-Z]{1,3})[0-9]{1,7}"')
_ROW: Final = re.compile(rb'row r="([0-9]{1,7})"')
_BOOKS: Final = ("workbook", "book")
_RECORD: Final = struct.Struct("<HH")
_FILE_PASS: Final = 0x002F
_ROWS_AT_ONCE: Final = 256


def read(source: Source, name: str, limits: Limits) -> Iterator[Read]:
    """Hidden sheets are read as others are."""
    if source[0 : len(ole_streams.SIGNATURE)] == ole_streams.SIGNATURE:
        _refuse_encrypted(source)
        yield from _sheets(source, limits)
        return
    with OfficeParts(source, limits) as packed:
        if _is_open_document(packed):
            yield from open_sheets.read(packed)
            return
        try:
            yield from large_workbooks.read(packed) if _is_vast(packed) else _sheets(source, limits)
        except NotRead as stopped:
            yield NotScanned((), stopped.reason)
        yield from office_open_xml.words_of(packed)
        yield from office_open_xml.files_of(packed)


def _refuse_encrypted(source: Source) -> None:
    """The library knows only the newer of the two ways in which old workbooks are encrypted (MS-XLS, FilePass)."""
    ole = ole_streams.OleStreams(source)
    for stream in ole.streams:
        head = next(ole.blocks(stream), b"") if stream.name in _BOOKS else b""
        at = 0
        while at + _RECORD.size <= len(head):
            kind, size = _RECORD.unpack_from(head, at)
            if kind == _FILE_PASS:
                raise NotRead(Reason.ENCRYPTED)
            at += _RECORD.size + size


def _is_open_document(packed: OfficeParts) -> bool:
    return "mimetype" in packed.names


def _is_vast(packed: OfficeParts) -> bool:
    """Whether it would take too much memory in one piece: much text, or a cell far from all others."""
    names = [name for name in packed.names if _CELLS.fullmatch(name)]
    if sum(map(packed.size, names)) > _MOST_XML:
        return True
    return any(_area(packed, name) > _MOST_CELLS for name in names if _SHEET.fullmatch(name))


def _area(packed: OfficeParts, name: str) -> int:
    """Cells between the first and the last of a sheet, as it says; counted where it doesn't.

    One that lies makes the library take more memory than the process may have, which then is what stops it.
    """
    head = next(packed.blocks(name), b"")
    if said := _DIMENSION.search(head):
        return column_number(said[1].decode()) * int(said[2])
    xml = packed.read(name)
    columns, rows = set(_CELL.findall(xml)), [*map(int, _ROW.findall(xml))]
    if not columns or not rows:
        # Cells and rows need not say their places; then they are as near as can be.
        return xml.count(b"<") if not columns and not rows else _MOST_CELLS + 1
    return max(column_number(letters.decode()) for letters in columns) * max(rows)


def _sheets(source: Source, limits: Limits) -> Iterator[Part]:
    if source.size > limits.held_bytes:
        raise NotRead(Reason.TOO_LARGE)
    with _opened(source) as workbook:
        for sheet in workbook.sheets_metadata:
            if sheet.typ == python_calamine.SheetTypeEnum.WorkSheet:
                yield from _rows(workbook.get_sheet_by_name(sheet.name))


@contextmanager
def _opened(source: Source) -> Iterator[python_calamine.CalamineWorkbook]:
    try:
        with python_calamine.CalamineWorkbook.from_filelike(source.opened()) as workbook:
            yield workbook
    except python_calamine.PasswordError as error:
        raise NotRead(Reason.ENCRYPTED) from error
    except (python_calamine.CalamineError, OSError, ValueError) as error:
        raise NotRead(Reason.DAMAGED) from error
    except BaseException as error:
        # What the library gives up on without meaning to is no Exception, and its class has no module to import.
        if type(error).__name__ != "PanicException":
            raise
        raise NotRead(Reason.DAMAGED) from error


def _rows(sheet: python_calamine.CalamineSheet) -> Iterator[Part]:
    if not sheet.start:
        return
    # Rows come from the first of the sheet on, cells from the first column that holds anything.
    text = SheetText(sheet.name, first_column=sheet.start[1])
    rows = iter(sheet.iter_rows())
    while block := [*islice(rows, _ROWS_AT_ONCE)]:
        text.add([[value if type(value) is str else text_of(value) for value in row] for row in block])
        yield from text.taken()
    yield from text.taken(is_end=True)
