from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tryggve.domains.customers.engine.details import Address
from tryggve.domains.customers.engine.values.grouping import grouped_address, grouped_phone
from tryggve.domains.customers.engine.values.phones import Country, phone_key

COUNTRIES: list[Country] = ["SE", "DK", "NO", "FI"]


@pytest.mark.parametrize(
    ("kept", "country", "shown"),
    [
        ("0701740615", "SE", "070-174 06 15"),
        ("08465004", "SE", "08-46 50 04"),
        ("084650040", "SE", "08-465 00 40"),
        ("0846500400", "SE", "08-465 004 00"),
        ("0313900600", "SE", "031-390 06 00"),
        ("033123456", "SE", "033-12 34 56"),
        ("0920123456", "SE", "0920-12 34 56"),
        ("092012345", "SE", "0920-123 45"),
        ("+46701740615", "SE", "+46 70 174 06 15"),
        ("+46846500400", "DK", "+46 8 465 004 00"),
        ("+4512345678", "SE", "+45 12 34 56 78"),
        ("12345678", "DK", "12 34 56 78"),
        ("22123456", "NO", "22 12 34 56"),
        ("41234567", "NO", "412 34 567"),
        ("80012345", "NO", "800 12 345"),
        ("+4741234567", "NO", "+47 412 34 567"),
        ("0401234567", "FI", "040 123 4567"),
        ("+358401234567", "FI", "+358 40 123 4567"),
    ],
)
def test_bare_digits_are_shown_in_the_groups_of_their_country(
    kept: str, country: Country, shown: str
) -> None:
    assert grouped_phone(kept, country) == shown


@pytest.mark.parametrize(
    ("kept", "country"),
    [
        ("070-1740615", "SE"),
        ("070 174 06 15", "SE"),
        ("+46 701740615", "SE"),
        ("Mobil: 0701740615", "SE"),
        ("08-46500400", "SE"),
        ("0046701740615", "SE"),
        ("070174061", "SE"),
        ("07017406150", "SE"),
        ("11414", "SE"),
        ("02345678", "DK"),
        ("+49301234567", "SE"),
        ("+46", "SE"),
        ("091234567", "FI"),
        ("", "SE"),
    ],
)
def test_number_that_is_grouped_already_or_not_known_is_shown_as_it_is(kept: str, country: Country) -> None:
    assert grouped_phone(kept, country) == kept


@given(st.from_regex(r"\+?[0-9]{0,15}", fullmatch=True), st.sampled_from(COUNTRIES))
def test_groups_change_neither_the_digits_nor_what_doubles_are_known_by(kept: str, country: Country) -> None:
    shown = grouped_phone(kept, country)
    assert shown.replace(" ", "").replace("-", "") == kept
    assert phone_key(shown, country) == phone_key(kept, country)
    assert grouped_phone(shown, country) == shown


@pytest.mark.parametrize(
    ("address", "country", "postcode", "city"),
    [
        (Address("", "97238", "LULEÅ"), "SE", "972 38", "LULEÅ"),
        (Address("", "972 38", "Luleå"), "SE", "972 38", "Luleå"),
        (Address("", "", "97238 LULEÅ"), "SE", "", "972 38 LULEÅ"),
        (Address("", "SE-97238", "Luleå"), "SE", "SE-97238", "Luleå"),
        (Address("", "97238", "Luleå", "Sverige"), "DK", "972 38", "Luleå"),
        (Address("", "10100", "Helsingfors", "Finland"), "SE", "10100", "Helsingfors"),
        (Address("", "10115", "Berlin", "Tyskland"), "SE", "10115", "Berlin"),
        (Address("", "10100", "Helsinki"), "FI", "10100", "Helsinki"),
        (Address("", "972381", "Luleå"), "SE", "972381", "Luleå"),
        (Address("97238 gatan"), "SE", "", ""),
    ],
)
def test_swedish_postcode_of_bare_digits_is_shown_in_two_groups(
    address: Address, country: Country, postcode: str, city: str
) -> None:
    assert grouped_address(address, country) == replace(address, postcode=postcode, city=city)
