from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st
from stdnum.exceptions import ValidationError
from stdnum.no import fodselsnummer, mva, orgnr

from tryggve.domains.datamap.engine.kinds import Confidence, Kind
from tryggve.domains.datamap.engine.numbers import norwegian
from tryggve.domains.datamap.tests.engine.looking import (
    TODAY,
    called,
    called_other,
    digits_of,
    look,
    random_digits,
)

FNR, ORG = Kind.NO_FNR, Kind.NO_ORGNR
NONE, LOW, MEDIUM, HIGH = Confidence
NEW_RULE = date(2032, 1, 1)
BIRTHS = st.dates(date(1940, 1, 1), date(2019, 12, 31))
_FIRST = (3, 7, 6, 1, 8, 9, 4, 5, 2)
_SECOND = (5, 4, 3, 2, 7, 6, 5, 4, 3, 2)


def number_of(nine: str, left_over: int = 0) -> str | None:
    """With both control digits; None where one would be ten. ``left_over``: what the first leaves."""
    first = (left_over - _sum(nine, _FIRST)) % 11
    if first == 10:
        return None
    second = -_sum(f"{nine}{first}", _SECOND) % 11
    return None if second == 10 else f"{nine}{first}{second}"


def _sum(digits: str, weights: tuple[int, ...]) -> int:
    return sum(int(digit) * weight for digit, weight in zip(digits, weights, strict=True))


def born(on: date, serial: int, *, day: int = 0, month: int = 0) -> str:
    individual = serial % 500 + 500 * (on.year >= 2000)
    return f"{on.day + day:02}{on.month + month:02}{on:%y}{individual:03}"


@given(BIRTHS, st.integers(0, 499), st.sampled_from([(0, 0), (40, 0), (0, 40)]))
def test_birth_d_and_h_numbers_are_found_and_sure(on: date, serial: int, added: tuple[int, int]) -> None:
    number = number_of(born(on, serial, day=added[0], month=added[1]))
    assume(number)
    assert number
    assert fodselsnummer.is_valid(number)
    for written in (number, f"{number[:6]} {number[6:]}", f"{number[:6]}-{number[6:]}"):
        assert look(norwegian.find_persons, f"Kari, {written}.") == [(FNR, written, HIGH)]


@given(st.integers(80_000_0000, 99_999_9999))
def test_numbers_that_hospitals_share_hold_no_date(nine: int) -> None:
    number = number_of(str(nine))
    assume(number)
    assert number
    assert look(norwegian.find_persons, number) == [(FNR, number, LOW)]
    assert look(norwegian.find_persons, f"{number[:6]} {number[6:]}")[0][2] == MEDIUM
    assert look(norwegian.find_persons, number, called(FNR)) == [(FNR, number, HIGH)]


@given(BIRTHS, st.integers(0, 499), st.integers(0, 10), st.integers(1, 9))
def test_one_wrong_digit_is_no_number(on: date, serial: int, place: int, more: int) -> None:
    number = number_of(born(on, serial))
    assume(number)
    wrong = f"{number[:place]}{(int(number[place]) + more) % 10}{number[place + 1 :]}"  # type: ignore[index]
    assert look(norwegian.find_persons, wrong) == []


@given(st.text("0123456789", min_size=9, max_size=9))
def test_a_person_agrees_with_the_oracle(nine: str) -> None:
    number = number_of(nine)
    assume(number and nine[0] < "8" and nine[2] not in "23")
    assert number
    try:
        is_one = fodselsnummer.get_birth_date(number).year > TODAY.year - 126 and fodselsnummer.is_valid(
            number
        )
    except ValidationError:
        is_one = False
    # The oracle takes a day and a month that both have forty added.
    assert norwegian.is_person(digits_of(number), on=datetime.now(UTC).date()).tolist() == [
        is_one and not (nine[0] > "3" and nine[2] > "3")
    ]


@pytest.mark.parametrize("left_over", [1, 2, 3])
def test_by_the_new_rule_the_first_control_digit_may_leave_up_to_three(left_over: int) -> None:
    number = next(
        filter(None, (number_of(born(date(1990, 5, 17), serial), left_over) for serial in range(500)))
    )
    assert look(norwegian.find_persons, number, on=NEW_RULE - timedelta(1)) == []
    assert look(norwegian.find_persons, number, on=NEW_RULE) == [(FNR, number, LOW)]
    assert look(norwegian.find_persons, f"{number[:6]} {number[6:]}", on=NEW_RULE)[0][2] == MEDIUM
    assert look(norwegian.find_persons, number, called(FNR), on=NEW_RULE) == [(FNR, number, HIGH)]


