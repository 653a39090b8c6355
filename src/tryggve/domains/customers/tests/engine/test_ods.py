"""What only OpenDocument spreadsheets have: cells and rows that stand for many, notes in cells, XML."""

import datetime
import io
import random
import zipfile
from contextlib import suppress
from typing import Any

import pytest
import python_calamine
from hypothesis import given, settings
from hypothesis import strategies as st

from tryggve.domains.customers.engine.files.ods_sheets import OdsReader
from tryggve.domains.customers.engine.files.tables import read_table
from tryggve.domains.customers.engine.table import Limits, Row, Table, UnreadableFile
from tryggve.domains.customers.tests.engine.damage import damaged
from tryggve.domains.customers.tests.engine.ods_files import (
    MIME,
    Raw,
    cell,
    content,
    ods,
    packed,
    raw_table,
    table,
)

_SMALL = Limits(rows=5_000, cells=200_000, unpacked_bytes=5_000_000)
_LIST = [["Namn", "Ort"], ["Anna", "Lund"]]
_TEXT = '<table:table-cell office:value-type="string"'


def _read(data: bytes, limits: Limits | None = None) -> Table:
    return read_table(io.BytesIO(data), limits or Limits())


def _rows(rows: str, limits: Limits | None = None) -> list[Row]:
    return _read(packed(content(raw_table(rows))), limits).rows


def _refusal(data: bytes, limits: Limits | None = None) -> str:
    with pytest.raises(UnreadableFile) as refused:
        _read(data, limits)
    return refused.value.code


@pytest.mark.parametrize(
    ("xml", "text", "fault"),
    [
        (f"{_TEXT}><text:p>Anna<text:s text:c='2'/>Ek<text:tab/>x<text:line-break/>y</text:p></table:table-cell>",
         "Anna  Ek\tx\ny", None),
        (f"{_TEXT}><text:p>An<text:span>na</text:span> <text:a>Ek</text:a></text:p></table:table-cell>",
         "Anna Ek", None),
        (f"{_TEXT}><office:annotation><text:p>ring inte</text:p></office:annotation><text:p>Anna</text:p>"
         "</table:table-cell>", "Anna", None),
        (f"{_TEXT}><text:p>Anna<office:annotation><text:p>x</text:p></office:annotation></text:p><draw:frame>"
         "<text:p>bild</text:p></draw:frame></table:table-cell>", "Anna", None),
        (f"{_TEXT} office:string-value='Anna'><text:p>ANNA</text:p></table:table-cell>", "Anna", None),
        ("<table:table-cell><text:p>Anna</text:p></table:table-cell>", "Anna", None),
        (f"{_TEXT} table:formula='of:=A1'><text:p>Anna</text:p></table:table-cell>", "Anna", None),
        (f"{_TEXT} table:formula='of:=A1'></table:table-cell>", "", None),
        ("<table:table-cell table:formula='of:=A1'/>", "", "formula_without_value"),
        ("<table:table-cell calcext:value-type='error' office:value-type='string'><text:p>#VÄRDE!</text:p>"
         "</table:table-cell>", "", "cell_error"),
        ("<table:table-cell table:formula='of:=1/0' office:value-type='float' office:value='0'>"
         "<text:p>#DIV/0!</text:p></table:table-cell>", "", "cell_error"),
        (f"{_TEXT}><text:p>#REF!</text:p></table:table-cell>", "#REF!", None),
        ("<table:table-cell office:value-type='percentage' office:value='0.25'><text:p>25%</text:p></table:table-cell>",
         "0.25", None),
        ("<table:table-cell office:value-type='currency' office:value='1E3'><text:p>x</text:p></table:table-cell>",
         "1000", None),
        ("<table:table-cell office:value-type='float' office:value='x'><text:p>12 st</text:p></table:table-cell>",
         "12 st", None),
        ("<table:table-cell office:value-type='date' office:date-value='2026-03-02T00:00:00'/>", "2026-03-02", None),
        ("<table:table-cell office:value-type='date' office:date-value='igår'><text:p>igår</text:p></table:table-cell>",
         "igår", None),
        ("<table:table-cell office:value-type='time' office:time-value='PT30H00M00S'/>", "1 day, 6:00:00", None),
        ("<table:table-cell office:value-type='time' office:time-value='P1Y'/>", "P1Y", None),
    ],
)  # fmt: skip
def test_cell_becomes_what_it_means(xml: str, text: str, fault: Any) -> None:
    faults = ((1, fault),) if fault else ()
    assert _read(ods([["Namn", Raw(xml), "slut"]])).rows == [Row(1, ("Namn", text, "slut"), faults)]


