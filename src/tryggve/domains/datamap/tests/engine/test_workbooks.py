import datetime
import io
import re
import zipfile
from collections.abc import Iterable

import openpyxl
import pytest
from openpyxl.comments import Comment

from tryggve.domains.datamap.engine.findings import NotScanned
from tryggve.domains.datamap.engine.reading import large_workbooks
from tryggve.domains.datamap.engine.reading.office_parts import OfficeParts
from tryggve.domains.datamap.engine.reading.parts import HeldBytes, Limits, Part
from tryggve.domains.datamap.tests.engine.ole_files import ole_file, xls_file
from tryggve.domains.datamap.tests.engine.reading_files import (
    LIMITS,
    everything,
    packed,
    parts,
    read_and_not,
    reasons,
    text,
    where,
)

ODS = "application/vnd.oasis.opendocument.spreadsheet"


def xlsx(workbook: openpyxl.Workbook) -> bytes:
    file = io.BytesIO()
    workbook.save(file)
    return file.getvalue()


def with_cells(cells: dict[str, object]) -> openpyxl.Workbook:
    workbook = openpyxl.Workbook()
    for place, value in cells.items():
        workbook.active[place] = value
    workbook.active.title = "Kunder"
    return workbook


def ods(rows: str) -> bytes:
    spaces = " ".join(
        f'xmlns:{prefix}="urn:oasis:names:tc:opendocument:xmlns:{prefix}:1.0"'
        for prefix in ("office", "table", "text")
    )
    content = (
        f'<?xml version="1.0"?><office:document-content {spaces}><office:body><office:spreadsheet>'
        f'<table:table table:name="Kunder">{rows}</table:table>'
        "</office:spreadsheet></office:body></office:document-content>"
    )
    return packed({"mimetype": ODS, "content.xml": content})


def cell(value: str, times: int = 1) -> str:
    repeated = f' table:number-columns-repeated="{times}"' if times > 1 else ""
    paragraph = f"<text:p>{value}</text:p>" if value else ""
    return f"<table:table-cell{repeated}>{paragraph}</table:table-cell>"


def row(*cells: str, times: int = 1) -> str:
    repeated = f' table:number-rows-repeated="{times}"' if times > 1 else ""
    return f"<table:table-row{repeated}>{''.join(cells)}</table:table-row>"


MANY = {
    "C4": "Namn",
    "D4": "Personnummer",
    "C5": "Åsa Öberg",
    "D5": 199001019802,
    "E5": datetime.date(1990, 1, 1),
    "F5": datetime.datetime(1990, 1, 1, 13, 30),  # noqa: DTZ001
    "G5": 0.5,
    "H5": True,
    "I5": 101010017,
    "C9": "Bo",
}


@pytest.mark.parametrize(
    ("value", "place"),
    [
        ("Personnummer", "D4"),
        ("Åsa Öberg", "C5"),
        ("199001019802", "D5"),
        ("1990-01-01\t", "E5"),
        ("1990-01-01 13:30:00", "F5"),
        ("0.5", "G5"),
        ("101010017", "I5"),
        ("Bo", "C9"),
    ],
)
def test_each_value_is_in_its_cell(value: str, place: str) -> None:
    assert where(xlsx(with_cells(MANY)), "kunder.xlsx", value) == {"sheet": "Kunder", "cell": place}


def test_a_row_is_a_line_and_cells_are_parted_by_tabs() -> None:
    part = parts(
        xlsx(with_cells({"A1": "Namn", "B1": "Telefon", "A2": "Anna", "B2": "070-1234567"})), "a.xlsx"
    )[0]
    assert part.content == b"Namn\tTelefon\nAnna\t070-1234567"
    assert part.is_table


def test_line_ends_and_tabs_in_a_cell_begin_no_other() -> None:
    content = xlsx(
        with_cells({"A1": "Gatan 1\n123 45 Lund\r\nSE", "B1": "a\tb", "C1": "x\u2028y", "A2": "Slut"})
    )
    assert parts(content, "a.xlsx")[0].content == b"Gatan 1 123 45 Lund  SE\ta b\tx y\nSlut\t\t"
    assert where(content, "a.xlsx", "Slut") == {"sheet": "Kunder", "cell": "A2"}
    assert where(content, "a.xlsx", "x y") == {"sheet": "Kunder", "cell": "C1"}


