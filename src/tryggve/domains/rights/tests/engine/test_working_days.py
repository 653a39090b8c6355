"""The calendars of public holidays, held against those of the package holidays and against the law's own words."""

from datetime import date, timedelta

import holidays
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tryggve.domains.rights.engine.calendars.easter import easter_sunday
from tryggve.domains.rights.engine.calendars.working_days import countries, working_days

_FIRST, _LAST = date(1990, 1, 1), date(2100, 12, 31)
_DAYS = [_FIRST + timedelta(days=number) for number in range((_LAST - _FIRST).days + 1)]

_THEIRS = {
    "SE": holidays.country_holidays("SE", categories=("public", "de_facto")),
    "DK": holidays.country_holidays("DK", categories=("public",)),
    "FI": holidays.country_holidays("FI", categories=("public",)),
    "NO": holidays.country_holidays("NO", categories=("public",)),
}
# On these we differ from the package on purpose; the country's file tells why.
_OTHERWISE = {"FI": {(12, 24)}}

# Easter Sunday as almanacs have it: the earliest and the latest there are, a century's turn, and ours.
EASTERS = {
    date(1818, 3, 22), date(1943, 4, 25), date(2000, 4, 23), date(2008, 3, 23), date(2011, 4, 24), date(2019, 4, 21),
    date(2024, 3, 31), date(2025, 4, 20), date(2026, 4, 5), date(2027, 3, 28), date(2038, 4, 25), date(2100, 3, 28),
}  # fmt: skip

# Days that many have off, but by no law that counts here.
AT_WORK = {
    ("DK", date(2026, 6, 5)),
    ("DK", date(2026, 12, 24)),
    ("DK", date(2026, 12, 31)),
    ("DK", date(2026, 5, 1)),
    ("SE", date(2026, 5, 25)),
    ("SE", date(2026, 4, 2)),
    ("SE", date(2026, 4, 30)),
    ("FI", date(2026, 12, 24)),
    ("FI", date(2026, 12, 31)),
    ("FI", date(2026, 4, 2)),
    ("FI", date(2026, 5, 25)),
    ("NO", date(2026, 12, 24)),
    ("NO", date(2026, 12, 31)),
    ("NO", date(2026, 6, 5)),
    ("NO", date(2026, 1, 6)),
}
AT_HOME = {
    ("SE", date(2026, 6, 19)),
    ("SE", date(2026, 12, 24)),
    ("SE", date(2026, 12, 31)),
    ("SE", date(2004, 5, 31)),  # Whit Monday, the last one
    ("SE", date(2005, 6, 6)),  # the national day, the first one
    ("DK", date(2023, 5, 5)),
    ("DK", date(2026, 4, 2)),
    ("FI", date(2026, 6, 19)),
    ("FI", date(2027, 12, 6)),
    ("FI", date(2026, 1, 6)),
    ("FI", date(1991, 5, 9)),  # Ascension Day, a Thursday again for the first time
    ("NO", date(2027, 5, 17)),
    ("NO", date(2026, 5, 1)),
    ("NO", date(2026, 4, 2)),
    ("NO", date(2026, 5, 25)),
}


@pytest.mark.parametrize("sunday", sorted(EASTERS), ids=str)
def test_easter_falls_as_in_the_almanac(sunday: date) -> None:
    assert easter_sunday(sunday.year) == sunday


@given(st.integers(1583, 9900))
def test_easter_is_a_sunday_between_22_march_and_25_april(year: int) -> None:
    sunday = easter_sunday(year)
    assert (sunday.year, sunday.weekday()) == (year, 6)
    assert date(year, 3, 22) <= sunday <= date(year, 4, 25)


@pytest.mark.parametrize("country", countries())
def test_every_day_of_a_century_is_as_the_package_says(country: str) -> None:
    ours, theirs = working_days(country), _THEIRS[country]
    wrong = [day for day in _DAYS if ours.includes(day) == (day.weekday() >= 5 or day in theirs)]
    assert {(day.month, day.day) for day in wrong} == _OTHERWISE.get(country, set())


@pytest.mark.parametrize(("country", "day"), sorted(AT_WORK))
def test_day_that_is_no_holiday_by_law_is_a_working_day(country: str, day: date) -> None:
    assert working_days(country).includes(day)


@pytest.mark.parametrize(("country", "day"), sorted(AT_HOME))
def test_holiday_is_no_working_day(country: str, day: date) -> None:
    assert not working_days(country).includes(day)


def test_calendars_are_those_of_four_countries() -> None:
    assert countries() == ["DK", "FI", "NO", "SE"]
