"""Whether the calendar is kept."""

from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests.cast import NOW
from tryggve.accounts.models import User
from tryggve.routines.duties.models import Turn
from tryggve.routines.duties.selectors import tasks
from tryggve.routines.duties.selectors.kept import Kept, calendar_kept
from tryggve.routines.duties.services import calendars
from tryggve.routines.duties.tests.conftest import DAY, MONDAY, at

pytestmark = pytest.mark.django_db
NOTHING = Kept(in_time=0, put_off=0, late=0, overdue=0, given_up=0, days_late=0, calendars=0)


def _turn(due: int, done: int | None = None, put_off: int | None = None, **more: object) -> Turn:
    """By days from that Monday."""
    turn = Turn(
        duty="check-tools", about=f"x:{Turn.objects.count()}", opened_at=NOW, due_on=MONDAY + due * DAY
    )
    turn.postponed_to = None if put_off is None else MONDAY + put_off * DAY
    if done is not None:
        turn.done_on, turn.done_by = MONDAY + done * DAY, "system"
        turn.done_at = at(turn.done_on)
    for name, value in more.items():
        setattr(turn, name, value)
    turn.save()
    return turn


def test_nothing_yet_is_nothing() -> None:
    assert (calendar_kept(NOW), calendar_kept(NOW).counted) == (NOTHING, 0)


def test_in_time_put_off_late_and_overdue_are_counted_apart() -> None:
    _turn(due=-10, done=-10)
    _turn(due=-10, done=-30)
    _turn(due=-10, done=-5, put_off=-5)
    _turn(due=-10, done=-9)
    _turn(due=-10, done=-4, put_off=-5)
    _turn(due=-7)
    _turn(due=-40, put_off=-1)
    kept = calendar_kept(NOW)
    assert kept == Kept(in_time=3, put_off=1, late=2, overdue=2, given_up=0, days_late=7, calendars=0)
    assert kept.counted == 7


def test_due_today_and_put_off_from_long_ago_is_not_overdue() -> None:
    _turn(due=0)
    _turn(due=-50, put_off=0)
    assert calendar_kept(NOW) == NOTHING


def test_older_than_90_days_withdrawn_and_yet_to_come_is_left_out() -> None:
    _turn(due=-90, done=-90)
    _turn(due=-10, withdrawn_at=NOW)
    _turn(due=1, done=1)
    assert calendar_kept(NOW) == NOTHING
    _turn(due=-89, done=-89)
    assert calendar_kept(NOW).in_time == 1


def test_switched_off_while_it_was_late_is_not_kept_for_90_days() -> None:
    _turn(due=-10, withdrawn_at=NOW - 91 * DAY, switched_off_on=MONDAY - 91 * DAY)
    _turn(due=-95, withdrawn_at=NOW - 90 * DAY, switched_off_on=MONDAY - 90 * DAY)
    _turn(due=-5, withdrawn_at=NOW - 5 * DAY, switched_off_on=MONDAY - 5 * DAY)
    assert calendar_kept(NOW) == NOTHING
    _turn(due=-95, withdrawn_at=NOW - 89 * DAY, switched_off_on=MONDAY - 89 * DAY)
    _turn(due=-6, withdrawn_at=NOW - 5 * DAY, switched_off_on=MONDAY - 5 * DAY)
    assert (calendar_kept(NOW).given_up, calendar_kept(NOW).counted, calendar_kept(NOW).days_late) == (
        2,
        2,
        0,
    )


def test_calendars_are_those_that_a_program_still_fetches(karin: User, bo: User) -> None:
    secrets = [calendars.make_calendar(user=person, at=NOW) for person in (karin, bo)]
    assert calendar_kept(NOW).calendars == 0
    calendars.shown(secrets[0], at=NOW)
    calendars.shown(secrets[1], at=NOW - 20 * DAY)
    assert calendar_kept(NOW).calendars == 1
    calendars.end_calendar(user=karin, actor=karin.actor, at=NOW)
    assert calendar_kept(NOW).calendars == 0


@pytest.mark.usefixtures("planned")
def test_questions_stay_the_same_however_many_turns_there_are() -> None:
    def asked() -> list[int]:
        counts = []
        for ask in (tasks.open_tasks, calendar_kept, tasks.last_done):
            with CaptureQueriesContext(connection) as asked:
                ask(NOW)
            counts.append(len(asked))
        return counts

    few = asked()
    for _number in range(60):
        _turn(due=-5)
        _turn(due=-5, done=-5)
    assert (few, asked()) == ([3, 2, 1], [3, 2, 1])


def test_day_of_the_company_decides() -> None:
    _turn(due=0)
    evening = at(date(2026, 3, 2), 23)
    assert [calendar_kept(time).overdue for time in (evening, evening + DAY / 12)] == [0, 1]
