import csv
import io
import re

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tryggve.domains.datamap.engine.kinds import Kind
from tryggve.domains.datamap.engine.said import Says
from tryggve.domains.datamap.engine.words.headings import heading_of
from tryggve.domains.datamap.engine.words.said_in_text import said_in


def says(text: str, kind: Kind, value: str, *, is_table: bool = True, heading: str = "") -> list[Says]:
    content, sought = text.encode(), value.encode()
    start = np.array([match.start() for match in re.finditer(re.escape(sought), content)], np.int64)
    assert len(start)
    said = said_in(content, is_table=is_table, heading=heading.encode())
    return [Says(one) for one in said.of(kind, start, start + len(sought)).tolist()]


@pytest.mark.parametrize("delimiter", ["\t", ";", "|", ","])
def test_a_heading_names_the_values_below_it(delimiter: str) -> None:
    rows = [
        ["Namn", "Pers.nr", "Tlf.nr"],
        ["Anna", "8505051234", "701234567"],
        ["Bo", "8505051235", "701234568"],
    ]
    text = "\n".join(delimiter.join(row) for row in rows)
    assert says(text, Kind.SE_PERSONNUMMER, "850505123") == [Says.THIS] * 2
    assert says(text, Kind.SE_PERSONNUMMER, "70123456") == [Says.OTHER] * 2
    assert says(text, Kind.PHONE, "70123456") == [Says.THIS] * 2
    assert says(text, Kind.PERSON, "Bo") == [Says.THIS]


def test_one_table_may_stand_right_under_another_among_sentences() -> None:
    text = "Se nedan.\nNamn\tTlf.nr\nAnna\t701234567\nIP\tPers.nr\n10.1.2.3\t8505051234\n"
    assert says(text, Kind.SE_PERSONNUMMER, "850505123", is_table=False) == [Says.THIS]
    assert says(text, Kind.PHONE, "850505123", is_table=False) == [Says.OTHER]
    assert says(text, Kind.PHONE, "70123456", is_table=False) == [Says.THIS]


def test_rows_without_headings_stand_as_they_are_among_sentences() -> None:
    text = "Anna\tvill ha\nBo\t701234567\n"
    assert says(text, Kind.PHONE, "701234567", is_table=False) == [Says.NOTHING]


@pytest.mark.parametrize(
    ("heading", "kind"),
    [
        ("Personnummer", Kind.SE_PERSONNUMMER),
        ("Pers.nr", Kind.SE_PERSONNUMMER),
        ("Kundens personnummer", Kind.SE_PERSONNUMMER),
        ("Personnr (ÅÅÅÅMMDD-XXXX)", Kind.SE_PERSONNUMMER),
        ("CPR-nr.", Kind.DK_CPR),
        ("Fødselsnr", Kind.NO_FNR),
        ("Tlf.nr", Kind.PHONE),
        ("customer_phone", Kind.PHONE),
        ("contactPhone", Kind.PHONE),
        ("Phone number:", Kind.PHONE),
        ("Mobil 1", Kind.PHONE),
        ("E-post", Kind.EMAIL),
        ("Order e-mail", Kind.EMAIL),
        ("Namn", Kind.PERSON),
        ("Etunimi", Kind.PERSON),
        ("Gatuadress", Kind.ADDRESS),
        ("Födelsedatum", Kind.DATE_OF_BIRTH),
        ("OCR-nummer", Kind.OCR_REFERENCE),
        ("Lösenord", Kind.SECRET),
    ],
)
def test_headings_as_people_write_them(heading: str, kind: Kind) -> None:
    assert says(f"Id;{heading}\n1;abc\n", kind, "abc") == [Says.THIS]


@pytest.mark.parametrize("heading", ["Kundnr", "Ordernummer", "EAN-kod", "Belopp", "Varenr."])
def test_a_heading_may_name_something_else(heading: str) -> None:
    assert says(f"Namn;{heading}\nAnna;5566778899\n", Kind.SE_ORGNR, "5566778899") == [Says.OTHER]


def test_a_heading_is_stronger_than_a_label_in_the_cell_beside() -> None:
    text = "Anmärkning;Org.nr\nordernr;5566778899\n"
    assert says(text, Kind.SE_ORGNR, "5566778899") == [Says.THIS]


def test_a_label_in_the_same_cell_speaks_where_the_heading_doesnt() -> None:
    text = "Namn;Notering\nAnna;tel 701234567\nTel;701234567\n"
    assert says(text, Kind.PHONE, "701234567") == [Says.THIS, Says.NOTHING]


def test_a_later_piece_of_a_table_is_told_by_the_heading_it_comes_with() -> None:
    assert says("Anna;8505051234\n", Kind.SE_PERSONNUMMER, "8505051234", heading='"Namn";"Personnr"\n') == [
        Says.THIS
    ]
    assert says("Anna;8505051234\n", Kind.SE_PERSONNUMMER, "8505051234") == [Says.NOTHING]


