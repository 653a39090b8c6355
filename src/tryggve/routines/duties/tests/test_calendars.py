"""The address of somebody's calendar, and what it shows."""

from datetime import timedelta

import pytest

from tests.cast import NOW
from tryggve.accounts.models import User
from tryggve.audit.models import Entry
from tryggve.routines.duties.models import Feed
from tryggve.routines.duties.selectors import calendars as selectors
from tryggve.routines.duties.services import calendars, choosing
from tryggve.routines.duties.tests.conftest import DAY, MONDAY, at, open_turn
from tryggve.routines.duties.tests.test_ics import read

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("planned")]


def test_address_shows_whose_it_is_and_only_a_hash_is_kept(bo: User) -> None:
    secret = calendars.make_calendar(user=bo, at=NOW)
    assert calendars.shown(secret, at=NOW) == bo
    assert secret not in str(list(Feed.objects.values()) + list(Entry.objects.values()))


@pytest.mark.parametrize("guess", ["", "x" * 43, "é\x00", "%s"])
def test_other_address_shows_nobody(bo: User, guess: str) -> None:
    calendars.make_calendar(user=bo, at=NOW)
    assert calendars.shown(guess, at=NOW) is None


def test_hash_out_of_the_database_is_no_address(bo: User) -> None:
    calendars.make_calendar(user=bo, at=NOW)
    assert calendars.shown(Feed.objects.get().token_hash, at=NOW) is None


def test_new_address_ends_the_former_and_nobody_elses(karin: User, bo: User) -> None:
    first, others = calendars.make_calendar(user=bo, at=NOW), calendars.make_calendar(user=karin, at=NOW)
    second = calendars.make_calendar(user=bo, at=NOW)
    assert [calendars.shown(secret, at=NOW) for secret in (first, second, others)] == [None, bo, karin]


def test_ended_address_shows_nothing(bo: User) -> None:
    secret = calendars.make_calendar(user=bo, at=NOW)
    assert calendars.end_calendar(user=bo, actor=bo.actor, at=NOW) is True
    assert calendars.end_calendar(user=bo, actor=bo.actor, at=NOW) is False
    assert calendars.shown(secret, at=NOW) is None
    actions = Entry.objects.filter(subject=bo.pk).order_by("pk").values_list("action", flat=True)
    assert list(actions) == ["duties.calendar-made", "duties.calendar-ended"]


def test_address_of_who_may_not_come_in_shows_nothing(bo: User) -> None:
    secret = calendars.make_calendar(user=bo, at=NOW)
    User.objects.filter(pk=bo.pk).update(is_active=False)
    assert calendars.shown(secret, at=NOW) is None


def test_fetching_is_noted_by_the_hour(bo: User) -> None:
    secret = calendars.make_calendar(user=bo, at=NOW)
    for minutes, noted in [(0, 0), (59, 0), (60, 60), (10, 10)]:
        now = NOW + timedelta(minutes=minutes)
        calendars.shown(secret, at=now)
        assert Feed.objects.get().fetched_at == NOW + timedelta(minutes=noted)


def test_calendar_shows_ones_own_on_their_days_and_late_ones_today(karin: User, bo: User) -> None:
    choosing.assign(duty="install-updates", person=bo.pk, by=karin, at=NOW)
    day = MONDAY + 9 * DAY
    events = read(selectors.calendar_of(bo, at=at(day)))
    assert sorted((event["DTSTART;VALUE=DATE"], event["SUMMARY"]) for event in events) == [
        ("20260311", "Late: Install waiting updates on computers and phones"),
        ("20260406", "Take your half-yearly training in data protection"),
        ("20260420", "Go through your passwords and change those that need it"),
    ]
    uids = {event["UID"] for event in events}
    assert f"{open_turn('install-updates').pk}@tryggve.invalid" in uids


def test_calendar_speaks_its_readers_language_and_names_nobody(
    anna: User, karin: User, bo: User, firm: object
) -> None:
    bo.language = "da"
    file = selectors.calendar_of(bo, at=NOW).decode().replace("\r\n ", "")
    assert "SUMMARY:Tag din halvårlige uddannelse i databeskyttelse" in file
    for person in (anna, karin, bo):
        assert [name for name in (*person.name.split(), person.email, str(person.pk)) if name in file] == []
    assert "Snickeri" not in file