def _repeated(value: object, times: int) -> str:
    return cell(value).replace(
        "<table:table-cell", f'<table:table-cell table:number-columns-repeated="{times}"', 1
    )


def _row(*cells: str, times: int = 1) -> str:
    return f'<table:table-row table:number-rows-repeated="{times}">{"".join(cells)}</table:table-row>'


def test_cells_and_rows_that_stand_for_many_are_many() -> None:
    rows = _rows(_row(_repeated("x", 2), _repeated(None, 2), cell("y"), _repeated(None, 9_000)) +
                 _row(_repeated(None, 16_384), times=2) + _row(cell("z"), times=2) +
                 _row(_repeated(None, 16_384), times=1_048_571))  # fmt: skip
    assert rows == [Row(1, ("x", "x", "", "", "y")), Row(2, ()), Row(3, ()), Row(4, ("z",)), Row(5, ("z",))]


@pytest.mark.parametrize(
    ("rows", "code"),
    [
        (_row(_repeated("x", 16_384)), "too_many_columns"),
        (_row(_repeated(None, 1_000), cell("x")), "too_many_columns"),
        (_row(cell("x"), times=1_048_576), "too_many_rows"),
        (_row(times=1_048_575) + _row(cell("x")), "too_many_rows"),
        (_row(_repeated("x", 900), times=3_000), "too_large"),
        (_row(_repeated("x" * 9_000, 900), times=20), "zip_bomb"),
        (_row(_repeated("x", 10**9)), "damaged"),
        (_row(cell("x"), times=-1), "damaged"),
    ],
)
def test_file_that_swells_is_refused_before_anything_is_laid_out(rows: str, code: str) -> None:
    assert _refusal(packed(content(raw_table(rows)))) == code
    with pytest.raises(UnreadableFile, match=code):
        OdsReader(Limits()).read(content(raw_table(rows)).encode())


def test_spaces_that_stand_for_many_are_bounded() -> None:
    rows = _rows(_row(f"{_TEXT}><text:p>a<text:s text:c='9999999'/>b</text:p></table:table-cell>"))
    assert len(rows[0].cells[0]) == 1_002


def test_other_sheets_may_be_as_wide_as_they_are() -> None:
    wide = raw_table(_row(_repeated("x", 16_384), times=1_048_576)).replace("Blad 1", "Blad 2")
    read = _read(packed(content(table(_LIST), wide)))
    assert (len(read.rows), read.other_sheets) == (2, ("Blad 2",))


def test_rows_under_headings_and_in_groups_are_rows() -> None:
    rows = f"<table:table-header-rows>{_row(cell('Namn'))}</table:table-header-rows>"
    rows += f"<table:table-row-group><table:table-rows>{_row(cell('Anna'))}</table:table-rows></table:table-row-group>"
    assert [row.cells for row in _rows(rows)] == [("Namn",), ("Anna",)]


def test_table_within_a_table_is_no_sheet() -> None:
    inner = f"<table:shapes>{table([['ur diagrammet']], 'local')}</table:shapes>"
    read = _read(packed(content(table(_LIST).replace("<table:table-row>", inner + "<table:table-row>", 1))))
    assert ([row.cells[0] for row in read.rows], read.other_sheets) == (["Namn", "Anna"], ())