def test_titles_may_stand_above_a_heading() -> None:
    text = "Kundlista 2024\n\nsep=;\nNamn;Telefon\nAnna;701234567\n"
    assert says(text, Kind.PHONE, "701234567") == [Says.THIS]


def test_a_first_row_of_values_is_no_heading() -> None:
    assert heading_of(b"Anna;701234567;Telefon") is None
    assert heading_of(b"Namn;anna@example.se") is None
    assert heading_of(b"Bord;Stol;Lampa") is None


@pytest.mark.parametrize("line", ["a,b,c,701234567", "Alm, Bo,701234567"])
def test_a_row_with_another_number_of_cells_is_told_nothing(line: str) -> None:
    text = f"Namn,Telefon\n{line}\nAnna,701234567\n"
    assert says(text, Kind.PHONE, "701234567") == [Says.NOTHING, Says.THIS]


def test_cells_at_the_end_of_a_row_may_be_left_out() -> None:
    assert says("Namn\tTelefon\tOrt\nAnna\t701234567\n", Kind.PHONE, "701234567") == [Says.THIS]


def test_delimiters_and_line_breaks_in_quoted_cells_part_nothing() -> None:
    text = 'Namn,Notering,Telefon\r\n"Alm, Bo","rad\n""två"", tre",701234567\r\n"Ek, Ada",,701234567\r\n'
    assert says(text, Kind.PHONE, "701234567") == [Says.THIS] * 2


def test_a_quotation_mark_too_many_costs_no_more_than_the_rows_around() -> None:
    row, broken = 'rör 5",701234567\n', '"rör,701234567\n'
    told = says("Vara,Telefon\n" + row * 3 + broken + row * 3, Kind.PHONE, "701234567")
    assert told[:3] + told[-2:] == [Says.THIS] * 5


def test_one_column_under_a_heading_ends_at_an_empty_line() -> None:
    text = "Personnummer\n8505051234\n8505051235\n\n8505051236\n"
    assert says(text, Kind.SE_PERSONNUMMER, "850505123", is_table=False) == [
        Says.THIS,
        Says.THIS,
        Says.NOTHING,
    ]


def test_a_table_among_sentences_is_told_by_its_headings() -> None:
    text = "Hej!\n\nNamn\tTelefon\nBo\t701234567\nAda\t701234567\n\nHälsningar 701234567; eller\n"
    assert says(text, Kind.PHONE, "701234567", is_table=False) == [Says.THIS, Says.THIS, Says.NOTHING]


def test_a_line_with_one_label_and_a_semicolon_is_no_heading_among_sentences() -> None:
    text = "Vi såg; telefon\nsedan; 701234567\n"
    assert says(text, Kind.PHONE, "701234567", is_table=False) == [Says.NOTHING]


def test_cells_of_a_kind_are_listed() -> None:
    content = b"Namn;Tel\nAnna;1\nBo;2\n"
    start, end = said_in(content, is_table=True).cells_of(Kind.PERSON)
    assert [content[a:b] for a, b in zip(start.tolist(), end.tolist(), strict=True)] == [b"Anna", b"Bo"]


# A mark beside a delimiter or an end of line that is the cell's own is taken for its end: those stand inside only.
CELLS = st.builds(
    "".join,
    st.lists(
        st.sampled_from(["a", "b b", "å'", 'a""b', "a;b", "a,b", "a|b", "a\tb", "a\nb", " "]), max_size=4
    ),
)


@given(st.lists(st.tuples(CELLS, CELLS), min_size=1, max_size=8), st.sampled_from(";,|\t"))
def test_cells_are_where_a_reader_of_csv_finds_them(rows: list[tuple[str, str]], delimiter: str) -> None:
    written = io.StringIO()
    csv.writer(written, delimiter=delimiter, quoting=csv.QUOTE_ALL, lineterminator="\n").writerows(
        [(first, "701234567", last) for first, last in rows]
    )
    heading = delimiter.join(["Namn", "Telefon", "Ort"])
    assert says(written.getvalue(), Kind.PHONE, "701234567", heading=heading) == [Says.THIS] * len(rows)


def test_a_return_within_a_line_is_a_blank_in_its_heading() -> None:
    """Nothing that a line holds may stop the reading of its file."""
    assert heading_of(b"Namn;Tele\rfon;\rOrt\r") is not None
    assert says("Namn;Mobil\rtelefon\nAnna;701234567\n", Kind.PHONE, "701234567") == [Says.THIS]


def test_a_label_in_a_long_cell_is_no_heading() -> None:
    assert heading_of(b"Ring alltid kundens telefon innan du kommer;Annat") is None


def test_in_a_table_with_commas_a_row_that_is_too_short_is_told_nothing() -> None:
    text = "Namn,Ort,Telefon\nAnna,701234567\nAnna,Malm,701234567\n"
    assert says(text, Kind.PHONE, "701234567") == [Says.NOTHING, Says.THIS]
    assert says("Namn;Telefon;Ort\nAnna;701234567\n", Kind.PHONE, "701234567") == [Says.THIS]
