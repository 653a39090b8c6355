import csv
import io
import zipfile

import pytest

from tryggve.domains.customers.engine.files.tables import read_table
from tryggve.domains.customers.engine.table import Limits, UnreadableFile
from tryggve.domains.customers.tests.engine.workbooks import with_part, with_sheet, workbook
from tryggve.domains.customers.tests.files.make_files import content_of

_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(504)
_SPREADSHEET = content_of("spreadsheet.xlsx")
_LIST = "Namn;E-post\nÅsa;asa@example.se\n"


def _zip(**parts: bytes) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new:
        for name, data in parts.items():
            new.writestr(name.replace("__", "/").replace("_xml", ".xml").replace("_bin", ".bin"), data)
    return out.getvalue()


def _refusal(data: bytes, limits: Limits | None = None) -> UnreadableFile:
    with pytest.raises(UnreadableFile) as refused:
        read_table(io.BytesIO(data), limits or Limits())
    return refused.value


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (b"", "empty"),
        (b" \r\n\t\n", "empty"),
        (b"\xef\xbb\xbf", "no_table"),
        (b",,,\n,,\n", "no_table"),
        (b"%PDF-1.7\n...", "binary"),
        (b"\x89PNG\r\n\x1a\n" + bytes(100), "binary"),
        (bytes(range(256)) * 8, "binary"),
        (_LIST.encode().replace(b"sa@", b"s\0@"), "null_bytes"),
        (_OLE, "damaged"),
        (_OLE[:100], "truncated"),
        (_SPREADSHEET[:5000], "truncated"),
        (_SPREADSHEET[: len(_SPREADSHEET) - 40], "truncated"),
        (_zip(word__document_xml=b"<w/>"), "no_table"),
        (_zip(content_xml=b"<office/>"), "damaged"),
        (_zip(mimetype=b"application/epub+zip", content_xml=b"<office/>"), "no_table"),
        (_zip(xl__workbook_bin=b""), "xlsb_not_yet"),
        (_zip(xl__workbook_xml=b"<workbook/>"), "damaged"),
        (workbook([], []), "no_table"),
        (b"\r\nBEGIN:VCARD\r\nVERSION:3.0\r\nFN:Anna\r\n", "truncated"),
        (_LIST.encode("utf-16")[:-1], "truncated"),
        ((_LIST + "Bo;å").encode()[:-1], "truncated"),
    ],
)
def test_unreadable_file_is_refused_with_its_reason(data: bytes, code: str) -> None:
    assert _refusal(data).code == code


def test_unclosed_quote_names_the_line_it_began_on() -> None:
    refused = _refusal(b'Namn;Anteckning\nAnna;"flera\nrader"\nBo;"aldrig\nstangt\n')
    assert (refused.code, refused.line) == ("truncated", 4)


def test_null_byte_names_its_line() -> None:
    assert _refusal(b"Namn;Ort\nAnna;Lund\nBo;L\0nd\n").line == 3


def test_large_file_is_refused_before_it_is_parsed() -> None:
    assert _refusal(_LIST.encode(), Limits(bytes=10)).code == "too_large"


def test_file_of_exactly_the_limit_is_read() -> None:
    data = _LIST.encode()
    assert len(read_table(io.BytesIO(data), Limits(bytes=len(data))).rows) == 2


@pytest.mark.parametrize("data", [b"a,b\n" * 6, workbook([["a", "b"]] * 6)])
def test_more_rows_than_allowed_are_refused(data: bytes) -> None:
    assert len(read_table(io.BytesIO(data), Limits(rows=6)).rows) == 6
    assert _refusal(data, Limits(rows=5)).code == "too_many_rows"


@pytest.mark.parametrize("data", [(";".join(["x"] * 10_000) + "\n").encode(), workbook([["x"] * 10_000])])
def test_ten_thousand_columns_are_refused(data: bytes) -> None:
    assert _refusal(data).code == "too_many_columns"


