"""What only old Excel files have: records, an OLE file around them, macros and charts between."""

import io
import random
import struct
from contextlib import suppress
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tryggve.domains.customers.engine.files import ole_parts, sheet_rows, xls_records
from tryggve.domains.customers.engine.files.tables import read_table
from tryggve.domains.customers.engine.table import Limits, Row, Table, UnreadableFile
from tryggve.domains.customers.tests.engine.damage import damaged
from tryggve.domains.customers.tests.engine.ole_files import ole_file
from tryggve.domains.customers.tests.engine.xls_files import Error, Formula, XlsSheet, book, cell, record, xls

_SMALL = Limits(rows=5_000, cells=200_000)
_LIST = [["Namn", "Ort"], ["Anna", "Lund"]]
_CHART = record(0x0809, bytes(16)) + cell(9, 9, "ur diagrammet") + record(0x000A, b"")


def _read(data: bytes, limits: Limits | None = None) -> Table:
    return read_table(io.BytesIO(data), limits or Limits())


def _refusal(data: bytes, limits: Limits | None = None) -> str:
    with pytest.raises(UnreadableFile) as refused:
        _read(data, limits)
    return refused.value.code


@pytest.mark.parametrize(
    ("value", "cells", "faults"),
    [
        (Formula("Anna"), ("Namn", "Anna", "slut"), ()),
        (Formula(42.0), ("Namn", "42", "slut"), ()),
        (Formula(True), ("Namn", "true", "slut"), ()),
        (Formula(0.0), ("Namn", "0", "slut"), ()),
        (Formula(0.0, is_calculated=False), ("Namn", "", "slut"), ((1, "formula_without_value"),)),
        (Formula(None), ("Namn", "", "slut"), ((1, "formula_without_value"),)),
        (Formula(Error()), ("Namn", "", "slut"), ((1, "cell_error"),)),
        (Error(), ("Namn", "", "slut"), ((1, "cell_error"),)),
        (Error(0x99), ("Namn", "", "slut"), ((1, "cell_error"),)),
    ],
)
def test_formula_gives_its_kept_value_or_what_is_wrong_with_it(
    value: object, cells: Any, faults: Any
) -> None:
    assert _read(xls([["Namn", value, "slut"]])).rows == [Row(1, cells, faults)]


def test_row_of_nothing_but_an_error_is_kept() -> None:
    assert _read(xls([["Namn"], [Error()]])).rows == [Row(1, ("Namn",)), Row(2, (), ((0, "cell_error"),))]


def test_numbers_packed_together_are_numbers() -> None:
    packed = record(0x00BD, struct.pack("<HHHiHiH", 1, 0, 0, 11122 << 2 | 2, 0, 100_00 << 2 | 3, 1))
    assert _read(xls(XlsSheet([["Postnr", "Rabatt"]], further=packed))).rows[1].cells == ("11122", "100")


def test_texts_in_more_than_one_record_are_texts() -> None:
    rows = [[f"Å{'x' * 900} {number}"] for number in range(20)]
    assert [list(row.cells) for row in _read(xls(rows)).rows] == rows


def test_label_of_an_older_program_is_a_text() -> None:
    assert _read(xls(XlsSheet([["Namn"]], further=cell(1, 0, "Åsa")))).rows[1].cells == ("Åsa",)


def test_chart_within_a_sheet_and_sheets_that_are_none_are_passed_over() -> None:
    macros = XlsSheet([["=EXEC()"]], "Makron", kind=1)
    table = _read(
        xls(macros, XlsSheet(_LIST, "Kunder", further=_CHART), XlsSheet([["x"]], "Diagram", kind=2))
    )
    assert (table.sheet, table.other_sheets) == ("Kunder", ())
    assert [row.cells for row in table.rows] == [("Namn", "Ort"), ("Anna", "Lund")]


def test_macros_in_the_file_are_neither_run_nor_a_problem() -> None:
    data = ole_file(
        {"Workbook": book(_LIST), "_VBA_PROJECT_CUR": b"Sub AutoOpen()" * 20, "VBA": b"\x01" * 5_000}
    )
    assert _read(data).rows == _read(xls(_LIST)).rows


def test_reader_is_handed_cells_only() -> None:
    """Neither formulas, names nor macros can hurt what never sees them."""
    stream = book(XlsSheet([["Namn", Formula("Anna")]], further=_CHART), before=record(0x0018, b"\xff" * 40))
    [sheet] = xls_records.sheets_of(stream)
    handed = xls_records.book_with(stream, xls_records.cells_of(stream, sheet))
    assert b"\x1e\x01\x00" in stream
    assert not any(part in handed for part in (b"\x1e\x01\x00", b"\xff" * 40, "diagram".encode("utf-16-le")))


@pytest.mark.parametrize("name", ["Workbook", "WORKBOOK", "Book"])
def test_stream_is_found_under_each_of_its_names(name: str) -> None:
    assert len(_read(ole_file({name: book(_LIST)})).rows) == 2


def test_long_stream_is_read_too() -> None:
    rows = [[f"Kund {number}", number] for number in range(1_000)]
    assert len(_read(xls(rows)).rows) == 1_000


def test_password_is_told() -> None:
    assert _refusal(xls(_LIST, before=record(0x002F, b"\x01\0" + bytes(52)))) == "password_protected"
    assert _refusal(ole_file({"EncryptionInfo": b"x", "EncryptedPackage": bytes(99)})) == "password_protected"


