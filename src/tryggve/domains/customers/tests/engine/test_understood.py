"""How a whole list is read: habits of its columns, columns matched by hand, headings and sections."""

from dataclasses import replace

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from tryggve.domains.customers.engine.columns.headings import Column, matched_by_hand, with_fields
from tryggve.domains.customers.engine.custom_fields import Field as Question
from tryggve.domains.customers.engine.details import Details
from tryggve.domains.customers.engine.drafts import Draft
from tryggve.domains.customers.engine.imports import planning
from tryggve.domains.customers.engine.imports.waiting_list import WaitingList
from tryggve.domains.customers.engine.rows.understood import columns_for_matching, understand
from tryggve.domains.customers.engine.table import UnreadableFile
from tryggve.domains.customers.tests.engine.understanding import customers, fates, fields, read, table
from tryggve.lib.ids import new_id


def _names(text: str) -> list[str]:
    return [details.name for details in customers(read(text))]


def test_family_names_with_a_comma_are_turned_where_they_are_the_rule() -> None:
    names = ["Ek, Anna", "von Essen, Bo", '"Berg, Lund & Co AB"', "Dan Lund"]
    assert _names("\n".join(["Namn;Ort", *[f"{name};Lund" for name in names]])) == [
        "Anna Ek", "Bo von Essen", "Berg, Lund & Co AB", "Dan Lund",
    ]  # fmt: skip


def test_single_name_with_a_comma_is_left_as_it_is() -> None:
    assert _names("Namn;Ort\nEk, Anna;Lund\nBo Ek;Lund\nCilla Ek;Lund\n") == ["Ek, Anna", "Bo Ek", "Cilla Ek"]


def test_heading_says_that_the_family_name_comes_first() -> None:
    assert _names('"Efternamn, Förnamn";Ort\nEk, Anna;Lund\n') == ["Anna Ek"]


def test_organisations_keep_their_commas() -> None:
    rows = ["Företag;Ort", "Ek, Berg;Lund", "Ek, Lund;Lund", "Ek, Malm;Lund"]
    assert _names("\n".join(rows)) == ["Ek, Berg", "Ek, Lund", "Ek, Malm"]


def test_family_names_with_a_comma_without_headings() -> None:
    assert _names("Ek, Anna;a@example.se\nBerg, Bo;b@example.se\n") == ["Anna Ek", "Bo Berg"]


def _phones(*cells: str) -> list[tuple[str, ...]]:
    text = "\n".join(["Namn;Telefon", *[f"Anna {number};{cell}" for number, cell in enumerate(cells)]])
    return [details.phones for details in customers(read(text))]


def test_zero_is_put_back_where_the_other_numbers_have_one() -> None:
    assert _phones("31123456", "070-174 06 05", "08-465 004 00")[0] == ("031123456",)
    assert _phones("31123456", "46500400", "08-465 004 00")[0] == ("31123456",)


def test_zero_is_put_back_where_the_length_says_so() -> None:
    assert _phones("701740605", "701740606.0", "7,01740607E+08") == [
        ("0701740605",), ("0701740606",), ("0701740607",),
    ]  # fmt: skip


def test_rounded_number_sets_its_row_aside_with_a_reason_of_its_own() -> None:
    understood = read("Namn;Telefon;Postnr\nAnna;4.67012E+10;\nBo;;1.1E+04\nCilla;####;\n")
    assert fates(understood) == [(2, "spoilt_number"), (3, "spoilt_number"), (4, "spoilt_number")]


def test_several_numbers_and_addresses_in_one_cell_are_parted() -> None:
    emails = '"a@example.se; b@example.se / c@example.se"'
    phones = '"070-174 06 05/08-465 004 00; 701740606"'
    assert customers(read(f"Namn;E-post;Telefon\nAnna;{emails};{phones}\n")) == [
        Details(
            name="Anna",
            emails=("a@example.se", "b@example.se", "c@example.se"),
            phones=("070-174 06 05", "08-465 004 00", "0701740606"),
        )
    ]


def _extras(text: str) -> list[dict[str, str]]:
    return [line.extra for _cells, line in read(text).lines if isinstance(line, Draft)]


def test_day_numbers_are_dates_under_a_heading_or_among_dates() -> None:
    assert _extras("Namn;Födelsedag\nAnna;31000\n") == [{"Födelsedag": "1984-11-14"}]
    assert _extras("Namn;Besökt\nAnna;45000\nBo;2026-03-02\nCilla;2026-03-03\n")[0] == {
        "Besökt": "2023-03-15"
    }
    assert _extras("Namn;Poäng\nAnna;45000\nBo;45001\n")[0] == {"Poäng": "45000"}


def test_day_number_answers_a_question_for_a_date() -> None:
    rows = table(("Namn", "Född"), ("Anna", "31000"))
    chosen = matched_by_hand(columns_for_matching(rows, "SE"), {1: Question("born", "Född", "DATE")})
    assert customers(understand(rows, "SE", columns=chosen))[0].custom == (("born", "1984-11-14"),)


