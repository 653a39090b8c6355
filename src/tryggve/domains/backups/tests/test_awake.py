"""A computer that is off over the weekend: nobody is alarmed on Monday before what was missed could be caught up."""

from datetime import datetime, timedelta

import pytest
from django.utils import timezone

from tests.cast import NOW
from tryggve.accounts.models import User
from tryggve.domains.backups.models import Awake, Place, Run
from tryggve.domains.backups.selectors import awake as selectors
from tryggve.domains.backups.selectors import taken as selected
from tryggve.domains.backups.services import awake, watching
from tryggve.domains.backups.tests import taken
from tryggve.domains.backups.tests.on_pages import HOME, browser, text_of

pytestmark = pytest.mark.django_db

DAY, HOUR, MINUTE = timedelta(days=1), timedelta(hours=1), timedelta(minutes=1)
MONDAY = NOW + 3 * DAY


@pytest.fixture
def disk(karin: User) -> Place:
    """With a backup of Friday, after which the computer was turned off."""
    disk = taken.place(at=NOW - 30 * DAY)
    taken.run(disk, at=NOW)
    _at_work(since=NOW - DAY, until=NOW)
    return disk


def _at_work(*, since: datetime, until: datetime) -> None:
    """By the routine's notes."""
    for minutes in range(0, (until - since) // MINUTE + 1, 30):
        awake.note(at=since + minutes * MINUTE)


def test_nobody_is_alarmed_in_the_first_hours_after_the_weekend(disk: Place) -> None:
    assert not watching.tell_silence(at=MONDAY)
    _at_work(since=MONDAY, until=MONDAY + 2 * HOUR)
    assert not watching.tell_silence(at=MONDAY + 2 * HOUR)
    _at_work(since=MONDAY + 2 * HOUR, until=MONDAY + 4 * HOUR)
    assert watching.tell_silence(at=MONDAY + 4 * HOUR)


def test_computer_that_was_never_off_is_alarmed_of_as_before(disk: Place) -> None:
    _at_work(since=NOW, until=NOW + 37 * HOUR)
    assert watching.tell_silence(at=NOW + 37 * HOUR)


def test_clock_that_was_set_back_gives_no_time_for_ever(disk: Place) -> None:
    awake.note(at=NOW + 300 * DAY)
    assert selectors.had_time(at=MONDAY)
    awake.note(at=MONDAY)
    assert Awake.objects.get().since == MONDAY
    assert not selectors.had_time(at=MONDAY)


def test_while_a_backup_is_on_its_way_nobody_is_alarmed_that_none_comes(disk: Place) -> None:
    _at_work(since=NOW, until=MONDAY)
    running = Run.objects.create(why=Run.Why.DUE, state=Run.State.RUNNING, began_at=MONDAY - 20 * HOUR)
    assert not watching.tell_silence(at=MONDAY)
    Run.objects.filter(pk=running.pk).update(began_at=MONDAY - 25 * HOUR)
    assert watching.tell_silence(at=MONDAY)


def test_backup_dated_ahead_hides_no_newer_one(disk: Place) -> None:
    good = taken.run(disk, at=MONDAY)
    taken.run(disk, at=MONDAY + 300 * DAY)
    assert selected.newest_whole(at=MONDAY + HOUR) == good
    assert not watching.tell_silence(at=MONDAY + HOUR)


def test_page_says_that_what_was_begun_waits_for_a_worker_that_is_gone(disk: Place) -> None:
    now, owner = timezone.now(), browser()
    Run.objects.create(why=Run.Why.ASKED, state=Run.State.WAITING, began_at=now)
    awake.note(at=now - 2 * HOUR)
    page = text_of(owner, HOME)
    assert ("hasn't been at work for an hour" in page, "Backing up" in page) == (True, False)
    awake.note(at=now)
    page = text_of(owner, HOME)
    assert ("hasn't been at work for an hour" in page, "Backing up" in page) == (False, True)
