from typing import get_args

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tryggve.domains.customers.engine.values.number_shapes import (
    date_of_serial,
    is_spoilt,
    whole_number,
    whole_phone,
    whole_postcode,
)
from tryggve.domains.customers.engine.values.phones import Country, phone_key

_COUNTRIES = get_args(Country)


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("11122.0", "11122"),
        ("11122,00", "11122"),
        ("4.6701740605E+10", "46701740605"),
        ("4,6701740605e10", "46701740605"),
        ("11122.5", "11122.5"),
        ("070.174.06.05", "070.174.06.05"),
        ("4.67012E+10", "4.67012E+10"),
        ("Anna", "Anna"),
    ],
)
def test_number_without_decimals_and_exact_power_of_ten_are_whole_again(text: str, number: str) -> None:
    assert whole_number(text) == number


@pytest.mark.parametrize("text", ["4.67012E+10", "4,67012E+10", "7E+08", "4.67012e10", "####", "##########"])
def test_rounded_number_and_too_narrow_column_are_spoilt(text: str) -> None:
    assert is_spoilt(text)


@pytest.mark.parametrize("text", ["4.6701740605E+10", "0701740605", "#", "E+10", "", "4.67012E+10 Anna"])
def test_what_keeps_its_digits_is_not_spoilt(text: str) -> None:
    assert not is_spoilt(text)


@pytest.mark.parametrize(
    ("phone", "country", "whole"),
    [
        ("701740605", "SE", "0701740605"),
        ("846500400", "SE", "0846500400"),
        ("701 740 605", "SE", "0701740605"),
        ("46701740605", "SE", "+46701740605"),
        ("4631123456", "SE", "+4631123456"),
        ("4520123456", "DK", "+4520123456"),
        ("4722123456", "NO", "+4722123456"),
        ("358401234567", "FI", "+358401234567"),
        ("401234567", "FI", "0401234567"),
        ("501234567", "FI", "0501234567"),
        # nothing is lost, or nobody can tell
        ("0701740605", "SE", "0701740605"),
        ("+46701740605", "SE", "+46701740605"),
        ("70-174 06 05", "SE", "70-174 06 05"),
        ("31123456", "SE", "31123456"),
        ("20123456", "DK", "20123456"),
        ("701740605", "DK", "701740605"),
        ("91234567", "FI", "91234567"),
    ],
)
def test_zero_or_plus_that_a_spreadsheet_took_is_put_back(phone: str, country: Country, whole: str) -> None:
    assert whole_phone(phone, country, others_have_zero=False) == whole


@pytest.mark.parametrize(
    ("phone", "country", "whole"),
    [
        ("31123456", "SE", "031123456"),
        ("8123456", "SE", "08123456"),
        ("123456", "SE", "123456"),
        ("91234567", "FI", "091234567"),
        ("20123456", "DK", "20123456"),
        ("22123456", "NO", "22123456"),
    ],
)
def test_where_lengths_leave_a_doubt_the_other_numbers_decide(
    phone: str, country: Country, whole: str
) -> None:
    assert whole_phone(phone, country, others_have_zero=True) == whole


@given(st.text("0123456789 +-", max_size=14), st.sampled_from(_COUNTRIES), st.booleans())
def test_number_is_compared_by_the_same_key_as_before(phone: str, country: Country, others: bool) -> None:
    whole = whole_phone(phone, country, others_have_zero=others)
    assert phone_key(whole, country) == phone_key(phone, country)
    assert whole_phone(whole, country, others_have_zero=others) == whole


@pytest.mark.parametrize(
    ("postcode", "country", "stated", "whole"),
    [
        ("800", "DK", "", "0800"),
        ("150", "NO", "", "0150"),
        ("10", "NO", "", "0010"),
        ("100", "FI", "", "00100"),
        ("1300", "FI", "", "01300"),
        ("11122.0", "SE", "", "11122"),
        ("1,1122E+04", "SE", "", "11122"),
        ("1122", "SE", "", "1122"),
        ("150", "SE", "Norge", "0150"),
        ("150", "NO", "Sverige", "150"),
        ("100", "NO", "Tyskland", "100"),
        ("700", "DK", "", "700"),
        ("111 22", "SE", "", "111 22"),
        ("", "NO", "", ""),
    ],
)
def test_postcode_gets_the_zeros_of_its_country_back(
    postcode: str, country: Country, stated: str, whole: str
) -> None:
    assert whole_postcode(postcode, country, stated=stated) == whole


@given(st.text("0123456789 .,-SE", max_size=8), st.sampled_from(_COUNTRIES))
def test_whole_postcode_stays_as_it_is(postcode: str, country: Country) -> None:
    whole = whole_postcode(postcode, country)
    assert whole_postcode(whole, country) == whole


@pytest.mark.parametrize(
    ("serial", "date"),
    [
        ("45000", "2023-03-15"),
        ("45000.0", "2023-03-15"),
        ("10000", "1927-05-18"),
        ("73415", "2100-12-31"),
        ("9999", None),
        ("73416", None),
        ("1985", None),
        ("45000.5", None),
        ("2023-03-15", None),
    ],
)
def test_day_number_of_a_spreadsheet_is_a_date(serial: str, date: str | None) -> None:
    assert date_of_serial(serial) == date


@given(st.text(max_size=12))
def test_any_text_is_left_or_mended_and_never_breaks(text: str) -> None:
    for country in _COUNTRIES:
        whole_phone(text, country, others_have_zero=True)
        whole_postcode(text, country, stated=text)
    assert is_spoilt(text) in (True, False)
    assert date_of_serial(text) is None or len(whole_number(text)) == 5