def test_by_no_rule_it_may_leave_four() -> None:
    number = next(filter(None, (number_of(born(date(1990, 5, 17), serial), 4) for serial in range(500))))
    assert look(norwegian.find_persons, number, called(FNR), on=NEW_RULE) == []


def test_by_the_new_rule_no_century_is_told() -> None:
    number = next(filter(None, map(number_of, (f"170590{serial}" for serial in range(600, 700)))))
    assert look(norwegian.find_persons, number) == []  # of 1890 by the old
    assert look(norwegian.find_persons, number, on=NEW_RULE) == [(FNR, number, HIGH)]


def test_nobody_is_born_tomorrow() -> None:
    for day, is_one in ((TODAY, True), (TODAY + timedelta(1), False)):
        number = next(filter(None, (number_of(born(day, serial)) for serial in range(500))))
        assert bool(look(norwegian.find_persons, number)) is is_one


@pytest.mark.parametrize(
    ("between", "sure", "sure_if_said"),
    [
        (" ", HIGH, HIGH),
        ("-", HIGH, HIGH),
        (" - ", HIGH, HIGH),
        ("\n", NONE, HIGH),
        ("\t", NONE, HIGH),
        ("+", NONE, NONE),
    ],
)
def test_confidence_is_that_of_the_writing(between: str, sure: Confidence, sure_if_said: Confidence) -> None:
    written = f"151086{between}95088"
    assert [found[2] for found in look(norwegian.find_persons, written)] == ([sure] if sure else [])
    said = look(norwegian.find_persons, written, called(FNR))
    assert [found[2] for found in said] == ([sure_if_said] if sure_if_said else [])


def test_three_groups_are_one_number() -> None:
    assert look(norwegian.find_persons, "151086 950 88") == [(FNR, "151086 950 88", HIGH)]


def test_what_is_called_something_else_is_less_sure() -> None:
    assert look(norwegian.find_persons, "15108695088", called_other(FNR)) == [(FNR, "15108695088", MEDIUM)]


def test_a_zero_that_a_spreadsheet_took_is_put_back_where_the_column_says_so() -> None:
    number = next(filter(None, (number_of(born(date(1990, 5, 7), serial)) for serial in range(500))))
    short = number[1:]
    assert look(norwegian.find_persons, short) == []
    assert look(norwegian.find_persons, short, called(FNR)) == [(FNR, short, HIGH)]


@pytest.mark.parametrize(
    "written", ["x15108695088", "151086950881", "15108695088-1", "+15108695088", "1.15108695088"]
)
def test_part_of_something_longer_is_no_number(written: str) -> None:
    assert look(norwegian.find_persons, written, called(FNR)) == []


@given(st.text("0123456789", min_size=9, max_size=9))
def test_an_organisation_agrees_with_the_oracle(nine: str) -> None:
    assert norwegian.is_organisation(digits_of(nine)).tolist() == [orgnr.is_valid(nine)]


@pytest.mark.parametrize("written", ["988077917", "988 077 917", "988.077.917"])
def test_an_organisations_number_counts_where_it_is_called_so(written: str) -> None:
    assert look(norwegian.find_organisations, written) == []
    assert look(norwegian.find_organisations, written, called(ORG)) == [(ORG, written, HIGH)]


@pytest.mark.parametrize(
    ("written", "sure"),
    [
        ("988077917MVA", HIGH),
        ("988077917 MVA", HIGH),
        ("988 077 917 mva", HIGH),
        ("NO 988 077 917 MVA", HIGH),
        ("NO988077917MVA", HIGH),
        ("NO988077917", MEDIUM),
    ],
)
def test_letters_round_an_organisations_number_tell_it(written: str, sure: Confidence) -> None:
    assert orgnr.is_valid(mva.compact(written)[:9])
    assert look(norwegian.find_organisations, f"Fra {written}, takk") == [(ORG, written, sure)]


@pytest.mark.parametrize(
    "written",
    [
        "988077916MVA",
        "988077917MVAX",
        "1988077917MVA",
        "X988077917",
        "SNO988077917",
        "988077917xMVA",
        "988077917 MVAX",
        "X988077917MVA",
        "NO 988077917",
    ],
)
def test_what_is_no_organisations_number_is_none(written: str) -> None:
    assert look(norwegian.find_organisations, written) == []


def test_few_random_numbers_are_somebodys() -> None:
    digits = random_digits(300_000, 11)
    by_old = norwegian.is_person(digits, on=TODAY).mean()
    by_new = norwegian.is_person(digits, on=NEW_RULE).mean()
    assert 0.001 < by_old < 0.003  # nine in ten of them hospitals', which hold no date
    assert by_old * 3 < by_new < by_old * 6
