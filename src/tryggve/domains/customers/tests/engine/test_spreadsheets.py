"""One list, saved as each kind of spreadsheet, is one table."""

import datetime
import io
from collections.abc import Callable, Sequence

import openpyxl
import pytest
import python_calamine
from hypothesis import given
from hypothesis import strategies as st

from tryggve.domains.customers.engine.files.tables import read_table
from tryggve.domains.customers.engine.table import Limits, Row, Table, UnreadableFile
from tryggve.domains.customers.tests.engine.ods_files import Raw, content, ods, packed, table
from tryggve.domains.customers.tests.engine.workbooks import workbook
from tryggve.domains.customers.tests.engine.xls_files import XlsSheet, xls

KINDS: dict[str, Callable[..., bytes]] = {"xlsx": workbook, "xls": xls, "ods": ods}
every_kind = pytest.mark.parametrize("kind", KINDS)
_VALUES = (
    st.text(
        st.characters(exclude_categories=["Cc", "Cs"], exclude_characters="\ufffe\uffff"),
        min_size=1,
        max_size=9,
    )
    | st.booleans()
    | st.integers(-(2**40), 2**40)
    | st.floats(-1e12, 1e12).filter(lambda value: not value.is_integer())
    | st.dates(datetime.date(1901, 1, 1), datetime.date(2200, 1, 1))
)


def _read(data: bytes, limits: Limits | None = None) -> Table:
    return read_table(io.BytesIO(data), limits or Limits())


@every_kind
@pytest.mark.parametrize(
    ("value", "text"),
    [
        (701740605, "701740605"), (46701740605, "46701740605"), (11122, "11122"), (0.125, "0.125"), (-3, "-3"),
        (1e21, "1000000000000000000000"), (True, "true"), (False, "false"),
        (datetime.date(2026, 3, 2), "2026-03-02"), (datetime.time(13, 45), "13:45:00"),
        (datetime.datetime.fromisoformat("2026-03-02T13:45"), "2026-03-02 13:45:00"),
        ("0701740605", "0701740605"), ("Åsa\nÖberg", "Åsa\nÖberg"), ("🦊", "🦊"),
    ],
)  # fmt: skip
def test_cell_becomes_the_text_that_was_typed(kind: str, value: object, text: str) -> None:
    table = _read(KINDS[kind]([["Namn", value, "slut"]]))
    assert (table.kind, table.rows) == (kind, [Row(1, ("Namn", text, "slut"))])


@every_kind
def test_row_numbers_are_those_of_the_sheet(kind: str) -> None:
    rows = _read(KINDS[kind]([[], [], [None, "Namn"], [], [None, "Anna"]])).rows
    assert rows == [Row(1, ()), Row(2, ()), Row(3, ("", "Namn")), Row(4, ()), Row(5, ("", "Anna"))]


@every_kind
def test_first_sheet_with_rows_is_read_and_the_others_named(kind: str) -> None:
    table = _read(KINDS[kind]([], [["Namn"]], [], [["Vara"]]))
    assert (table.sheet, table.other_sheets, table.rows) == ("Blad 2", ("Blad 4",), [Row(1, ("Namn",))])


def _xlsx_with_a_hidden_sheet() -> bytes:
    book = openpyxl.load_workbook(io.BytesIO(workbook([["Priser"]], [["Namn"]])))
    book.worksheets[0].sheet_state = "hidden"
    book.active = 1
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def _ods_with_a_hidden_sheet() -> bytes:
    styles = "".join(
        f'<style:style style:name="{name}" style:family="table"><style:table-properties table:display="{shown}"/>'
        "</style:style>"
        for name, shown in (("ta1", "false"), ("ta2", "true"))
    )
    tables = (table([["Priser"]], "Blad 1", "ta1"), table([["Namn"]], "Blad 2", "ta2"))
    return packed(content(*tables, styles=styles))


@pytest.mark.parametrize(
    "data",
    [
        _xlsx_with_a_hidden_sheet(),
        _ods_with_a_hidden_sheet(),
        xls(XlsSheet([["Priser"]], state=1), [["Namn"]]),
        xls(XlsSheet([["Priser"]], state=2), [["Namn"]]),
    ],
)
def test_sheet_that_people_see_is_read_before_a_hidden_one(data: bytes) -> None:
    table = _read(data)
    assert (table.sheet, table.other_sheets, table.rows) == ("Blad 2", ("Blad 1",), [Row(1, ("Namn",))])