def test_ten_thousand_empty_columns_are_left_out() -> None:
    data = "".join(line + ";" * 10_000 + "\n" for line in ("Namn;Ort", "Anna;Lund")).encode()
    assert [row.cells for row in read_table(io.BytesIO(data)).rows] == [("Namn", "Ort"), ("Anna", "Lund")]


@pytest.mark.parametrize("data", [b"a,b\n" * 6, workbook([["a", "b"]] * 6)])
def test_more_cells_than_allowed_are_refused(data: bytes) -> None:
    assert len(read_table(io.BytesIO(data), Limits(cells=12)).rows) == 6
    assert _refusal(data, Limits(cells=11)).code == "too_large"


def test_usual_limits_take_a_hundred_thousand_customers_of_twenty_columns_and_little_more() -> None:
    assert Limits().rows >= 100_001
    assert 100_001 * 20 <= Limits().cells <= 2_200_000
    assert Limits().unpacked_bytes <= 200 * 1024 * 1024


def test_zip_bomb_is_refused_by_what_it_declares() -> None:
    bomb = _zip(xl__workbook_xml=b"<workbook/>", xl__sharedStrings_xml=bytes(3_000_000))
    assert len(bomb) < 10_000
    assert _refusal(bomb, Limits(unpacked_bytes=1_000_000)).code == "zip_bomb"


def test_zip_with_too_many_parts_is_refused() -> None:
    many = _zip(xl__workbook_xml=b"<workbook/>", **{f"part{number}": b"" for number in range(30)})
    assert _refusal(many, Limits(parts=20)).code == "zip_bomb"


def test_part_larger_than_it_declares_is_refused() -> None:
    data = workbook([["Namn"], ["Anna"]])
    info = zipfile.ZipFile(io.BytesIO(data)).getinfo("xl/theme/theme1.xml")
    assert (
        _refusal(data.replace(info.file_size.to_bytes(4, "little"), (99).to_bytes(4, "little"))).code
        == "damaged"
    )


def test_encrypted_zip_is_refused() -> None:
    data = workbook([["Namn"]])
    flagged = data.replace(b"PK\x01\x02\x14\x03\x14\x00\x00\x00", b"PK\x01\x02\x14\x03\x14\x00\x01\x00")
    assert flagged != data
    assert _refusal(flagged).code == "password_protected"


@pytest.mark.parametrize("far", [b"XFD1048576", b"XFD9000"])
def test_cells_too_far_apart_are_refused_before_the_sheet_is_laid_out(far: bytes) -> None:
    data = with_sheet(workbook([["Namn", "Ort"], ["Anna", "Lund"]]), rb'r="B2"', b'r="' + far + b'"')
    assert _refusal(data).code in ("too_many_rows", "too_large")


def test_far_cell_without_content_does_not_count() -> None:
    data = with_sheet(
        workbook([["Namn"], ["Anna"]]), rb"</row></sheetData>", rb'<c r="XFD2" s="0"/></row></sheetData>'
    )
    assert [row.cells for row in read_table(io.BytesIO(data)).rows] == [("Namn",), ("Anna",)]


def test_cells_that_do_not_say_their_places_are_counted() -> None:
    data = with_sheet(workbook([["Namn", "Ort"], ["Anna", "Lund"]]), rb'<c r="[A-Z]+\d+"', b"<c")
    assert [row.cells for row in read_table(io.BytesIO(data)).rows] == [("Namn", "Ort"), ("Anna", "Lund")]
    assert _refusal(with_sheet(data, rb'<row r="2"', b'<row r="1000000"')).code == "too_many_rows"


def test_file_is_recognised_by_its_content_after_an_odd_start() -> None:
    data = with_part(_SPREADSHEET, "xl/styles.xml", lambda part: part + b"\n")
    assert read_table(io.BytesIO(data)).kind == "xlsx"


def test_long_cell_is_read_and_the_process_wide_limit_put_back() -> None:
    usual = csv.field_size_limit(1_000)
    table = read_table(io.BytesIO(b"Namn;Anteckning\nAnna;" + b"x" * 200_000 + b"\n"))
    assert (len(table.rows[1].cells[1]), csv.field_size_limit(usual)) == (200_000, 1_000)
