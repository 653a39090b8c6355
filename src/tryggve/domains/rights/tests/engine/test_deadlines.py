"""The last day to answer, against dates worked out by hand.

GDPR art. 12(3); Regulation (EEC, Euratom) No 1182/71, art. 2(1) and 3; EDPB Guidelines 01/2022, section 5.3. Public
holidays: lag (1989:253) and lag (1930:173) 2 § in Sweden, the national church's in Denmark, lov 24. februar 1995 nr. 12
§ 2 and lov 26. april 1947 nr. 1 in Norway, kyrkolag (652/2023), lag 150/1930 5 § and 388/1937 in Finland.
"""

from datetime import MAXYEAR, date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tryggve.domains.rights.engine.calendars import Deadline, TooFarAway, UnknownCountry, deadline
from tryggve.domains.rights.engine.calendars.working_days import countries, working_days

_ONE, _THREE = "gdpr-12-3-one-month", "gdpr-12-3-three-months"
_COUNTRIES = st.sampled_from(countries())
_DAYS = st.dates(min_value=date(2018, 5, 25), max_value=date(2200, 12, 31))

# Received, due, and what lies at the end of the month. * the last day was moved.
ONE_MONTH = """
SE  2024-03-05  2024-04-05    a Friday; the guidelines' own example, the same date
DK  2024-03-05  2024-04-05
SE  2025-03-05  2025-04-07 *  a Saturday
DK  2025-03-05  2025-04-07 *
SE  2026-03-05  2026-04-07 *  Easter Sunday, then Easter Monday
DK  2026-03-05  2026-04-07 *
SE  2026-08-31  2026-09-30    the guidelines' own example, no 31 September
DK  2026-08-31  2026-09-30
SE  2025-01-31  2025-02-28    no 31 February
SE  2025-01-29  2025-02-28    no 29 February
SE  2025-01-28  2025-02-28
SE  2024-01-31  2024-02-29    a leap year
SE  2024-01-29  2024-02-29
SE  2028-01-30  2028-02-29
SE  2026-01-31  2026-03-02 *  28 February is a Saturday
DK  2026-01-31  2026-03-02 *
SE  2024-02-29  2024-04-02 *  Good Friday to Easter Monday
DK  2024-02-29  2024-04-02 *
SE  2027-02-26  2027-03-30 *  Good Friday
DK  2025-03-18  2025-04-22 *  Good Friday
DK  2026-03-02  2026-04-07 *  Maundy Thursday is a holiday in Denmark
SE  2026-03-02  2026-04-02    and none in Sweden
SE  2026-04-14  2026-05-15 *  Ascension Day, a Thursday
DK  2026-04-14  2026-05-15 *
DK  2026-04-25  2026-05-26 *  Whit Monday is a holiday in Denmark
SE  2026-04-25  2026-05-25    and none in Sweden since 2005
DK  2023-04-05  2023-05-08 *  Great Prayer Day, the last one
DK  2024-03-26  2024-04-26    what was Great Prayer Day
SE  2025-04-01  2025-05-02 *  1 May, a Thursday
DK  2025-04-01  2025-05-01    no public holiday
SE  2026-04-01  2026-05-04 *  1 May, a Friday
DK  2026-05-05  2026-06-05    Constitution Day, a Friday: no public holiday by law
SE  2025-05-06  2025-06-09 *  the national day, a Friday; then a weekend
DK  2025-05-06  2025-06-06
SE  2026-05-18  2026-06-18    the day before Midsummer Eve
SE  2026-05-19  2026-06-22 *  Midsummer Eve
SE  2026-05-20  2026-06-22 *  Midsummer Day
DK  2026-05-19  2026-06-19
SE  2024-05-21  2024-06-24 *  Midsummer Eve, two days later that year
SE  2026-09-30  2026-10-30    the eve of All Saints' Day
SE  2026-10-01  2026-11-02 *  a Sunday
SE  2025-10-01  2025-11-03 *  All Saints' Day, a Saturday
SE  2026-11-23  2026-12-23
SE  2026-11-24  2026-12-28 *  Christmas Eve, two holidays, a Sunday
DK  2026-11-24  2026-12-24    Christmas Eve: no public holiday by law
SE  2026-11-25  2026-12-28 *  Christmas Day
DK  2026-11-25  2026-12-28 *
SE  2026-11-30  2026-12-30
SE  2029-11-30  2030-01-02 *  a Sunday, New Year's Eve, New Year's Day
DK  2029-11-30  2029-12-31 *  a Sunday; New Year's Eve is no public holiday by law
SE  2026-12-01  2027-01-04 *  New Year's Day, a Friday
NO  2024-03-05  2024-04-05
NO  2026-03-02  2026-04-07 *  Maundy Thursday is a holiday in Norway, too
NO  2027-04-17  2027-05-18 *  Constitution Day, Whit Monday that year as well
NO  2029-04-17  2029-05-18 *  Constitution Day, a Thursday
NO  2025-04-01  2025-05-02 *  1 May, a Thursday
NO  2026-11-24  2026-12-24    Christmas Eve: peace in the afternoon alone
NO  2025-12-06  2026-01-06    Epiphany, a Tuesday: no holiday in Norway
FI  2024-03-05  2024-04-05
FI  2025-12-06  2026-01-07 *  Epiphany, a Tuesday
FI  2026-03-02  2026-04-02    Maundy Thursday is none in Finland
FI  2026-05-19  2026-06-22 *  Midsummer Eve
FI  2026-11-06  2026-12-07 *  Independence Day, a Sunday
FI  2027-11-06  2027-12-07 *  Independence Day, a Monday
FI  2026-11-24  2026-12-24    Christmas Eve: not among the days that Finland has told the Union
FI  2026-11-25  2026-12-28 *  Christmas Day
FI  2029-11-30  2029-12-31 *  a Sunday; New Year's Eve is none in Finland
DK  2026-12-01  2027-01-04 *
SE  2026-12-06  2027-01-07 *  Epiphany
DK  2026-12-06  2027-01-06
SE  2025-12-31  2026-02-02 *  a Saturday
SE  2026-02-28  2026-03-30 *  a Saturday before the clocks go forward
SE  2026-09-25  2026-10-26 *  the Sunday when the clocks go back
"""

