import io

import pytest

from tryggve.domains.customers.engine.files.tables import read_table
from tryggve.domains.customers.engine.table import Table


def _table(text: str, encoding: str = "utf-8") -> Table:
    return read_table(io.BytesIO(text.encode(encoding)))


def _cells(table: Table) -> list[tuple[str, ...]]:
    return [row.cells for row in table.rows]


@pytest.mark.parametrize(
    ("encoding", "recognised"),
    [
        ("utf-8", "utf-8"),
        ("utf-8-sig", "utf-8"),
        ("utf-16", "utf-16-le"),
        ("utf-16-le", "utf-16-le"),
        ("utf-16-be", "utf-16-be"),
        ("cp1252", "windows-1252"),
    ],
)
def test_encoding_is_recognised(encoding: str, recognised: str) -> None:
    table = _table("Namn;Ort\nÅsa Öberg;Skövde\n", encoding)
    assert (table.encoding, _cells(table)) == (recognised, [("Namn", "Ort"), ("Åsa Öberg", "Skövde")])


def test_byte_that_windows_1252_lacks_is_read_as_latin() -> None:
    table = read_table(io.BytesIO("Namn;Ort\nÅsa".encode("cp1252") + b"\x81;Lund\n"))
    assert (table.encoding, table.rows[1].cells) == ("iso-8859-1", ("Åsa\x81", "Lund"))


def test_last_letter_in_one_byte_is_no_cut_utf8() -> None:
    assert _table("Namn;Ort\nBo;Umeå", "cp1252").rows[1].cells == ("Bo", "Umeå")


def test_one_broken_letter_leaves_the_others_readable() -> None:
    data = b"Namn;Ort\n" + "Åsa;Skövde\n".encode() * 20 + b"Br\xf6d;Lund\n"
    rows = read_table(io.BytesIO(data)).rows
    assert (rows[1].cells, rows[21].cells) == (("Åsa", "Skövde"), ("Br\ufffdd", "Lund"))


@pytest.mark.parametrize(
    ("text", "delimiter"),
    [
        ("Namn;Adress;Ort\nAnna;Storgatan 1, 2 tr;Lund\nBo;Ängen 2, port B;Kivik\n", ";"),
        ("Namn,Adress\nAnna,Storgatan 1\nBo,Ängen; norr\n", ","),
        ("Namn\tE-post, privat\nAnna\ta@example.se\n", "\t"),
        ('Namn\tAnteckning\nAnna\t"ett\ttvå\ttre\tfyra"\nBo\t"en ""rad""\ntill"\n', "\t"),
        ("Namn|Ort\nAnna|Lund\n", "|"),
        ('Namn;"Anteckning, lång, med, komman"\nAnna;"ett, två, tre, fyra"\n', ";"),
        ("Kunder, våren, 2026\n\nNamn;Ort\nAnna;Lund\n", ";"),
        ("Namn;E-post;Telefon;Ort\nSvensson, Anna\nEk, Bo\nAlm, Cilla;c@example.se\n", ";"),
        ("E-post\nanna@example.se\n", ","),
    ],
)
def test_delimiter_is_recognised(text: str, delimiter: str) -> None:
    assert _table(text).delimiter == delimiter


def test_declared_delimiter_wins_and_its_line_is_counted() -> None:
    table = _table("sep=#\r\nNamn#Ort;Land\r\nAnna#Lund;Sverige\r\n")
    assert [(row.line, row.cells) for row in table.rows] == [
        (2, ("Namn", "Ort;Land")),
        (3, ("Anna", "Lund;Sverige")),
    ]


@pytest.mark.parametrize("newline", ["\n", "\r\n", "\r"])
def test_line_is_where_the_row_begins(newline: str) -> None:
    text = 'Namn;Not\nAnna;"a\nb"\n\nBo;"c ""d"" e"\nCilla;x'
    table = _table(text.replace("\n", newline))
    assert [(row.line, row.cells) for row in table.rows] == [
        (1, ("Namn", "Not")),
        (2, ("Anna", f"a{newline}b")),
        (4, ()),
        (5, ("Bo", 'c "d" e')),
        (6, ("Cilla", "x")),
    ]


def test_old_end_of_file_mark_is_no_row() -> None:
    assert len(_table("Namn;Ort\nAnna;Lund\n\x1a").rows) == 2


def test_odd_separators_of_lines_inside_cells_do_not_split_rows() -> None:
    assert _cells(_table("Namn;Ort\nAn\x0bna;Lu\u2028nd\x85\n")) == [
        ("Namn", "Ort"),
        ("An\x0bna", "Lu\u2028nd\x85"),
    ]
