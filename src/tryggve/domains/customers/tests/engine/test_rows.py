import pytest

from tryggve.domains.customers.engine.columns.headings import Column, columns_of
from tryggve.domains.customers.engine.details import Address, Details
from tryggve.domains.customers.engine.drafts import Draft, SetAside, Skipped
from tryggve.domains.customers.engine.rows.rows import RowReader
from tryggve.domains.customers.engine.table import Row

_HEADINGS = ("Namn", "Företag", "E-post", "Telefon", "Anteckning", "Taggar", "Typ", "Nivå")


def _read(*cells: str, headings: tuple[str, ...] = _HEADINGS) -> Draft | SetAside | Skipped:
    return RowReader(columns_of(headings), delimiter=";").read(Row(7, cells))


def _draft(*cells: str, headings: tuple[str, ...] = _HEADINGS) -> Draft:
    found = _read(*cells, headings=headings)
    assert isinstance(found, Draft)
    return found


def _reason(*cells: str, headings: tuple[str, ...] = _HEADINGS) -> tuple[str | None, str]:
    found = _read(*cells, headings=headings)
    assert isinstance(found, SetAside)
    assert (found.line, found.cells) == (7, cells)
    return found.column, found.reason


def test_person_with_everything() -> None:
    draft = _draft(
        " Anna  Ek ",
        "Bageriet AB",
        "A@Example.se; b@example.se",
        "070-1740605/08-46500400",
        "Rad 1\r\nRad 2 ",
        "VIP, vip|Lund",
        "Privat",
        "guld",
    )
    assert draft == Draft(
        7,
        Details(
            kind="person",
            name="Anna Ek",
            organisation="Bageriet AB",
            emails=("A@example.se", "b@example.se"),
            phones=("070-1740605", "08-46500400"),
            note="Rad 1\nRad 2",
            tags=("VIP", "Lund"),
        ),
        {"Nivå": "guld"},
    )


@pytest.mark.parametrize(
    ("cells", "details"),
    [
        (("", "Bageriet AB"), Details(kind="organisation", name="Bageriet AB")),
        (("Anna", "Bageriet AB"), Details(kind="person", name="Anna", organisation="Bageriet AB")),
        (("Bageriet AB", "", "", "", "", "", "Företag"), Details(kind="organisation", name="Bageriet AB")),
        (("Anna", "", "", "", "", "", "privatperson"), Details(kind="person", name="Anna")),
        (("", "", "a@example.se"), Details(emails=("a@example.se",))),
        (("", "", "", "0701740605"), Details(phones=("0701740605",))),
    ],
)
def test_kind_follows_from_who_is_named(cells: tuple[str, ...], details: Details) -> None:
    assert _draft(*cells).details == details


def test_unknown_kind_is_kept_beside() -> None:
    assert _draft("Anna", "", "", "", "", "", "Guldkund").extra == {"Typ": "Guldkund"}


def test_given_and_family_name_make_the_name() -> None:
    assert _draft("Anna", "Ek", headings=("Förnamn", "Efternamn")).details.name == "Anna Ek"


def test_whole_name_wins_and_what_it_lacks_is_kept_beside() -> None:
    draft = _draft("EK, Anna", "Anna", "Ek-Berg", headings=("Namn", "Förnamn", "Efternamn"))
    assert (draft.details.name, draft.extra) == ("EK, Anna", {"Efternamn": "Ek-Berg"})


def test_addresses_are_put_together_from_their_columns() -> None:
    headings = (
        "Namn",
        "c/o",
        "Adress",
        "Adress 2",
        "Postnr",
        "Ort",
        "Land",
        "Leverans-adress",
        "Postnr och ort",
    )
    cells = (
        "Anna",
        "Bo Ek",
        "Storgatan 1",
        "2 tr",
        "111 22",
        "Stockholm",
        "Sverige",
        "Ängen 3",
        "SE-222 22 Lund",
    )
    assert _draft(*cells, headings=headings).details.addresses == (
        Address("c/o Bo Ek, Storgatan 1, 2 tr", "111 22", "Stockholm", "Sverige"),
        Address("Ängen 3", "SE-222 22", "Lund"),
    )


def test_same_address_twice_is_kept_once() -> None:
    headings = ("Namn", "Adress", "Ort", "Faktura-adress", "Faktura-ort")
    draft = _draft("Anna", "Ängen 3", "Lund", "Ängen 3", "Lund", headings=headings)
    assert draft.details.addresses == (Address("Ängen 3", city="Lund"),)


@pytest.mark.parametrize(
    ("cell", "address"), [("Lund", Address(city="Lund")), ("222 22", Address(city="222 22"))]
)
def test_postcode_and_city_that_cannot_be_parted_stay_together(cell: str, address: Address) -> None:
    assert _draft("Anna", cell, headings=("Namn", "Postnr/ort")).details.addresses == (address,)


def test_same_phone_in_two_columns_is_kept_once() -> None:
    draft = _draft("Anna", "070-174 06 05", "+46701740605", headings=("Namn", "Telefon", "Mobil"))
    assert draft.details.phones == ("070-174 06 05",)


def test_several_notes_become_paragraphs() -> None:
    assert (
        _draft("Anna", "ett", "två", headings=("Namn", "Anteckning", "Kommentar")).details.note
        == "ett\n\ntvå"
    )


@pytest.mark.parametrize(
    "text", ["<script>alert(1)</script>", "\u202eannA\u202c", "Anna 🦊", "=1+1", "-- Robert'); DROP"]
)
def test_odd_text_is_just_text(text: str) -> None:
    assert _draft(text).details.name == text


