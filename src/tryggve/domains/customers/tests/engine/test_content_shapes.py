from typing import get_args

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tryggve.domains.customers.engine.columns import content_shapes as shapes
from tryggve.domains.customers.engine.values.phones import Country


@pytest.mark.parametrize(
    ("cell", "country"),
    [
        ("070-174 06 05", "SE"), ("0701740605", "SE"), ("701740605", "SE"), ("+46 (0)70 174 06 05", "SE"),
        ("0046701740605", "SE"), ("+45 20 12 34 56", "SE"), ("070-174 06 05 / 08-465 004 00", "SE"),
        ("20 12 34 56", "DK"), ("4520123456", "DK"), ("90 12 34 56", "NO"), ("040 123 4567", "FI"),
    ],
)  # fmt: skip
def test_telephone_number_is_known_as_its_country_writes_it(cell: str, country: Country) -> None:
    assert shapes.is_phone_number(cell, country)


@pytest.mark.parametrize(
    ("cell", "country"),
    [
        ("2026-03-02", "SE"), ("12345678", "SE"), ("1001", "DK"), ("8001019804", "SE"), ("800101-9804", "SE"),
        ("198001019804", "SE"), ("01018000055", "NO"), ("131052-308T", "FI"), ("12 34 56 78", "DK"),
        ("1 234 567", "SE"), ("Anna", "SE"), ("", "SE"),
    ],
)  # fmt: skip
def test_other_numbers_are_no_telephone_numbers(cell: str, country: Country) -> None:
    assert not shapes.is_phone_number(cell, country)


@pytest.mark.parametrize(
    ("cell", "country"),
    [
        ("800101-9804", "SE"), ("19800101-9804", "SE"), ("198001019804", "SE"), ("8001019804", "SE"),
        ("556012-5790", "SE"), ("010190-1234", "DK"), ("01018000055", "NO"), ("010180 00055", "NO"),
        ("131052-308T", "FI"), ("0737546-2", "FI"), ("131052-308T", "SE"),
    ],
)  # fmt: skip
def test_identity_number_is_surely_known(cell: str, country: Country) -> None:
    assert shapes.is_identity_number(cell, country)


@pytest.mark.parametrize(
    ("cell", "country"),
    [
        ("0701740607", "SE"),
        ("25052943", "DK"),
        ("923609016", "NO"),
        ("800101-9805", "SE"),
        ("070-1740607", "SE"),
    ],
)
def test_what_may_be_a_telephone_number_is_not_surely_an_identity_number(cell: str, country: Country) -> None:
    assert not shapes.is_identity_number(cell, country)


def test_number_that_fits_the_rules_may_be_an_identity_number() -> None:
    assert shapes.may_be_identity_number("25052943", "DK")
    assert not shapes.may_be_identity_number("25052944", "DK")


@pytest.mark.parametrize(
    "cell", ["2026-03-02", "2.3.2026", "02/03/2026", "3/14/2026", "85-02-03", "2026-03-02 10:15"]
)
def test_date_is_known_in_any_order(cell: str) -> None:
    assert shapes.is_date(cell)


@pytest.mark.parametrize("cell", ["2026-13-32", "1-2-3", "2026", "070-12-34 56", "31.31.2026", ""])
def test_no_such_day_is_no_date(cell: str) -> None:
    assert not shapes.is_date(cell)


@pytest.mark.parametrize(
    ("cell", "country", "fits"),
    [
        ("111 22", "SE", True), ("11122", "SE", True), ("SE-111 22", "SE", True), ("01122", "SE", False),
        ("1122", "SE", False), ("8000", "DK", True), ("DK-8000", "DK", True), ("0150", "NO", True),
        ("00100", "FI", True), ("11122", "DK", False),
    ],
)  # fmt: skip
def test_postcode_is_known_as_its_country_writes_it(cell: str, country: Country, fits: bool) -> None:
    assert shapes.is_postcode(cell, country) == fits


@pytest.mark.parametrize(
    ("cell", "fits"),
    [("111 22 Stockholm", True), ("11122 Västra Frölunda", True), ("Stockholm", False), ("111 22", False)],
)
def test_postcode_and_town_in_one_cell(cell: str, fits: bool) -> None:
    assert shapes.is_postcode_and_town(cell, "SE") == fits


@pytest.mark.parametrize(
    "cell", ["Storgatan 1", "Ängen 3 B", "Box 12", "H.C. Andersens Vej 12, 2. tv.", "Östra Hamngatan 4a"]
)
def test_street_has_a_number_after_its_name(cell: str) -> None:
    assert shapes.is_street(cell)


@pytest.mark.parametrize("cell", ["Storgatan", "12", "12 Storgatan", "anna1@example.se", "Kund 2026-03", ""])
def test_no_street(cell: str) -> None:
    assert not shapes.is_street(cell)


@pytest.mark.parametrize(
    "cell",
    [
        "Anna Ek",
        "ANNA EK",
        "Ek, Anna",
        "Anna-Lisa von Essen",
        "J. P. Hansen",
        "Åsa O'Brien",
        "Søren Ørsted",
    ],
)
def test_name_of_a_person_has_two_words_with_capitals(cell: str) -> None:
    assert shapes.is_person_name(cell)


@pytest.mark.parametrize(
    "cell",
    [
        "Anna",
        "anna ek",
        "Bygg AB",
        "Anna Ek 2",
        "Ring efter tolv",
        "Anna, Ek, Lund",
        "von Essen",
        "Anna " * 20,
        "",
    ],
)
def test_no_name_of_a_person(cell: str) -> None:
    assert not shapes.is_person_name(cell)


@given(st.text(max_size=30), st.sampled_from(get_args(Country)))
def test_any_cell_has_or_has_not_each_shape(cell: str, country: Country) -> None:
    tests = [shapes.is_email, shapes.is_date, shapes.is_town, shapes.is_street, shapes.is_country]
    tests += [shapes.is_person_name, shapes.is_one_name]
    of_country = [
        shapes.is_phone_number,
        shapes.is_identity_number,
        shapes.is_postcode,
        shapes.is_postcode_and_town,
    ]
    answers = [test(cell) for test in tests] + [test(cell, country) for test in of_country]
    assert {True, False}.issuperset(answers)
    assert not (shapes.is_identity_number(cell, country) and shapes.is_phone_number(cell, country))
