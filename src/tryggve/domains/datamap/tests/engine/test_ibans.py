import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from stdnum import iban as oracle
from stdnum import numdb

from tryggve.domains.datamap.engine.kinds import Confidence, Kind
from tryggve.domains.datamap.engine.numbers import iban
from tryggve.domains.datamap.engine.numbers.iban_structures import STRUCTURES
from tryggve.domains.datamap.tests.engine.looking import Called, called_other, look

SWEDISH = "SE4550000000058398257466"
WITH_LETTERS = "GB82WEST12345698765432"
_DIGITS, _LETTERS = "0123456789", "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
_SIGNS = {"n": _DIGITS, "a": _LETTERS, "c": _DIGITS + _LETTERS}
# The country, and how its numbers are made, as the oracle has it from the registry: "4!a6!n8!n".
COUNTRIES = {prefix[1]: prefix[3]["bban"] for prefix in numdb.get("iban").prefixes}


@st.composite
def ibans(draw: st.DrawFn) -> str:
    country = draw(st.sampled_from(sorted(COUNTRIES)))
    parts = [
        part.split("!")
        for part in COUNTRIES[country].replace("n", "n ").replace("a", "a ").replace("c", "c ").split()
    ]
    account = "".join(
        draw(st.text(_SIGNS[sign], min_size=int(size), max_size=int(size))) for size, sign in parts
    )
    return country + oracle.calc_check_digits(f"{country}00{account}") + account


def in_fours(number: str, separator: str = " ") -> str:
    return separator.join(number[place : place + 4] for place in range(0, len(number), 4))


def test_all_countries_of_the_registry_are_known() -> None:
    size = dict.fromkeys(COUNTRIES, 0)
    for country, structure in COUNTRIES.items():
        size[country] = 4 + sum(
            int(part[:-2] or 0)
            for part in structure.replace("!n", "!n ").replace("!a", "!a ").replace("!c", "!c ").split()
        )
    places = {country: 26 * (ord(country[0]) - 65) + ord(country[1]) - 65 for country in COUNTRIES}
    assert {country: int(STRUCTURES.size[place]) for country, place in places.items()} == size
    assert np.count_nonzero(STRUCTURES.size) == len(COUNTRIES)


@given(ibans())
def test_a_number_of_any_country_is_found_in_every_writing(number: str) -> None:
    assert oracle.is_valid(number, check_country=False)
    for written in (number, in_fours(number), in_fours(number, "-"), in_fours(number, "\n"), number.lower()):
        found = look(iban.find, f"Konto {written}, tack")
        assert (Kind.IBAN, written, Confidence.HIGH) in found


@given(ibans(), st.data())
def test_one_wrong_digit_is_no_number(number: str, data: st.DataObject) -> None:
    places = [place for place, sign in enumerate(number) if sign.isdigit()]
    place = data.draw(st.sampled_from(places))
    digit = data.draw(st.sampled_from([digit for digit in _DIGITS if digit != number[place]]))
    assert look(iban.find, number[:place] + digit + number[place + 1 :]) == []


@given(ibans(), st.data())
def test_what_the_oracle_refuses_is_none(number: str, data: st.DataObject) -> None:
    place = data.draw(st.integers(4, len(number) - 1))  # the oracle takes letters for control digits
    changed = number[:place] + data.draw(st.sampled_from(_DIGITS + _LETTERS)) + number[place + 1 :]
    assert bool(look(iban.find, changed)) is oracle.is_valid(changed, check_country=False)


@pytest.mark.parametrize(
    "written",
    [
        f"x{SWEDISH}",
        f"1{SWEDISH}",
        f"{SWEDISH}1",
        f"{SWEDISH}x",
        f"{SWEDISH}å",
        f"å{SWEDISH}",
        f"{WITH_LETTERS}x",
        f"x{WITH_LETTERS}",
        SWEDISH[:-1],
        WITH_LETTERS[:-1],
        f"XX{SWEDISH[2:]}",
        f"{SWEDISH[:8]}  {SWEDISH[8:]}",
        f"{SWEDISH[:8]};{SWEDISH[8:]}",
        SWEDISH[2:],
    ],
)
def test_what_is_none_or_part_of_something_longer_is_not_found(written: str) -> None:
    assert look(iban.find, written) == []


@pytest.mark.parametrize("around", ["{}", "”{}”", "IBAN:{}", "({})", "{}.", "{} 1234", "{} x", "a-{}"])
def test_a_number_between_other_signs_is_found(around: str) -> None:
    for number in (SWEDISH, in_fours(SWEDISH), WITH_LETTERS, in_fours(WITH_LETTERS)):
        assert look(iban.find, around.format(number)) == [(Kind.IBAN, number, Confidence.HIGH)]


@pytest.mark.parametrize("end", ["\n", "\t"])
def test_a_line_or_a_cell_may_end_inside(end: str) -> None:
    number = end.join((SWEDISH[:12], SWEDISH[12:]))
    assert look(iban.find, number) == [(Kind.IBAN, number, Confidence.HIGH)]


def test_letters_where_a_country_has_digits_are_none() -> None:
    account = "50000000058398257A66"
    number = f"SE{oracle.calc_check_digits(f'SE00{account}')}{account}"
    assert look(iban.find, number) == []


def test_several_are_found_each_at_its_place() -> None:
    text = f"{SWEDISH};{in_fours(WITH_LETTERS)};{SWEDISH}"
    assert sorted(found[1] for found in look(iban.find, text)) == sorted(text.split(";"))


def test_what_is_called_something_else_is_less_sure() -> None:
    assert look(iban.find, SWEDISH, called_other(Kind.IBAN))[0][2] == Confidence.MEDIUM
    assert look(iban.find, SWEDISH, Called({}))[0][2] == Confidence.HIGH