def test_text_is_brought_to_one_form_of_unicode() -> None:
    assert _draft("A\u030asa").details.name == "Åsa"


@pytest.mark.parametrize("nothing", ["-", "–", "n/a", "saknas", "?"])
def test_word_for_nothing_is_nothing(nothing: str) -> None:
    assert _draft("Anna", "", nothing, nothing).details == Details(name="Anna")


@pytest.mark.parametrize(
    ("cells", "column", "reason"),
    [
        (("Anna", "", "anna"), "E-post", "bad_email"),
        (("Anna", "", "", "12"), "Telefon", "bad_phone"),
        (("A" * 201,), "Namn", "too_long"),
        (("A" * 10_000,), "Namn", "too_long"),
        (("Anna", "", "", "", "x" * 20_001), "Anteckning", "too_long"),
        (("Anna", "", "", "", "", "", "", "x" * 20_001), "Nivå", "too_long"),
        (("Anna", "", "", "", "", "x" * 201), "Taggar", "too_long"),
        (("An\x00na",), "Namn", "control_characters"),
        (("An\x85na", "\x9bx"), "Företag", "control_characters"),
        (("Anna", "", "", "", "", "", "", "\x1b[2J"), "Nivå", "control_characters"),
        (("An\ufffdna",), "Namn", "bad_characters"),
        (("Anna", "", "", "", "", "", "", "", "mer"), None, "too_many_cells"),
        (("", "", "", "", "bor på landet"), None, "nobody"),
        (("", "", "", "", "", "", "", "guld"), None, "nobody"),
        (("Anna", "", "", "", "x\nBo;;b@example.se;;;;;"), "Anteckning", "unclosed_quote"),
    ],
)
def test_row_is_set_aside_whole_with_its_reason(
    cells: tuple[str, ...], column: str | None, reason: str
) -> None:
    assert _reason(*cells) == (column, reason)


def test_half_a_letter_sets_its_row_aside() -> None:
    assert _reason("An" + chr(0xD800) + "na") == ("Namn", "bad_characters")


def test_text_of_the_longest_length_is_taken() -> None:
    details = _draft("A" * 200, "", "", "", "x" * 20_000).details
    assert (len(details.name), len(details.note)) == (200, 20_000)


def test_line_breaks_in_a_note_are_no_unclosed_quote() -> None:
    assert _draft("Anna", "", "", "", "ett; två\ntre; fyra; fem").details.note == "ett; två\ntre; fyra; fem"


def test_cell_in_error_sets_its_row_aside() -> None:
    row = Row(7, ("Anna", "", "x"), ((2, "cell_error"),))
    assert RowReader(columns_of(_HEADINGS)).read(row) == SetAside(7, "E-post", "cell_error", row.cells)


def test_formula_without_value_is_named_with_the_draft() -> None:
    row = Row(7, ("Anna",), ((2, "formula_without_value"),))
    assert RowReader(columns_of(_HEADINGS)).read(row) == Draft(7, Details(name="Anna"), {}, ("E-post",))


def test_row_whose_formulas_have_no_value_is_set_aside_when_nobody_is_left() -> None:
    row = Row(7, (), ((2, "formula_without_value"),))
    assert RowReader(columns_of(_HEADINGS)).read(row) == SetAside(7, "E-post", "cell_error", ())


def test_row_of_formulas_without_value_repeats_no_headings_where_there_are_none() -> None:
    row = Row(7, (), ((0, "formula_without_value"),))
    assert RowReader([Column(0, "#1", "name")]).read(row) == SetAside(7, "#1", "cell_error", ())


@pytest.mark.parametrize("cells", [(), ("-", "–")])
def test_empty_row_is_passed_over(cells: tuple[str, ...]) -> None:
    assert _read(*cells) == Skipped(7, "empty")


@pytest.mark.parametrize(
    "cells",
    [
        ("Summa",),
        ("SUMMA:", "", "300"),
        ("", "", "I alt", "1 234,50 kr"),
        ("Totalt 300 st",),
        ("Antal kunder: 300",),
        ("Total", "", "12", "45 %"),
    ],
)
def test_total_is_passed_over(cells: tuple[str, ...]) -> None:
    assert _read(*cells) == Skipped(7, "total")


@pytest.mark.parametrize(
    "cells",
    [
        ("Total AB",),
        ("Summa", "", "a@example.se"),
        ("Antal Antalsson",),
        ("Total", "", "", "0812345678"),
        ("Total", "", "", "46 50 04 00"),
        ("Total", "", "", "", "", "", "", "0812345678"),
    ],
)
def test_customer_who_is_called_like_a_total_is_no_total(cells: tuple[str, ...]) -> None:
    assert isinstance(_read(*cells), Draft)


def test_total_with_a_postcode_is_a_customer_and_with_a_count_below_it_none() -> None:
    assert _draft("Total", "111 22", headings=("Namn", "Postnr")).details.name == "Total"
    assert _read("Total", "300", headings=("Namn", "Postnr")) == Skipped(7, "total")


def test_headings_in_the_middle_are_passed_over() -> None:
    assert _read(*(heading.upper() for heading in _HEADINGS)) == Skipped(7, "title")
    headings = ("Namn", "E-post", "E-post", "")
    assert _read("Namn", "E-post", "E-post", headings=headings) == Skipped(7, "title")


def test_columns_matched_by_hand_feed_the_fields_chosen() -> None:
    columns = [Column(1, "B", "name"), Column(0, "A", "email"), Column(2, "C")]
    assert RowReader(columns).read(Row(1, ("a@example.se", "Anna", "x"))) == Draft(
        1, Details(name="Anna", emails=("a@example.se",)), {"C": "x"}
    )
