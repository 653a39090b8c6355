"""Which mail somebody gets on which day."""

from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tryggve.routines.duties.mail_days import Mail, Sent, mail_for, monday_of, sunday_of

MONDAY = date(2026, 3, 2)
DAY = timedelta(days=1)
LONG_AGO = Sent(MONDAY - 60 * DAY, MONDAY - 60 * DAY)


def _of(start: Sent, untils: list[date], days: list[date]) -> list[tuple[date, Mail]]:
    """The mails of those days on which there is somebody who sends them."""
    sent, mails = start, []
    for today in days:
        if about := mail_for(untils, sent=sent, today=today):
            mails.append((today, about))
            sent = Sent(today, today if about is Mail.WEEK else sent.last_week_on)
    return mails


def _week(first: date, weeks: int = 1) -> list[date]:
    return [first + days * DAY for days in range(7 * weeks)]


def test_week_on_monday_and_each_day_that_comes_after() -> None:
    wednesday, friday = MONDAY + 2 * DAY, MONDAY + 4 * DAY
    assert _of(LONG_AGO, [MONDAY, wednesday, wednesday, friday], _week(MONDAY)) == [
        (MONDAY, Mail.WEEK),
        (wednesday, Mail.DUE),
        (friday, Mail.DUE),
    ]


def test_week_without_anything_is_silent() -> None:
    assert _of(LONG_AGO, [MONDAY + 7 * DAY], _week(MONDAY)) == []


def test_what_is_late_is_told_each_monday_and_no_other_day() -> None:
    assert _of(LONG_AGO, [MONDAY - 30 * DAY], _week(MONDAY, weeks=3)) == [
        (MONDAY, Mail.WEEK),
        (MONDAY + 7 * DAY, Mail.WEEK),
        (MONDAY + 14 * DAY, Mail.WEEK),
    ]


def test_missed_monday_is_made_up_for_once() -> None:
    thursday = MONDAY + 3 * DAY
    assert _of(LONG_AGO, [MONDAY, MONDAY + DAY], [thursday, thursday + DAY]) == [(thursday, Mail.WEEK)]


def test_missed_weeks_are_one_mail() -> None:
    sent = Sent(MONDAY - 28 * DAY, MONDAY - 28 * DAY)
    untils = [MONDAY - days * DAY for days in range(1, 21)]
    assert _of(sent, untils, _week(MONDAY)) == [(MONDAY, Mail.WEEK)]


def test_who_came_midweek_hears_of_the_week_next_monday_and_of_a_day_before_it() -> None:
    wednesday = MONDAY + 2 * DAY
    came = Sent(wednesday, wednesday)
    untils = [MONDAY, wednesday + 2 * DAY]
    assert _of(came, untils, _week(wednesday)) == [
        (wednesday + 2 * DAY, Mail.DUE),
        (MONDAY + 7 * DAY, Mail.WEEK),
    ]


def test_what_comes_up_midweek_after_a_silent_monday_is_told_at_once() -> None:
    tuesday = MONDAY + DAY
    assert _of(LONG_AGO, [tuesday + 3 * DAY], [tuesday]) == [(tuesday, Mail.WEEK)]


@pytest.mark.parametrize("ahead", [0, 1, 400])
def test_clock_set_back_sends_nothing_twice(ahead: int) -> None:
    later = MONDAY + ahead * DAY
    assert mail_for([MONDAY], sent=Sent(later, later), today=MONDAY) is None
    assert mail_for([MONDAY], sent=Sent(later, MONDAY - 60 * DAY), today=MONDAY) is None


@settings(deadline=None)
@given(
    untils=st.lists(st.dates(MONDAY - 30 * DAY, MONDAY + 60 * DAY), max_size=8),
    on=st.sets(st.integers(0, 50), max_size=51),
)
def test_never_two_a_day_never_two_of_a_week_and_each_day_is_told(untils: list[date], on: set[int]) -> None:
    days = sorted(MONDAY + day * DAY for day in on)
    mails = _of(LONG_AGO, untils, days)
    assert len({day for day, _about in mails}) == len(mails)
    weeks = [monday_of(day) for day, about in mails if about is Mail.WEEK]
    assert len(set(weeks)) == len(weeks)
    told = {
        until
        for day, about in mails
        for until in untils
        if until <= (sunday_of(day) if about is Mail.WEEK else day)
    }
    assert {until for until in untils if days and until <= days[-1]} <= told
