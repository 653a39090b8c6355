from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st
from stdnum.fi import hetu

from tryggve.domains.datamap.engine.kinds import Confidence, Kind
from tryggve.domains.datamap.engine.numbers import finnish
from tryggve.domains.datamap.tests.engine.looking import TODAY, called, called_other, look

HETU = Kind.FI_HETU
LOW, MEDIUM, HIGH = Confidence.LOW, Confidence.MEDIUM, Confidence.HIGH
_CONTROLS = "0123456789ABCDEFHJKLMNPRSTUVWXY"
_SIGNS = {1800: "+", 1900: "-UVWXY", 2000: "ABCDEF"}
WITH_LETTER, OF_DIGITS = "131052-308T", "131052-3140"


def code_of(born: date, individual: int, sign: str) -> str:
    return f"{born:%d%m%y}{sign}{individual:03}{_CONTROLS[int(f'{born:%d%m%y}{individual:03}') % 31]}"


@given(st.dates(date(1850, 1, 1), date(2019, 12, 31)), st.integers(2, 899), st.data())
def test_a_code_of_any_century_and_sign_is_found(born: date, individual: int, data: st.DataObject) -> None:
    code = code_of(born, individual, data.draw(st.sampled_from(_SIGNS[born.year // 100 * 100])))
    assert hetu.is_valid(code)
    for written in (code, code.lower()):
        assert [found[:2] for found in look(finnish.find, f"Asiakas {written}, uusi")] == [(HETU, written)]


@given(
    st.text("0123456789", min_size=6, max_size=6),
    st.sampled_from("-+AFBYGZT"),
    st.from_regex("[0-9]{3}[0-9A-Z]", fullmatch=True),
)
def test_what_the_oracle_refuses_is_none(six: str, sign: str, rest: str) -> None:
    is_to_come = sign in "ABCDEF" and six[4:6] > "25"
    wanted = hetu.is_valid(six + sign + rest) and not is_to_come
    assert bool(look(finnish.find, six + sign + rest)) is wanted


@given(st.integers(0, 9), st.sampled_from([place for place in range(11) if place != 6]))
def test_one_wrong_digit_is_no_code(digit: int, place: int) -> None:
    wrong = f"{WITH_LETTER[:place]}{digit}{WITH_LETTER[place + 1 :]}"
    assert bool(look(finnish.find, wrong)) is (wrong == WITH_LETTER)


@pytest.mark.parametrize("sign", [*"GHTZ/ .", "--"])
def test_signs_of_no_century_are_none(sign: str) -> None:
    assert look(finnish.find, code_of(date(1952, 10, 13), 308, sign), called(HETU)) == []


@pytest.mark.parametrize("individual", [0, 1])
def test_codes_of_nobody_are_none(individual: int) -> None:
    assert look(finnish.find, code_of(date(1952, 10, 13), individual, "-"), called(HETU)) == []


@pytest.mark.parametrize("individual", [900, 999])
def test_codes_that_are_given_for_a_while_are_somebodys_too(individual: int) -> None:
    assert look(finnish.find, code_of(date(1952, 10, 13), individual, "-"), called(HETU))


def test_nobody_is_born_tomorrow() -> None:
    assert look(finnish.find, code_of(TODAY, 308, "A"))
    assert look(finnish.find, code_of(TODAY + timedelta(1), 308, "A")) == []


def test_letters_make_a_code_sure() -> None:
    assert look(finnish.find, WITH_LETTER)[0][2] == HIGH
    assert look(finnish.find, code_of(date(2010, 10, 13), 309, "A"))[0][2] == HIGH
    assert look(finnish.find, WITH_LETTER, called_other(HETU))[0][2] == MEDIUM


def test_digits_alone_are_sure_where_the_text_calls_them_so() -> None:
    assert hetu.is_valid(OF_DIGITS)
    assert look(finnish.find, OF_DIGITS) == [(HETU, OF_DIGITS, LOW)]
    assert look(finnish.find, OF_DIGITS, called(HETU)) == [(HETU, OF_DIGITS, HIGH)]


def test_digits_alone_are_surer_beside_codes_with_letters() -> None:
    assert (HETU, OF_DIGITS, MEDIUM) in look(finnish.find, f"{WITH_LETTER};{OF_DIGITS}")
    # Most that looks like a code is a number of another country here.
    assert (HETU, OF_DIGITS, LOW) in look(finnish.find, f"{WITH_LETTER};{OF_DIGITS};070761-4285")


@pytest.mark.parametrize(
    "written",
    [
        f"x{WITH_LETTER}",
        f"{WITH_LETTER}x",
        f"{WITH_LETTER}1",
        f"{OF_DIGITS}1",
        f"1-{WITH_LETTER}",
        f"{OF_DIGITS}-1",
        f"{WITH_LETTER}ä",
    ],
)
def test_part_of_something_longer_is_no_code(written: str) -> None:
    assert look(finnish.find, written) == []


def test_a_code_at_both_ends_of_a_text_and_in_quotes_is_found() -> None:
    assert len(look(finnish.find, f"{WITH_LETTER} ”{WITH_LETTER}” {WITH_LETTER}")) == 3
