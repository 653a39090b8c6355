import datetime
import io
import zipfile

import pytest

from tryggve.domains.customers.engine.files.tables import read_table
from tryggve.domains.customers.engine.table import Row, Table
from tryggve.domains.customers.tests.engine.workbooks import with_part, with_sheet, workbook


def _table(data: bytes) -> Table:
    return read_table(io.BytesIO(data))


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (701740605, "701740605"),
        (701740605.0, "701740605"),
        (11122, "11122"),
        (46701740605, "46701740605"),
        (1e21, "1000000000000000000000"),
        (0.125, "0.125"),
        (-3, "-3"),
        (True, "true"),
        (False, "false"),
        (datetime.date(2026, 3, 2), "2026-03-02"),
        (datetime.datetime.fromisoformat("2026-03-02T13:45"), "2026-03-02 13:45:00"),
        (datetime.time(13, 45), "13:45:00"),
        (datetime.timedelta(hours=30), "1 day, 6:00:00"),
        ("=HYPERLINK", ""),
        ("0701740605", "0701740605"),
        (" Åsa\nÖberg ", " Åsa\nÖberg "),
    ],
)
def test_cell_becomes_the_text_that_was_typed(value: object, text: str) -> None:
    assert _table(workbook([["Namn", value, "slut"]])).rows[0].cells == ("Namn", text, "slut")


def test_row_numbers_are_those_of_the_sheet() -> None:
    table = _table(workbook([[], [], [None, "Namn"], [], [None, "Anna"]]))
    assert table.rows == [Row(1, ()), Row(2, ()), Row(3, ("", "Namn")), Row(4, ()), Row(5, ("", "Anna"))]


def test_formula_gives_its_kept_value() -> None:
    data = with_sheet(workbook([["Namn", '="A"&"nna"']]), rb"<v ?/?>(</v>)?</c>", b"<v>42</v></c>")
    assert _table(data).rows == [Row(1, ("Namn", "42"))]


def test_formula_without_value_is_empty_and_named() -> None:
    assert _table(workbook([["Namn", "=1+1"]])).rows == [Row(1, ("Namn",), ((1, "formula_without_value"),))]


def test_formula_whose_result_is_no_text_at_all_is_not_named() -> None:
    data = with_sheet(workbook([["Namn", '=""']]), rb'<c r="B1">', b'<c r="B1" t="str">')
    assert _table(data).rows == [Row(1, ("Namn",))]


def test_cell_in_error_is_named() -> None:
    assert _table(workbook([["Namn", "#REF!", "Ort"]])).rows == [
        Row(1, ("Namn", "", "Ort"), ((1, "cell_error"),))
    ]


def test_row_with_nothing_but_an_error_after_the_last_is_kept() -> None:
    rows = _table(workbook([["Namn"], ["#N/A"]])).rows
    assert rows == [Row(1, ("Namn",)), Row(2, (), ((0, "cell_error"),))]


def test_first_sheet_with_rows_is_read_and_the_others_named() -> None:
    table = _table(workbook([], [["Namn"]], [], [["Vara"]]))
    assert (table.sheet, table.other_sheets, table.rows) == ("Blad 2", ("Blad 4",), [Row(1, ("Namn",))])


def test_prefixed_xml_is_bounded_too() -> None:
    data = workbook([["Namn", "Ort"]])
    prefixed = with_sheet(data, rb"<(/?)(worksheet|sheetData|row|c|is|t|v)(?=[ >/])", rb"<\1x:\2")
    prefixed = with_sheet(prefixed, rb"xmlns=", b"xmlns:x=")
    assert _table(prefixed).rows == [Row(1, ("Namn", "Ort"))]


def test_macros_in_the_file_are_neither_run_nor_a_problem() -> None:
    rows = [["Namn", "Ort"], ["Anna", "Lund"]]
    main = b"application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"
    enabled = b"application/vnd.ms-excel.sheet.macroEnabled.main+xml"
    out = io.BytesIO(with_part(workbook(rows), "[Content_Types].xml", lambda xml: xml.replace(main, enabled)))
    with zipfile.ZipFile(out, "a") as parts:
        assert enabled in parts.read("[Content_Types].xml")
        parts.writestr("xl/vbaProject.bin", b"Sub AutoOpen()" * 400)
    assert _table(out.getvalue()).rows == _table(workbook(rows)).rows
