"""When a backup is due by itself."""

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from tryggve.domains.backups.engine import due
from tryggve.domains.backups.engine.due import Tried

STOCKHOLM = ZoneInfo("Europe/Stockholm")
NIGHT = datetime(2026, 3, 2, 1, 0, tzinfo=UTC)  # two o'clock there
HOUR = timedelta(hours=1)


def _is_due(at: datetime, *runs: Tried) -> bool:
    return due.is_due(runs, at=at, zone=STOCKHOLM)


def test_due_at_two_at_night_and_once_a_night() -> None:
    before = Tried(NIGHT - timedelta(hours=20), is_done=True)
    assert not _is_due(NIGHT - timedelta(seconds=1), before)
    assert _is_due(NIGHT, before)
    assert not _is_due(NIGHT + HOUR, Tried(NIGHT, is_done=True))
    assert _is_due(NIGHT + timedelta(days=1), Tried(NIGHT, is_done=True))


def test_what_was_missed_is_caught_up_once() -> None:
    noon = NIGHT + timedelta(days=9, hours=11)
    assert _is_due(noon, Tried(NIGHT, is_done=True))
    assert not _is_due(noon + HOUR, Tried(NIGHT, is_done=True), Tried(noon, is_done=True))


@pytest.mark.parametrize(("failures", "hours"), [(1, 1), (2, 2), (3, 4), (4, 8), (5, 8)])
def test_after_failures_it_waits_longer_and_longer(failures: int, hours: int) -> None:
    tries = [Tried(NIGHT + timedelta(minutes=number), is_done=False) for number in range(failures)]
    again = tries[-1].began_at + timedelta(hours=hours)
    assert not _is_due(again - timedelta(seconds=1), *tries)
    assert _is_due(again, *tries)


def test_what_waits_for_people_is_tried_once_more_and_again_in_the_next_night() -> None:
    first = Tried(NIGHT, is_done=False, waits_for_people=True)
    again = Tried(NIGHT + HOUR, is_done=False, waits_for_people=True)
    assert _is_due(NIGHT + HOUR, first)
    assert not _is_due(NIGHT + 23 * HOUR, first, again)
    assert _is_due(NIGHT + 24 * HOUR, first, again)
    assert _is_due(NIGHT + 3 * HOUR, first, Tried(NIGHT + HOUR, is_done=False))


def test_good_one_after_a_failure_is_enough() -> None:
    assert not _is_due(NIGHT + 9 * HOUR, Tried(NIGHT, is_done=False), Tried(NIGHT + HOUR, is_done=True))


def test_run_by_a_clock_that_ran_ahead_holds_up_none() -> None:
    assert _is_due(NIGHT, Tried(NIGHT + timedelta(days=300), is_done=True))


@pytest.mark.parametrize("day", ["2026-03-29", "2026-10-25"])
def test_night_in_which_clocks_are_changed_has_one(day: str) -> None:
    midnight = datetime.fromisoformat(day).replace(tzinfo=STOCKHOLM)
    minutes = [midnight.astimezone(UTC) + timedelta(minutes=number) for number in range(0, 360, 5)]
    taken: list[Tried] = [Tried(midnight - timedelta(hours=22), is_done=True)]
    for at in minutes:
        if _is_due(at, *taken):
            taken.append(Tried(at, is_done=True))
    assert len(taken) == 2