def test_house_number_stands_after_its_street_and_not_after_who_lives_there() -> None:
    headings = "Namn;c/o;Vejnavn;Husnr.;Adresse 2;Postnr;By"
    rows = ["Anna;Bo Ek;Nørregade;12;2. tv.;8000;Aarhus", "Bo;;;3;;8000;Aarhus"]
    found = customers(read("\n".join([headings, *rows]), "DK"))
    assert [details.addresses[0].street for details in found] == [
        "c/o Bo Ek, Nørregade 12, 2. tv.", "3",
    ]  # fmt: skip


def test_zero_of_a_postcode_is_put_back_by_the_country_of_its_row() -> None:
    found = customers(
        read("Namn;Postnr;Ort;Land\nAnna;150;Oslo;Norge\nBo;150;Oslo;\nDan;800;Høje Taastrup;DK\n")
    )
    assert [details.addresses[0].postcode for details in found] == ["0150", "150", "0800"]


def test_middle_name_stands_in_the_middle() -> None:
    assert _names("Efternamn;Mellannamn;Förnamn\nEk;Maria;Anna\n") == ["Anna Maria Ek"]


@pytest.mark.parametrize(("heading", "title"), [("Titel", "VD"), ("Befattning", "VD")])
def test_job_title(heading: str, title: str) -> None:
    assert customers(read(f"Namn;{heading}\nAnna;VD\n")) == [Details(name="Anna", job_title=title)]


def test_title_beside_a_job_title_is_kept_beside() -> None:
    assert fields(read("Titel;Namn;Befattning\nDr;Anna;VD\n")) == [None, "name", "job_title"]


def test_group_headings_above_the_real_ones_are_a_title() -> None:
    understood = read(
        "Kund;;;Leverans;;\nNamn;E-post;Telefon;Adress;Postnr;Ort\nAnna;a@example.se;;Storgatan 1;222 22;Lund\n"
    )
    assert fields(understood) == ["name", "email", "phone", "street", "postcode", "city"]
    assert fates(understood) == [(1, "title"), (3, "Anna")]


def test_heading_merged_over_two_rows_names_its_column() -> None:
    understood = read(
        "Namn;Adress;;;Kontakt;;Anteckning\n;Gata;Postnr;Ort;E-post;Telefon;\n"
        "Anna;Storgatan 1;222 22;Lund;a@example.se;;hej\n;Gata;Postnr;Ort;E-post;Telefon\nBo;;;;b@example.se\n"
    )
    assert [(column.heading, column.field) for column in understood.columns] == [
        ("Namn", "name"), ("Gata", "street"), ("Postnr", "postcode"), ("Ort", "city"), ("E-post", "email"),
        ("Telefon", "phone"), ("Anteckning", "note"),
    ]  # fmt: skip
    assert fates(understood) == [(1, "title"), (3, "Anna"), (4, "title"), (5, "Bo")]


def test_title_above_a_column_without_heading_does_not_name_it() -> None:
    found = read("Lista;;\n;E-post;Nivå\n1;a@example.se;guld\n2;b@example.se;brons\n")
    assert [column.heading for column in found.columns] == ["#1", "E-post", "Nivå"]


def test_finnish_headings() -> None:
    headings = "Etunimi;Sukunimi;Sähköposti;Puhelin;Katuosoite;Postinumero;Kaupunki;Henkilötunnus"
    understood = read(f"{headings}\nAnna;Virtanen;a@example.fi;401234567;Tori 1;100;Helsinki;\n", "FI")
    assert fields(understood)[:7] == [
        "given_name", "family_name", "email", "phone", "street", "postcode", "city",
    ]  # fmt: skip
    [anna] = customers(understood)
    assert (anna.phones, anna.addresses[0].postcode) == (("0401234567",), "00100")


def test_list_that_waits_keeps_the_habits_of_its_columns() -> None:
    understood = read("Namn;Telefon\nEk, Anna;31123456\nBerg, Bo;070-174 06 05\nLund, Dan;08-465 004 00\n")
    plan = planning.plan_understood(understood, known=[], source="", country="SE", new_id=new_id)
    kept = WaitingList.of(understood, plan, source="", country="SE")
    assert WaitingList.from_bytes(kept.to_bytes()).understood("SE") == understood
    assert customers(understood)[0] == Details(name="Anna Ek", phones=("031123456",))


# Matched by hand


_LIST = table(
    ("Kundlista", "", ""),
    ("Namn", "Kallas", "Nummer"),
    ("Bageriet", "Ek, Anna", "701740605"),
    ("Caféet", "Berg, Bo", "070-174 06 06"),
    ("Namn", "Kallas", "Nummer"),
    ("Kiosken", "Lund, Dan", "070-174 06 07"),
    ("Summa", "", "3"),
)


