import csv
import io

import pytest

from tests.cast import CILLA, DAN
from tryggve.domains.customers.engine.details import Address, Details
from tryggve.domains.customers.engine.export import csv_file
from tryggve.domains.customers.engine.export.columns import Columns, Widths, note_pieces
from tryggve.domains.customers.engine.export.guarding import guarded
from tryggve.domains.customers.engine.values.cleaning import unguarded
from tryggve.domains.customers.tests.engine.export.written import WORDS, file_of, records, rows


def _read(content: bytes) -> list[list[str]]:
    return list(csv.reader(io.StringIO(content.decode("utf-8-sig"), newline=""), delimiter=";"))


def test_file_says_its_encoding_and_every_customer_has_a_row_of_the_same_width() -> None:
    content = file_of([CILLA, DAN], format="csv")
    headings, cilla, dan = _read(content)
    assert content.startswith(b"\xef\xbb\xbf")
    assert headings == [
        "Typ", "Namn", "Företag", "Befattning", "E-post", "Telefon", "Gata", "Postnummer", "Ort", "Land",
        "Läge", "Etiketter", "Anteckning", "Källa", "UID",
    ]  # fmt: skip
    assert cilla == [
        "Person", "Cilla Åkerström", "", "", "cilla@example.se", "070-174 06 05", "Storgatan 1", "111 22",
        "Stockholm", "", "", "vip", "Likes to be called in the morning.", "autumn fair",
        "urn:uuid:00000000-0000-0000-0000-000000000001",
    ]  # fmt: skip
    assert dan[1:6] == ["Dan Sørensen", "Tømrerfirma ApS", "", "dan@example.dk", "+45 20 12 34 56"]


def test_several_of_a_kind_stand_in_numbered_columns() -> None:
    both = Details(
        name="Eva",
        emails=("a@x.se", "b@x.se"),
        phones=("1", "2", "3"),
        addresses=(Address("A 1"), Address("B 2", "222 22", "Lund", "Sverige")),
        custom=(("shoe", "38"),),
    )
    headings, row, _other = _read(file_of([both, CILLA], format="csv"))
    told = dict(zip(headings, row, strict=True))
    assert [told[name] for name in ("E-post", "E-post 2", "Telefon 3", "Gata", "Gata 2", "Land 2", "Skostorlek")] == [
        "a@x.se", "b@x.se", "3", "A 1", "B 2", "Sverige", "38",
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("cell", "written"),
    [
        ("=1+1", "'=1+1"),
        ("@SUM(A1)", "'@SUM(A1)"),
        ("-2+3", "'-2+3"),
        ("+cmd|' /C calc'!A0", "'+cmd|' /C calc'!A0"),
        ("\t=1", "'\t=1"),
        ("\r=1", "'\r=1"),
        ("\n=1", "'\n=1"),
        ("＝1", "'＝1"),
        ("+46 (0)70-174 06 05", "+46 (0)70-174 06 05"),
        ("+46 70+1", "'+46 70+1"),
        ("070-174", "070-174"),
        ("'=1", "''=1"),
        ("", ""),
    ],
)
def test_formulas_are_guarded_and_whole_telephone_numbers_are_not(cell: str, written: str) -> None:
    assert (guarded(cell), unguarded(written)) == (written, cell)


def test_what_was_added_after_the_columns_were_counted_is_not_lost() -> None:
    grown = Details(
        name="Eva",
        emails=("a@x.se", "b@x.se"),
        addresses=(Address("A 1", "111 11", "Lund"), Address("B 2", "222 22", "Ystad")),
        note="x" * 40_000,
    )
    columns = Columns(Widths(), WORDS)
    row = dict(zip(columns.headings(), columns.cells(records([grown])[0]), strict=True))
    assert (row["E-post"], row["Gata"]) == ("a@x.se, b@x.se", "A 1, B 2, 222 22 Ystad")
    assert row["Anteckning"].replace("\n", "") == grown.note


def test_long_notes_are_cut_between_paragraphs_into_cells_that_a_spreadsheet_holds() -> None:
    note = "\n\n".join(["y" * 9_000] * 4)
    assert [len(piece) for piece in note_pieces(note)] == [9_000] * 4
    assert "\n\n".join(note_pieces(note)) == note
    assert [len(piece) for piece in note_pieces("z" * 33_000)] == [16_000, 16_000, 1_000]
    assert rows([Details(name="Eva", note=note)])[0].count("Anteckning 4") == 1


def test_pieces_are_small_however_many_rows_there_are() -> None:
    pieces = list(csv_file.pieces(([str(number), "x" * 1_000] for number in range(500)), delimiter=";"))
    assert len(pieces) > 5
    assert max(map(len, pieces)) < 70_000
