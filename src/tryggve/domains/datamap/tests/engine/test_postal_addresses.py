import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tryggve.domains.datamap.engine.contacts import address
from tryggve.domains.datamap.engine.kinds import Confidence, Kind
from tryggve.domains.datamap.engine.said import KnowsColumns
from tryggve.domains.datamap.engine.spans import Places
from tryggve.domains.datamap.tests.engine.looking import Called, called, called_other, look

NONE, LOW, MEDIUM, HIGH = Confidence
SAID = called(Kind.ADDRESS)


def addresses(text: str, at_least: Confidence = LOW) -> list[str]:
    return [value for _kind, value, sure in look(address.find, text) if sure >= at_least]


@pytest.mark.parametrize(
    "written",
    [
        "Storgatan 5, 123 45 Stockholm",
        "Storgatan 5\n123 45 Stockholm",
        "Storgatan 5\r\n123 45 Stockholm",
        "Storgatan 5 B, 123 45 Stockholm",
        "Storgatan 5B, 12345 Stockholm",
        "Storgatan 5-7, 123 45  UMEÅ",
        "Storgatan 5 lgh 1201, 3 tr, SE-123 45 Västra Frölunda",
        "Östra Ågatan 31, S-753 22 Uppsala",
        "Norra Storgatan 12, 123 45 Åre",
        "Drottning Kristinas väg 12, 123 45 Lund",
        "Torget 5, 123 45 Lund",
        "Box 123, 123 45 Lund",
        "Niels Juels Gade 12, 2. th, 2100 København Ø",
        "Søndre Vestervej 3 st. tv., DK-8000 Aarhus C",
        "Østergade 7\n1100 København K",
        "Vester Allé 26\n8000 Aarhus C",
        "Karl Johans gate 5\n0150 Oslo",
        "Storgata 12 A, 9008 Tromsø",
        "Bjørnstjerne Bjørnsons vei 3, NO-2005 Rælingen",
        "Postboks 45, 0150 Oslo",
        "Hämeentie 3 A 12, 00100 Helsinki",
        "Mannerheimintie 12, FI-00100 HELSINKI",
        "Itäinen Rantakatu 5, 20700 Turku",
        "PL 12, 00101 Helsinki",
    ],
)
def test_streets_and_boxes_with_postal_codes_are_found_whole(written: str) -> None:
    assert written.removeprefix("Itäinen ") in addresses(f"Anna\n{written}\nTel", HIGH)
    assert written.removeprefix("Itäinen ") in addresses(written, HIGH)


@pytest.mark.parametrize(
    "text",
    [
        *(
            "på vägen 12 km",
            "Torget 5",
            "Vej 5",
            "Box 3 innehåller",
            "Solsidan 3",
            "Sida 3 av 12",
            "den 5 Mars",
            "storgatan 5",
        ),
        *(
            "123 45 Lund",
            "SE-123 45 Lund",
            "2100 København",
            "2024 Mars",
            "Version 3, 2024 Januari",
            "1500 Volvo",
            "012 34 Lund",
        ),
        *(
            "Kungsgatan 12:30",
            "Storgatan 5,50 kr",
            "Storgatan 5.5",
            "Storgatan 5x2",
            "Storgatan 12345",
            "Storgatan",
            "xStorgatan",
        ),
        *(
            "12 Anna Street5",
            "12 Street",
            "Anna Road",
            "Solsidan 3; 123 45 Ort",
            "Solsidan 3\n\n123 45 Ort",
            "",
            "5",
            " 5",
        ),
    ],
)
def test_what_only_looks_like_an_address_is_none(text: str) -> None:
    assert addresses(text) == []


@pytest.mark.parametrize(
    ("written", "other", "unsaid"),
    [
        ("Storgatan 5, 123 45 Lund", MEDIUM, HIGH),
        ("Solsidan 3, 123 45 Lund", MEDIUM, MEDIUM),
        ("Solsidan 3, 2005 Lund", NONE, NONE),
        ("Storgatan 5", LOW, MEDIUM),
        ("Skogsringen 5", NONE, NONE),
        ("Solsidan 3", NONE, NONE),
        ("12 High Street", NONE, LOW),
        ("221B Baker Street", NONE, LOW),
        ("123 45 Lund", NONE, NONE),
        ("2100 København Ø", NONE, NONE),
    ],
)
def test_how_sure_one_is_follows_the_shape_and_what_the_text_says(
    written: str, other: Confidence, unsaid: Confidence
) -> None:
    for said, sure in ((called_other(Kind.ADDRESS), other), (None, unsaid), (SAID, HIGH)):
        found = [
            confidence for _kind, value, confidence in look(address.find, written, said) if value == written
        ]
        assert found == ([sure] if sure else [])


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Storgatan 5, 123 45 Lund Anna kommer", "Storgatan 5, 123 45 Lund"),
        ("Storgatan 5, 123 45 Västra Frölunda, Sverige", "Storgatan 5, 123 45 Västra Frölunda"),
        ("Storgatan 5, 123 45 Lund. Hej", "Storgatan 5, 123 45 Lund"),
        ("Anna Berg, Norra Ågatan 5, 123 45 Lund", "Norra Ågatan 5, 123 45 Lund"),
        ("Vi är i Lund. Södra Torget 5, 123 45 Lund", "Södra Torget 5, 123 45 Lund"),
        ("H.C. Andersens Gade 5, 5000 Odense C", "H.C. Andersens Gade 5, 5000 Odense C"),
        ("“Storgatan 5, 123 45 Lund”", "Storgatan 5, 123 45 Lund"),
    ],
)
def test_an_address_ends_with_its_town_and_begins_with_its_street(text: str, found: str) -> None:
    assert addresses(text, HIGH) == [found]


class _Cells(Called, KnowsColumns):
    def cells_of(self, kind: Kind) -> tuple[Places, Places]:
        return np.array([5, 19, 30]), np.array([18, 29, 32])


def test_a_cell_under_a_heading_is_one_also_without_a_number() -> None:
    text = 'Anna;"Rosenlund  ";0701234567;12;'
    assert look(address.find, text, _Cells({})) == [(Kind.ADDRESS, "Rosenlund", MEDIUM)]


@given(
    st.text("abcdefghijklmnopqrstuvwxyzåäöæø", min_size=1, max_size=12),
    st.sampled_from(
        ["gatan", "vägen", "gränd", "gade", "vej", "stræde", "gata", "veien", "gate", "katu", "tie"]
    ),
    st.integers(1, 999),
    st.integers(10_000, 98_999),
)
def test_every_compound_with_a_number_and_a_code_is_found(
    name: str, ending: str, number: int, code: int
) -> None:
    written = f"{name.capitalize()}{ending} {number}, {code // 100} {code % 100:02} Lund"
    assert written in addresses(f"Bor på {written}.", HIGH)


@given(st.text("Storgatan väg box 123456789,.-;\né", max_size=60))
def test_no_text_is_too_odd(text: str) -> None:
    for value in addresses(text):
        assert any(map(str.isdigit, value))
