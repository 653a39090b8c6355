from datetime import date

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from stdnum import luhn as oracle

from tryggve.domains.datamap.engine import arithmetic
from tryggve.domains.datamap.tests.engine.looking import digits_of

SAME_SIZE = st.integers(2, 28).flatmap(
    lambda size: st.lists(st.text("0123456789", min_size=size, max_size=size), min_size=1, max_size=20)
)


@given(SAME_SIZE)
def test_luhn_agrees_with_the_oracle(numbers: list[str]) -> None:
    assert arithmetic.luhn(digits_of(*numbers)).tolist() == [oracle.is_valid(number) for number in numbers]


@given(st.text("0123456789", min_size=1, max_size=27))
def test_luhn_holds_with_the_digit_that_the_oracle_gives(number: str) -> None:
    whole = number + oracle.calc_check_digit(number)
    assert arithmetic.luhn(digits_of(whole)).tolist() == [True]


def test_luhn_of_the_largest_sum_is_right() -> None:
    assert arithmetic.luhn(digits_of("9" * 28)).tolist() == [oracle.is_valid("9" * 28)]


def test_luhn_of_more_digits_than_fit_is_refused() -> None:
    with pytest.raises(ValueError, match="more digits"):
        arithmetic.luhn(digits_of("9" * 29))


def test_luhn_of_no_numbers_is_empty() -> None:
    assert len(arithmetic.luhn(np.empty((0, 10), np.uint8))) == 0


@given(SAME_SIZE, st.data())
def test_remainder_is_that_of_the_weighted_sum(numbers: list[str], data: st.DataObject) -> None:
    size = len(numbers[0])
    weights = data.draw(st.lists(st.integers(0, 96), min_size=size, max_size=size))
    by = data.draw(st.sampled_from([11, 97]))
    sums = [
        sum(int(digit) * weight for digit, weight in zip(number, weights, strict=True)) for number in numbers
    ]
    assert arithmetic.remainder(digits_of(*numbers), weights, by).tolist() == [total % by for total in sums]


@given(st.text("0123456789", min_size=1, max_size=9))
def test_number_is_the_value(number: str) -> None:
    assert arithmetic.number(digits_of(number)).tolist() == [int(number)]


def test_number_of_more_digits_than_fit_is_refused() -> None:
    with pytest.raises(ValueError, match="more digits"):
        arithmetic.number(digits_of("1234567890"))


@given(
    st.lists(st.tuples(st.integers(1, 2100), st.integers(0, 99), st.integers(0, 99)), min_size=1, max_size=20)
)
def test_is_day_agrees_with_the_calendar(days: list[tuple[int, int, int]]) -> None:
    year, month, day = np.array(days, np.uint32).T
    assert arithmetic.is_day(year, month, day).tolist() == [_exists(*one) for one in days]


@pytest.mark.parametrize(("year", "is_leap"), [(1900, False), (2000, True), (2023, False), (2024, True)])
def test_the_29th_of_february_is_a_day_in_leap_years(year: int, is_leap: bool) -> None:
    columns = (np.array([value], np.uint32) for value in (year, 2, 29))
    assert arithmetic.is_day(*columns).tolist() == [is_leap]


def _exists(year: int, month: int, day: int) -> bool:
    try:
        date(year, month, day)
    except ValueError:
        return False
    return True