def test_text_about_packages_is_no_password() -> None:
    assert len(_read(xls([["Namn"], ["EncryptedPackage"]])).rows) == 2


def test_other_office_files_are_no_list() -> None:
    assert _refusal(ole_file({"WordDocument": b"Workbook" * 900})) == "binary"


@pytest.mark.parametrize("kept", [8, 300, 600, 3_000, 20_000])
def test_file_cut_short_is_told(kept: int) -> None:
    data = xls([[f"Kund {number}", number] for number in range(900)])
    assert len(data) > 30_000
    assert _refusal(data[:kept]) == "truncated"


def test_workbook_cut_short_within_a_whole_file_is_told() -> None:
    stream = book([["Namn"], ["Anna"]])
    assert _refusal(ole_file({"Workbook": stream[:-3]})) == "truncated"


@pytest.mark.parametrize(("row", "column"), [(65_535, 255), (65_535, 0), (60_000, 200)])
def test_cells_too_far_apart_are_refused_before_the_sheet_is_laid_out(row: int, column: int) -> None:
    data = xls(XlsSheet(_LIST, further=cell(row, column, "x")))
    assert _refusal(data, Limits(rows=65_000, cells=200_000)) in ("too_many_rows", "too_large")


@pytest.mark.parametrize(
    "broken",
    [
        record(0x0203, b"\0" * 9), record(0x00FD, b""), record(0x0006, bytes(19)),
        record(0x00BD, struct.pack("<HHHiHiH", 1, 3, 0, 1, 0, 1, 1)), record(0x027E, bytes(4)),
    ],
)  # fmt: skip
def test_broken_record_is_refused(broken: bytes) -> None:
    assert _refusal(xls(XlsSheet(_LIST, further=broken))) == "damaged"


def test_sheet_that_begins_elsewhere_than_said_is_refused() -> None:
    stream = book(_LIST)
    place = stream.index(struct.pack("<HH", 0x0085, 8 + len("Blad 1") * 2)) + 4
    assert _refusal(ole_file({"Workbook": stream[:place] + b"\x14\0\0\0" + stream[place + 4 :]})) == "damaged"


def test_what_the_library_gives_up_on_is_a_refusal() -> None:
    with pytest.raises(UnreadableFile, match="damaged"), sheet_rows.opened(b"\xd0\xcf\x11\xe0"):
        pass
    panics = ole_parts.ole_file("Workbook", book(_LIST, before=record(0x0042, b"")))
    with pytest.raises(UnreadableFile, match="damaged"), sheet_rows.opened(panics):
        pass


def test_errors_of_our_own_pass_through() -> None:
    with pytest.raises(KeyboardInterrupt), sheet_rows.opened(xls(_LIST)):
        raise KeyboardInterrupt


@pytest.mark.parametrize("place", [30, 32, 48, 56, 60, 68, 76, 512, 520])
@pytest.mark.parametrize(
    "written", [b"\0\0\0\0", b"\1\0\0\0", b"\5\0\0\0", b"\xf0\xff\xff\0", b"\xff\xff\xff\xff"]
)
def test_ole_file_with_a_wrong_number_is_read_or_refused(place: int, written: bytes) -> None:
    """No chain of sectors goes on for ever, and nothing is set aside for what isn't there."""
    data = bytearray(xls([[f"Kund {number}"] for number in range(500)]))
    data[place : place + 4] = written
    with suppress(UnreadableFile):
        assert _read(bytes(data)).kind == "xls"


def test_table_of_sectors_that_leads_to_itself_is_refused() -> None:
    data = bytearray(xls(_LIST))
    number = len(data) // 512 - 1
    data[68:72] = struct.pack("<I", number)
    assert _refusal(bytes(data) + b"\xff" * 508 + struct.pack("<I", number)) == "damaged"


def test_stream_shorter_than_said_is_truncated() -> None:
    data = ole_file({"Workbook": bytes(5_000)})
    with pytest.raises(UnreadableFile, match="truncated"):
        ole_parts.OleParts(data.replace(struct.pack("<Q", 5_000), struct.pack("<Q", 50_000))).read("Workbook")


def test_large_stream_is_handed_on_whole() -> None:
    stream = bytes(range(256)) * 17_000
    assert ole_parts.OleParts(ole_parts.ole_file("Workbook", stream)).read("Workbook") == stream


@given(st.binary(max_size=12_000) | st.binary(min_size=1).map(lambda data: data * 40))
def test_file_that_the_reader_is_handed_holds_the_stream(stream: bytes) -> None:
    parts = ole_parts.OleParts(ole_parts.ole_file("Workbook", stream))
    assert parts.names == {"workbook"}
    assert parts.read("Workbook") == stream.ljust(4096, b"\0")


@settings(max_examples=150)
@given(damage=st.randoms(use_true_random=False))
def test_damaged_file_or_workbook_is_read_or_refused(damage: random.Random) -> None:
    stream = book(XlsSheet([["Namn", 5, True], ["Anna", Formula("x"), Error()]], merged=[(0, 0, 0, 1)]))
    for data in (damaged(xls(_LIST), damage), ole_file({"Workbook": damaged(stream, damage)})):
        with suppress(UnreadableFile):
            assert _read(data, _SMALL).rows