def test_deceptive_letters_in_a_cell_are_resolved() -> None:
    content = xlsx(with_cells({"A1": "199\u00ad00101\u20119802", "B1": "070\u00a0123"}))
    assert where(content, "a.xlsx", "19900101-9802") == {"sheet": "Kunder", "cell": "A1"}
    assert where(content, "a.xlsx", "070 123") == {"sheet": "Kunder", "cell": "B1"}


def test_hidden_sheets_are_read() -> None:
    workbook = with_cells({"A1": "Anna"})
    workbook.create_sheet("Dold")["B2"] = "Bo"
    workbook["Dold"].sheet_state = "veryHidden"
    assert where(xlsx(workbook), "a.xlsx", "Bo") == {"sheet": "Dold", "cell": "B2"}


def test_comments_properties_and_pivot_caches_are_read() -> None:
    workbook = with_cells({"A1": "Anna"})
    workbook.active["A1"].comment = Comment("ring 070-1234567", "Karin Ek")
    workbook.properties.creator = "Cilla Berg"
    content = with_part(
        xlsx(workbook), "xl/pivotCache/pivotCacheRecords1.xml", '<r><s v="dan@exempel.se"/></r>'
    )
    found = text(content, "a.xlsx")
    assert all(value in found for value in ("070-1234567", "Karin Ek", "Cilla Berg", "dan@exempel.se"))


def with_part(content: bytes, name: str, part: str | bytes) -> bytes:
    file = io.BytesIO(content)
    with zipfile.ZipFile(file, "a") as archive:
        archive.writestr(name, part)
    return file.getvalue()


def test_later_parts_of_a_sheet_bring_its_headings() -> None:
    workbook = openpyxl.Workbook(write_only=True)
    sheet = workbook.create_sheet("Kunder")
    sheet.append(["Namn", "Telefon"])
    for number in range(6000):
        sheet.append([f"Kund {number}", number])
    content = xlsx(workbook)
    first, second, *_others = parts(content, "a.xlsx")
    assert (first.heading, second.heading) == (b"", b"Namn\tTelefon")
    assert where(content, "a.xlsx", "Kund 5999") == {"sheet": "Kunder", "cell": "A6001"}


def values(found: Iterable[Part | object]) -> dict[str, str]:
    """Of each cell that holds anything, by its name."""
    by_cell = {}
    for part in found:
        if isinstance(part, Part) and part.is_table:
            for value in re.finditer(rb"[^\t\n]+", part.content):
                by_cell[str(part.place.where(*value.span())["cell"])] = value[0].decode()
    return by_cell


@pytest.mark.parametrize(
    "cells", [MANY, {"A1": "x"}, {"A1": "Åsa & <Bo>", "B7": -3.25, "AA9": 1e15, "A10": 12345678901}]
)
def test_large_workbooks_are_read_as_others_are(cells: dict[str, object]) -> None:
    content = xlsx(with_cells(cells))
    with OfficeParts(HeldBytes(content), LIMITS) as packed_parts:
        found = values(large_workbooks.read(packed_parts))
    assert found == values(parts(content, "a.xlsx"))
    assert set(found) == set(cells)


def test_a_cell_far_from_all_others_is_found_and_takes_no_room() -> None:
    content = xlsx(with_cells({"A1": "Anna", "XFD1048576": "070-1234567", "B2": "Bo"}))
    assert where(content, "a.xlsx", "070-1234567") == {"sheet": "Kunder", "cell": "XFD1048576"}
    assert sum(len(part.content) for part in parts(content, "a.xlsx")) < 50_000


def test_old_workbooks_are_read() -> None:
    content = xls_file([["Namn", "Personnummer"], ["Åsa Öberg", 199001019802.0]])
    assert where(content, "kunder.xls", "Åsa Öberg") == {"sheet": "Kunder", "cell": "A2"}
    assert where(content, "kunder.xls", "199001019802") == {"sheet": "Kunder", "cell": "B2"}


def test_open_document_cells_are_read_in_full() -> None:
    number = '<table:table-cell office:value="199001019802"><text:p>1,99E+11</text:p></table:table-cell>'
    date = (
        '<table:table-cell office:date-value="1990-01-01T00:00:00"><text:p>1 jan</text:p></table:table-cell>'
    )
    content = ods(
        row(cell("Namn"), cell("", 3), cell("Pnr")) + row(cell(""), times=3) + row(cell("Åsa"), number, date)
    )
    assert where(content, "a.ods", "Pnr") == {"sheet": "Kunder", "cell": "E1"}
    assert where(content, "a.ods", "199001019802") == {"sheet": "Kunder", "cell": "B5"}
    assert where(content, "a.ods", "1990-01-01") == {"sheet": "Kunder", "cell": "C5"}