def _by_hand(columns: tuple[Column, ...]) -> list[Details]:
    return customers(understand(_LIST, "SE", columns=columns))


def test_columns_matched_by_hand_feed_what_was_chosen_below_the_same_headings() -> None:
    found = columns_for_matching(_LIST, "SE")
    assert [column.field for column in found] == ["name", None, None]
    chosen = with_fields(found, {0: "organisation", 1: "name", 2: "phone"})
    assert _by_hand(chosen) == [
        Details(name="Anna Ek", organisation="Bageriet", phones=("0701740605",)),
        Details(name="Bo Berg", organisation="Caféet", phones=("070-174 06 06",)),
        Details(name="Dan Lund", organisation="Kiosken", phones=("070-174 06 07",)),
    ]


def test_every_row_has_a_fate_when_columns_are_matched_by_hand() -> None:
    chosen = with_fields(columns_for_matching(_LIST, "SE"), {0: "organisation", 1: "name"})
    assert [(line, fate) for line, fate in fates(understand(_LIST, "SE", columns=chosen)) if " " not in fate] == [
        (1, "title"), (5, "title"), (7, "total"),
    ]  # fmt: skip


def test_recognised_columns_given_back_unchanged_change_nothing() -> None:
    odd = table(("Na\u202emn", "E-post"), ("Anna", "a@example.se"))
    for rows in (_LIST, odd, table(("Anna Ek", "a@example.se"), ("Bo Ek", "b@example.se"))):
        found = understand(rows, "SE")
        assert understand(rows, "SE", columns=found.columns) == found


def test_other_headings_below_columns_matched_by_hand_are_told_as_before() -> None:
    rows = table(
        ("Kund", "Ort"), ("Anna", "Lund"), ("Namn", "Stad"), ("Bo", "Kivik"), ("Ort", "Kund"), ("Lund", "Dan")
    )
    chosen = with_fields(columns_for_matching(rows, "SE"), {0: "organisation"})
    assert [fate for _line, fate in fates(understand(rows, "SE", columns=chosen))] == [
        "Anna", "title", "Bo", "other_headings", "other_headings",
    ]  # fmt: skip


def test_list_of_which_nothing_is_recognised_can_be_matched_by_hand() -> None:
    rows = table(("anna", "x1"), ("bo", "x2"))
    with pytest.raises(UnreadableFile):
        understand(rows, "SE")
    found = columns_for_matching(rows, "SE")
    assert [(column.heading, column.field) for column in found] == [("#1", None), ("#2", None)]
    assert fates(understand(rows, "SE", columns=with_fields(found, {0: "name"}))) == [(1, "anna"), (2, "bo")]


def test_of_what_a_customer_has_once_the_first_column_is_taken() -> None:
    columns = with_fields(
        [Column(0, "A"), Column(1, "B"), Column(2, "C")], {0: "name", 1: "name", 2: "email"}
    )
    assert [column.field for column in columns] == ["name", None, "email"]


def test_columns_matched_by_hand_are_put_into_addresses_anew() -> None:
    columns = [Column(place, str(place)) for place in range(4)]
    matched = with_fields(columns, {0: "street", 1: "city", 2: "street", 3: "city"})
    assert [column.group for column in matched] == [0, 0, 1, 1]
    once = with_fields(matched, {2: None, 3: "country"})
    assert [column.group for column in once] == [0, 0, 1, 0]


_CELL = st.sampled_from(
    ["", "Anna Ek", "Ek, Bo", "Bygg AB", "a@example.se", "b@example.se", "0701740605", "701740606", "4.6E+10",
     "800101-9804", "222 22", "Lund", "Storgatan 1", "Företag", "Namn", "E-post", "45000", "2026-03-02", "Summa"]
) | st.text(max_size=8)  # fmt: skip


# Headings with an invisible character, below one that names their column too; and twice, all but the same.
@example([("Namn",), ("Företag", "0\x1f0")])
@example([("Företag", "0", "Företag", "{"), ("Företag", "0", "Företag")])
@example([("\x1b", "Företag", "Anna Ek", "Företag"), ("", "Företag", "Anna Ek", "Företag")])
@settings(max_examples=200)
@given(st.lists(st.lists(_CELL, min_size=1, max_size=4).map(tuple), min_size=1, max_size=8))
def test_each_row_of_any_table_has_one_fate(rows: list[tuple[str, ...]]) -> None:
    given_rows = table(*rows)
    try:
        understood = understand(given_rows, "SE")
    except UnreadableFile:
        understood = understand(given_rows, "SE", columns=columns_for_matching(given_rows, "SE"))
    lines = [line.line for _cells, line in understood.lines]
    all_lines = [row.line for row in given_rows.rows]
    # But for the row of headings, if there is one.
    assert lines == sorted(lines)
    assert len(all_lines) - len(lines) in (0, 1)
    assert set(lines) <= set(all_lines)
    again = understand(given_rows, "SE", columns=understood.columns)
    assert again == replace(understood, columns=again.columns)