def test_xml_in_two_bytes_a_letter_is_read() -> None:
    xml = content(table([["Åsa"]]), head='<?xml version="1.0" encoding="UTF-16"?>').encode("utf-16")
    assert _read(packed(xml)).rows == [Row(1, ("Åsa",))]


_BOMB = '<!DOCTYPE x [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;">]>'


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (packed(content(table([[Raw(f"{_TEXT}><text:p>&b;</text:p></table:table-cell>")]]), head=_BOMB)), "damaged"),
        (packed(content(table(_LIST), head="<!DOCTYPE x>")), "damaged"),
        (packed(content(table(_LIST))[:-9]), "damaged"),
        (packed(b"\xff\xff\xff"), "damaged"),
        (packed(content(table(_LIST), head='<?xml version="1.0" encoding="iso-8859-7"?>')), "damaged"),
        (packed(b""), "damaged"),
        (packed("<a/>"), "no_table"),
        (packed(content(table(_LIST)), mime=b"application/vnd.oasis.opendocument.text"), "no_table"),
        (packed(content(table(_LIST)), manifest="<m><manifest:encryption-data/></m>"), "password_protected"),
        (packed("", others={"encrypted-package": b"x"}), "damaged"),
    ],
)  # fmt: skip
def test_file_that_is_no_readable_spreadsheet_is_refused(data: bytes, code: str) -> None:
    assert _refusal(data) == code


def test_file_encrypted_whole_is_told() -> None:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as parts:
        parts.writestr("mimetype", MIME)
        parts.writestr("encrypted-package", bytes(99))
    assert _refusal(out.getvalue()) == "password_protected"


def test_template_of_spreadsheets_is_read() -> None:
    assert len(_read(packed(content(table(_LIST)), mime=MIME + b"-template")).rows) == 2


def test_macros_in_the_file_are_neither_run_nor_a_problem() -> None:
    macros = {"Basic/Standard/Module1.xml": b"Sub Main", "Scripts/python/x.py": b"raise SystemExit"}
    assert _read(packed(content(table(_LIST)), others=macros)).rows == _read(ods(_LIST)).rows


def test_zip_bomb_and_file_cut_short_are_refused() -> None:
    data = packed(content(table(_LIST)), others={"Pictures/x.png": bytes(3_000_000)})
    assert _refusal(data, Limits(unpacked_bytes=1_000_000)) == "zip_bomb"
    assert _refusal(data[:-40]) == "truncated"


_VALUE = (
    st.none()
    | st.booleans()
    | st.integers(-99, 99)
    | st.dates(datetime.date(1950, 1, 1))
    | st.text("Åb ", max_size=3)
)


@given(
    st.lists(
        st.tuples(st.lists(st.tuples(_VALUE, st.integers(1, 3)), max_size=4), st.integers(1, 3)), max_size=5
    )
)
def test_any_sheet_has_the_cells_that_another_reader_sees(rows: list[Any]) -> None:
    written = "".join(
        _row(*(_repeated(value, times) for value, times in cells), times=times) for cells, times in rows
    )
    data = packed(
        content(raw_table(_row(cell("Namn"), cell("slut")) + written + _row(cell("x"), cell("slut"))))
    )
    other = python_calamine.CalamineWorkbook.from_filelike(io.BytesIO(data)).get_sheet_by_index(0).to_python()
    assert [row.cells for row in _read(data).rows] == [_as_texts(row) for row in other]


def _as_texts(values: list[Any]) -> tuple[str, ...]:
    texts = [
        str(value).lower() if isinstance(value, bool) else str(value).removesuffix(".0") for value in values
    ]
    while texts and not texts[-1].strip():
        texts.pop()
    return tuple(texts)


@settings(max_examples=150)
@given(damage=st.randoms(use_true_random=False))
def test_damaged_file_or_content_is_read_or_refused(damage: random.Random) -> None:
    xml = content(table([["Namn", 5, True], ["Anna", datetime.date(2026, 3, 2), None]])).encode()
    for data in (damaged(ods(_LIST), damage), packed(damaged(xml, damage))):
        with suppress(UnreadableFile):
            assert _read(data, _SMALL).rows
