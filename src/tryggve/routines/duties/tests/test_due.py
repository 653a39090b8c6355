"""The days of a turn, by the calendar."""

from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tryggve.privacy.retention import Period
from tryggve.routines.duties import due
from tryggve.routines.duties.catalogue import Doer, Duty, duties
from tryggve.routines.duties.due import Days

MONTHLY, QUARTERLY, YEARLY = Period(months=1), Period(months=3), Period(months=12)
DAY = timedelta(days=1)

days_of_years = st.dates(date(2020, 1, 1), date(2120, 12, 31))
recurring = st.sampled_from([duty for duty in duties().values() if duty.every])


def _duty(every: Period | None, **more: object) -> Duty:
    return Duty("made-up", ("GOV-01",), every, Doer.CAPTAIN, 5, **more)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("every", "done_on", "expected"),
    [
        (MONTHLY, date(2026, 1, 31), date(2026, 2, 28)),
        (MONTHLY, date(2028, 1, 31), date(2028, 2, 29)),
        (MONTHLY, date(2026, 2, 28), date(2026, 3, 28)),
        (QUARTERLY, date(2026, 11, 30), date(2027, 2, 28)),
        (YEARLY, date(2028, 2, 29), date(2029, 2, 28)),
        (YEARLY, date(2026, 12, 31), date(2027, 12, 31)),
        (Period(days=14), date(2026, 12, 24), date(2027, 1, 7)),
        (Period(days=14), date(2028, 2, 20), date(2028, 3, 5)),
    ],
)
def test_next_due_follows_the_calendar(every: Period, done_on: date, expected: date) -> None:
    assert due.next_due(_duty(every), done_on=done_on) == expected


def test_next_due_of_what_an_event_calls_for_is_never() -> None:
    assert due.next_due(_duty(None), done_on=date(2026, 3, 2)) is None


@settings(deadline=None)
@given(duty=recurring, done_on=days_of_years, later=st.integers(0, 400))
def test_later_done_is_never_sooner_due(duty: Duty, done_on: date, later: int) -> None:
    first, then = (due.next_due(duty, done_on=done_on + days * DAY) for days in (0, later))
    assert first is not None
    assert then is not None
    assert done_on < first <= then


@settings(deadline=None)
@given(duty=recurring, due_on=days_of_years)
def test_what_is_put_off_never_skips_a_round(duty: Duty, due_on: date) -> None:
    assert duty.every is not None
    assert due_on < due.latest(duty, due_on) < duty.every.last_day(due_on)
    assert due.latest(duty, due_on) <= due_on + 90 * DAY


def test_yearly_is_put_off_by_90_days_and_fortnightly_by_13() -> None:
    assert due.latest(_duty(YEARLY), date(2026, 3, 2)) == date(2026, 5, 31)
    assert due.latest(_duty(Period(days=14)), date(2026, 3, 2)) == date(2026, 3, 15)
    assert due.latest(_duty(None), date(2026, 3, 2)) == date(2026, 5, 31)


@settings(deadline=None)
@given(duty=recurring, today=days_of_years, ahead=st.integers(0, 40_000), put_off=st.integers(1, 90))
def test_clock_that_ran_ahead_never_keeps_it_away_for_longer_than_a_round(
    duty: Duty, today: date, ahead: int, put_off: int
) -> None:
    assert duty.every is not None
    planned = today + ahead * DAY
    days = due.mended(duty, Days(planned, planned + put_off * DAY), today=today)
    assert days.due_on <= duty.every.last_day(today)
    assert days.until <= due.latest(duty, days.due_on)
    assert due.mended(duty, days, today=today) == days


@settings(deadline=None)
@given(duty=recurring, today=days_of_years, ago=st.integers(0, 4000))
def test_what_is_late_stays_as_late_as_it_is(duty: Duty, today: date, ago: int) -> None:
    days = Days(today - ago * DAY)
    assert due.mended(duty, days, today=today) == days
    assert due.days_late(days, on=today) == ago


def test_late_is_counted_from_the_day_it_was_put_off_to() -> None:
    days = Days(date(2026, 3, 2), date(2026, 3, 9))
    assert [due.days_late(days, on=date(2026, 3, day)) for day in (2, 9, 10, 12)] == [0, 0, 1, 3]


def test_called_draws_nearer_once_and_calls_what_was_put_off() -> None:
    duty = _duty(YEARLY, also={"person-left": 1})
    planned, left_on = Days(date(2026, 9, 1), date(2026, 10, 1)), date(2026, 3, 2)
    called = due.called(duty, planned, event="person-left", happened_on=left_on)
    assert called == Days(date(2026, 3, 3))
    put_off = Days(called.due_on, date(2026, 3, 20))
    assert due.called(duty, put_off, event="person-left", happened_on=left_on) == put_off


def test_due_again_after_a_rest_isnt_late_at_once() -> None:
    duty, today = _duty(MONTHLY), date(2026, 3, 2)
    assert due.due_again(duty, last_done_on=date(2024, 1, 1), today=today) == date(2026, 3, 9)
    assert due.due_again(duty, last_done_on=date(2026, 2, 27), today=today) == date(2026, 3, 27)
    assert due.due_again(duty, last_done_on=date(2031, 1, 1), today=today) == date(2026, 4, 2)
    assert due.due_again(_duty(None), last_done_on=today, today=today) is None


@pytest.mark.parametrize(("rested", "moved"), [(0, 0), (30, 30), (-5, 0)])
def test_resumed_is_as_far_off_as_when_it_was_switched_off(rested: int, moved: int) -> None:
    today = date(2026, 3, 2)
    days = Days(today - 40 * DAY, today + 3 * DAY)
    resumed = due.resumed(days, off_on=today - rested * DAY, today=today)
    assert resumed == Days(days.due_on + moved * DAY, today + (3 + moved) * DAY)