def test_notes_in_open_document_cells_are_read() -> None:
    note = "<office:annotation><text:p>Ring Bo</text:p></office:annotation>"
    content = ods(row(f"<table:table-cell>{note}<text:p>Anna</text:p></table:table-cell>"))
    assert where(content, "a.ods", "Anna") == {"sheet": "Kunder", "cell": "A1"}
    assert "Ring Bo" in text(content, "a.ods")


def test_cells_and_rows_that_stand_for_millions_take_no_room() -> None:
    content = ods(
        row(cell("x", 16_384), times=1_048_000)
        + row(cell("", 16_384), times=500)
        + row(cell("", 100), cell("Slut"))
    )
    found = parts(content, "a.ods")
    assert sum(len(part.content) for part in found) < 50_000
    assert where(content, "a.ods", "Slut") == {"sheet": "Kunder", "cell": "CW1048501"}


def test_what_is_repeated_a_few_times_is_found_each_time() -> None:
    content = ods(row(cell("070-1234567", 2), times=3))
    assert text(content, "a.ods").count("070-1234567") == 6


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (ole_file({"EncryptedPackage": b"x" * 5000, "EncryptionInfo": b"y"}), "encrypted"),
        (xls_file([["Anna"]], is_encrypted=True), "encrypted"),
        (packed({"mimetype": ODS, "META-INF/manifest.xml": "<a><encryption-data/></a>"}), "encrypted"),
        (packed({"mimetype": ODS, "encrypted-package": "x"}), "encrypted"),
        (packed({"mimetype": ODS, "content.xml": "<a><b></a>"}), "damaged"),
        (packed({"mimetype": ODS}), "damaged"),
        (packed({"[Content_Types].xml": "", "xl/workbook.xml": "<workbook"}), "damaged"),
        (xlsx(with_cells(MANY))[:-200], "damaged"),
        (xls_file([["Anna"]])[:3000], "damaged"),
    ],
)
def test_what_cannot_be_read_is_said(content: bytes, reason: str) -> None:
    assert reason in reasons(content, "a.xlsx")


def test_entities_that_grow_are_refused() -> None:
    bomb = '<!DOCTYPE x [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;">]><x>&b;</x>'
    assert reasons(packed({"mimetype": ODS, "content.xml": bomb}), "a.ods") == ["damaged"]


def test_a_sheet_that_unpacks_to_far_more_than_its_size_is_refused() -> None:
    relation = '<Relationship Id="r1" Target="worksheets/sheet1.xml"/>'
    sheet = b"<worksheet><sheetData>" + b" " * (33 << 20) + b"</sheetData></worksheet>"
    content = packed(
        {
            "[Content_Types].xml": "<Types/>",
            "xl/workbook.xml": '<workbook><sheets><sheet name="A" r:id="r1"/></sheets></workbook>',
            "xl/_rels/workbook.xml.rels": f"<Relationships>{relation}</Relationships>",
            "xl/worksheets/sheet1.xml": sheet,
        }
    )
    assert reasons(content, "a.xlsx") == ["too-large"]


def test_a_binary_workbook_too_large_for_memory_is_said() -> None:
    content = packed(
        {"[Content_Types].xml": "", "xl/workbook.bin": b"x", "xl/worksheets/sheet1.bin": bytes(33 << 20)}
    )
    assert reasons(content, "a.xlsb") == ["too-large"]


def test_comments_are_read_though_the_sheets_are_damaged() -> None:
    workbook = with_cells({"A1": "Anna"})
    workbook.active["A1"].comment = Comment("ring 070-1234567", "Karin Ek")
    found, not_read = read_and_not(without_end(xlsx(workbook), "xl/worksheets/sheet1.xml"), "a.xlsx")
    assert any(b"070-1234567" in part.content for part in found)
    assert not_read == [NotScanned((), "damaged")]


def without_end(content: bytes, name: str) -> bytes:
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        files = {part: archive.read(part) for part in archive.namelist()}
    return packed({**files, name: files[name][:-60]})


def test_a_workbook_of_too_many_parts_is_refused() -> None:
    content = xlsx(with_cells(MANY))
    assert reasons(content, "a.xlsx", Limits(parts=3)) == ["too-large"]


@pytest.mark.parametrize("cut", range(0, 100, 7))
def test_a_workbook_cut_anywhere_is_never_read_as_nothing(cut: int) -> None:
    whole = xlsx(with_cells(MANY))
    assert everything(whole[: 1 + len(whole) * cut // 100], "a.xlsx")