THREE_MONTHS = """
SE  2026-08-31  2026-11-30    no 31 November
DK  2026-08-31  2026-11-30
SE  2023-11-30  2024-02-29    a leap year
SE  2026-11-30  2027-03-01 *  28 February is a Sunday
DK  2026-11-30  2027-03-01 *
DK  2026-01-02  2026-04-07 *  Maundy Thursday
SE  2026-01-02  2026-04-02
SE  2026-03-19  2026-06-22 *  Midsummer Eve
SE  2026-09-24  2026-12-28 *  Christmas Eve
DK  2026-09-24  2026-12-24
SE  2026-12-31  2027-03-31
SE  2025-01-31  2025-04-30    also where 28 February would have come first
"""


def _cases(table: str) -> list[tuple[str, date, date, bool]]:
    rows = [line.split() for line in table.split("\n") if line]
    return [
        (country, date.fromisoformat(received), date.fromisoformat(due), rest[:1] == ["*"])
        for country, received, due, *rest in rows
    ]


@pytest.mark.parametrize(("country", "received", "due", "moved"), _cases(ONE_MONTH))
def test_answer_within_a_month(country: str, received: date, due: date, moved: bool) -> None:
    assert deadline(received, country=country) == Deadline(due, _ONE, moved)


@pytest.mark.parametrize(("country", "received", "due", "moved"), _cases(THREE_MONTHS))
def test_answer_within_three_months_when_extended(
    country: str, received: date, due: date, moved: bool
) -> None:
    assert deadline(received, country=country, extended=True) == Deadline(due, _THREE, moved)


@given(_DAYS, _COUNTRIES, st.booleans())
def test_due_is_always_a_working_day(received: date, country: str, extended: bool) -> None:
    assert working_days(country).includes(deadline(received, country=country, extended=extended).due)


def _has_come_round(received: date, later: date, months: int) -> bool:
    """Whether so many months are out, said in another way than the rule counts them."""
    passed = (later.year - received.year) * 12 + later.month - received.month
    is_last = (later + timedelta(days=1)).day == 1
    return passed > months or (passed == months and (later.day >= received.day or is_last))


@given(_DAYS, _COUNTRIES, st.booleans())
def test_due_is_never_before_the_period_is_out(received: date, country: str, extended: bool) -> None:
    found = deadline(received, country=country, extended=extended)
    assert _has_come_round(received, found.due, 3 if extended else 1)


@given(_DAYS, _COUNTRIES, st.booleans())
def test_due_is_the_first_working_day_from_the_end(received: date, country: str, extended: bool) -> None:
    """The day before it was either no working day or too early."""
    found = deadline(received, country=country, extended=extended)
    before = found.due - timedelta(days=1)
    was_out = _has_come_round(received, before, 3 if extended else 1)
    assert found.moved == was_out
    assert not (was_out and working_days(country).includes(before))


@given(_DAYS, st.integers(0, 40), _COUNTRIES, st.booleans())
def test_what_comes_later_is_never_due_earlier(
    received: date, days: int, country: str, extended: bool
) -> None:
    later = received + timedelta(days=days)
    first, second = (deadline(day, country=country, extended=extended).due for day in (received, later))
    assert first <= second


@given(_DAYS, _COUNTRIES)
def test_extended_is_later_than_not(received: date, country: str) -> None:
    assert deadline(received, country=country).due < deadline(received, country=country, extended=True).due


def test_country_without_a_calendar_is_refused() -> None:
    with pytest.raises(UnknownCountry):
        deadline(date(2026, 1, 1), country="XX")


def test_end_of_the_calendar_is_refused() -> None:
    with pytest.raises(TooFarAway):
        deadline(date(MAXYEAR, 12, 1), country="SE")
