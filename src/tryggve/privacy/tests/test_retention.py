from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tryggve.privacy.retention import LegalBasis, NegativePeriod, Period, RetentionRule

DAYS = st.dates(min_value=date(1900, 1, 1), max_value=date(2200, 1, 1))


@pytest.mark.parametrize(
    ("begun_on", "period", "last_day"),
    [
        (date(2026, 3, 2), Period(), date(2026, 3, 2)),
        (date(2026, 3, 2), Period(days=30), date(2026, 4, 1)),
        (date(2026, 3, 2), Period(months=1), date(2026, 4, 2)),
        (date(2026, 12, 31), Period(months=1), date(2027, 1, 31)),
        (date(2026, 1, 31), Period(months=1), date(2026, 2, 28)),
        (date(2024, 2, 29), Period(years=1), date(2025, 2, 28)),
        (date(2024, 2, 29), Period(years=4), date(2028, 2, 29)),
        (date(2026, 8, 31), Period(years=1, months=6, days=1), date(2028, 3, 1)),
    ],
)
def test_last_day_is_the_day_of_the_same_number_or_the_months_last(
    begun_on: date, period: Period, last_day: date
) -> None:
    assert period.last_day(begun_on) == last_day


@given(DAYS, st.integers(0, 50), st.integers(0, 50))
def test_years_are_twelve_months(begun_on: date, years: int, months: int) -> None:
    assert Period(years=years, months=months).last_day(begun_on) == Period(
        months=12 * years + months
    ).last_day(begun_on)


@given(DAYS, DAYS, st.integers(0, 99), st.integers(0, 99))
def test_later_event_never_ends_earlier(one: date, other: date, months: int, days: int) -> None:
    period = Period(months=months, days=days)
    assert (period.last_day(min(one, other)) <= period.last_day(max(one, other))) is True


@pytest.mark.parametrize("unit", ["years", "months", "days"])
def test_negative_period_is_refused(unit: str) -> None:
    with pytest.raises(NegativePeriod):
        Period(**{unit: -1})


@pytest.mark.parametrize(
    ("period", "written"),
    [
        (Period(), "P0D"),
        (Period(days=30), "P30D"),
        (Period(years=7), "P7Y"),
        (Period(1, 6, 2), "P1Y6M2D"),
    ],
)
def test_period_is_written_as_iso_8601(period: Period, written: str) -> None:
    assert str(period) == written


def test_is_due_the_day_after_the_last_and_never_before_the_event() -> None:
    rule = RetentionRule("the order is delivered", Period(months=1), LegalBasis.CONTRACT)
    delivered, last = date(2026, 1, 31), date(2026, 2, 28)

    assert not rule.is_due(delivered, today=last)
    assert rule.is_due(delivered, today=last + timedelta(days=1))
    assert not rule.is_due(None, today=date.max)