@pytest.mark.parametrize("data", [xls(XlsSheet([["Namn"]], state=1))])
def test_hidden_sheet_is_read_where_there_is_no_other(data: bytes) -> None:
    assert _read(data).rows == [Row(1, ("Namn",))]


def _xlsx_merged(rows: Sequence[Sequence[object]], *ranges: str) -> bytes:
    book = openpyxl.load_workbook(io.BytesIO(workbook(rows)))
    for one in ranges:
        book.worksheets[0].merge_cells(one)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def _merged(text: str, columns: int, rows: int = 1) -> Raw:
    size = f'table:number-columns-spanned="{columns}" table:number-rows-spanned="{rows}"'
    written = (
        f'<table:table-cell office:value-type="string" {size}><text:p>{text}</text:p></table:table-cell>'
    )
    return Raw(written + "<table:covered-table-cell/>" * (columns - 1))


_MERGED = [["Lista"], ["Namn", "Telefon"], ["Anna", "0701740605", "0701740606"], ["Slut"]]


@pytest.mark.parametrize(
    "data",
    [
        _xlsx_merged(_MERGED, "A1:C1", "B2:C2", "A4:F4"),
        xls(XlsSheet(_MERGED, merged=[(0, 0, 0, 2), (1, 1, 1, 2), (3, 3, 0, 5)])),
        ods([[_merged("Lista", 3)], ["Namn", _merged("Telefon", 2)], _MERGED[2], [_merged("Slut", 6)]]),
    ],
)
def test_merged_cell_has_its_value_in_the_first_place_and_loses_no_column(data: bytes) -> None:
    """No wider than the widest other row: a remark across the whole page makes no columns."""
    assert [row.cells for row in _read(data).rows] == [
        ("Lista", "", ""), ("Namn", "Telefon", ""), ("Anna", "0701740605", "0701740606"), ("Slut", "", ""),
    ]  # fmt: skip


@pytest.mark.parametrize(
    "data",
    [
        _xlsx_merged([["Namn", "Ort"], ["Anna", "Lund"], [None, "Ystad"]], "A2:A3"),
        xls(XlsSheet([["Namn", "Ort"], ["Anna", "Lund"], [None, "Ystad"]], merged=[(1, 2, 0, 0)])),
        ods([["Namn", "Ort"], [_merged("Anna", 1, rows=2), "Lund"], [None, "Ystad"]]),
    ],
)
def test_cell_merged_downwards_is_not_repeated(data: bytes) -> None:
    assert [row.cells for row in _read(data).rows] == [("Namn", "Ort"), ("Anna", "Lund"), ("", "Ystad")]


@every_kind
def test_more_rows_columns_and_cells_than_allowed_are_refused(kind: str) -> None:
    data = KINDS[kind]([["a", "b"]] * 6)
    for limits, code in ((Limits(rows=5), "too_many_rows"), (Limits(columns=1), "too_many_columns"),
                         (Limits(cells=11), "too_large")):  # fmt: skip
        with pytest.raises(UnreadableFile) as refused:
            _read(data, limits)
        assert refused.value.code == code
    assert len(_read(data, Limits(rows=6, columns=2, cells=12)).rows) == 6


@every_kind
def test_workbook_without_anything_in_it_has_no_table(kind: str) -> None:
    with pytest.raises(UnreadableFile, match="no_table"):
        _read(KINDS[kind]([], [[None]]))


@given(st.lists(st.lists(st.none() | _VALUES, max_size=4), max_size=6))
def test_any_values_are_read_alike_from_every_kind(rows: list[list[object]]) -> None:
    rows = [["Namn"], *rows, ["slut"]]
    read = {kind: _read(write(rows)).rows for kind, write in KINDS.items() if kind != "xlsx"}
    assert read["xls"] == read["ods"]
    assert len(read["xls"]) == len(rows)


@pytest.mark.parametrize("data", [xls([["Åsa", 701740605, True]]), ods([["Åsa", 701740605, True]])])
def test_our_own_test_files_are_what_another_reader_takes_them_for(data: bytes) -> None:
    sheet = python_calamine.CalamineWorkbook.from_filelike(io.BytesIO(data)).get_sheet_by_index(0)
    assert sheet.to_python() == [["Åsa", 701740605.0, True]]
