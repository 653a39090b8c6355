import hashlib
import io
import tracemalloc
import zipfile

import openpyxl

from tests.cast import CILLA, DAN
from tryggve.domains.customers.engine.details import Details
from tryggve.domains.customers.engine.export import xlsx_file
from tryggve.domains.customers.engine.files import tables
from tryggve.domains.customers.tests.engine.export.written import file_of, rows


def _cells(content: bytes) -> list[list[str]]:
    sheet = openpyxl.load_workbook(io.BytesIO(content)).worksheets[0]
    return [[cell.value or "" for cell in row] for row in sheet.iter_rows()]


def test_another_library_reads_the_same_texts() -> None:
    assert _cells(file_of([CILLA, DAN], format="xlsx")) == rows([CILLA, DAN])


def test_every_cell_is_text_and_what_may_be_a_formula_is_marked_as_text() -> None:
    odd = Details(name="=1+1", phones=("0701740605", "+46701740605"), note="@x")
    sheet = openpyxl.load_workbook(io.BytesIO(file_of([odd], format="xlsx"))).worksheets[0]
    told = {
        cell.value: (cell.data_type, cell.number_format, cell.quotePrefix) for cell in sheet[2] if cell.value
    }
    assert told["=1+1"] == ("s", "@", True)
    assert told["@x"] == ("s", "@", True)
    assert told["070-174 06 05"] == told["+46 70 174 06 05"] == ("s", "@", False)


def test_letters_that_xml_lacks_are_written_as_spreadsheets_write_them() -> None:
    cells = ["a\x07b", "_x0041_", "<&>\"'", " x\n y "]
    content = b"".join(xlsx_file.pieces([cells], title="T"))
    [row] = tables.read_table(io.BytesIO(content)).rows
    assert row.cells == tuple(cells)


def test_title_of_the_sheet_is_short_enough_and_headings_stay_in_sight() -> None:
    book = openpyxl.load_workbook(io.BytesIO(b"".join(xlsx_file.pieces([["A"]], title="K&" * 40))))
    assert (book.sheetnames, book.worksheets[0].freeze_panes) == (["K&" * 15 + "K"], "A2")


def test_columns_beyond_z_have_two_letters() -> None:
    cells = [str(number) for number in range(60)]
    assert _cells(b"".join(xlsx_file.pieces([cells], title="T"))) == [cells]


def test_memory_does_not_grow_with_the_rows() -> None:
    def most(count: int) -> int:
        tracemalloc.start()
        rows = (
            [hashlib.sha256(f"{row} {cell}".encode()).hexdigest() for cell in range(15)]
            for row in range(count)
        )
        for _piece in xlsx_file.pieces(rows, title="T"):
            pass
        peak = tracemalloc.get_traced_memory()[1]
        tracemalloc.stop()
        return peak

    most(10)
    assert most(2_000) < most(400) + 200_000


def test_package_is_whole() -> None:
    package = zipfile.ZipFile(io.BytesIO(file_of([CILLA], format="xlsx")))
    assert package.testzip() is None
    assert package.namelist()[0] == "[Content_Types].xml"
