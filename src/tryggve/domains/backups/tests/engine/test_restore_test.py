"""When a restore test is due: each Sunday night, and what was missed is caught up."""

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from tryggve.domains.backups.engine.restore_test import PARTS, Ended, is_due, last_sunday_night, next_part

STOCKHOLM = ZoneInfo("Europe/Stockholm")
# A Wednesday.
NOW = datetime(2026, 3, 4, 12, 0, tzinfo=STOCKHOLM)
SUNDAY_NIGHT = datetime(2026, 3, 1, 3, 0, tzinfo=STOCKHOLM)
MINUTE, HOUR, DAY = timedelta(minutes=1), timedelta(hours=1), timedelta(days=1)


def _due(
    newest: Ended | None,
    *,
    at: datetime = NOW,
    changed: datetime | None = None,
    pair: datetime | None = NOW,
    is_open: bool = False,
) -> bool:
    return is_due(
        newest, places_changed_at=changed, pair_at=pair, at=at, zone=STOCKHOLM, is_open=lambda: is_open
    )


def _due_after(wait: timedelta, newest: Ended, *, is_open: bool = False) -> bool:
    """Then and no sooner."""
    began_at = newest.began_at
    is_too_soon = _due(newest, at=began_at + wait - MINUTE, is_open=is_open)
    return _due(newest, at=began_at + wait, is_open=is_open) and not is_too_soon


def _passed(at: datetime) -> Ended:
    return Ended(at, has_passed=True)


def test_first_is_due_once_there_is_a_pair() -> None:
    assert (_due(None), _due(None, pair=None)) == (True, False)


@pytest.mark.parametrize(
    ("at", "night"),
    [
        (NOW, SUNDAY_NIGHT),
        (SUNDAY_NIGHT, SUNDAY_NIGHT),
        (SUNDAY_NIGHT - timedelta(minutes=1), SUNDAY_NIGHT - timedelta(days=7)),
        (SUNDAY_NIGHT + 7 * DAY, SUNDAY_NIGHT + 7 * DAY),
        # The night in which clocks are set forward.
        (datetime(2026, 3, 29, 12, 0, tzinfo=STOCKHOLM), datetime(2026, 3, 29, 3, 0, tzinfo=STOCKHOLM)),
    ],
)
def test_sunday_night(at: datetime, night: datetime) -> None:
    assert last_sunday_night(at, STOCKHOLM) == night


def test_one_that_passed_since_sunday_night_is_enough() -> None:
    assert not _due(_passed(SUNDAY_NIGHT + HOUR))
    assert _due(_passed(SUNDAY_NIGHT - HOUR))
    assert _due(_passed(SUNDAY_NIGHT - 20 * DAY))


def test_one_that_failed_is_made_again_the_next_day() -> None:
    failed = Ended(NOW, has_passed=False, cause="damaged")
    assert (_due(failed, at=NOW + 23 * HOUR), _due(failed, at=NOW + DAY)) == (False, True)


def _unknown(cause: str, in_a_row: int = 1) -> Ended:
    return Ended(NOW, has_passed=False, is_unknown=True, cause=cause, in_a_row=in_a_row)


@pytest.mark.parametrize(
    ("in_a_row", "hours"), [(1, 1), (2, 2), (3, 4), (4, 8), (5, 16), (6, 24), (7, 24), (5_000, 24)]
)
def test_what_passes_by_itself_is_tried_again_soon_and_then_more_seldom(in_a_row: int, hours: int) -> None:
    assert _due_after(hours * HOUR, _unknown("unreachable", in_a_row))


@pytest.mark.parametrize("cause", ["no-test-database", "no-pg-restore", "full-here", "newer-copy", "broke"])
@pytest.mark.parametrize(("in_a_row", "days"), [(1, 1), (2, 2), (3, 4), (4, 7), (5_000, 7)])
def test_what_a_person_must_mend_is_tried_again_after_days(cause: str, in_a_row: int, days: int) -> None:
    assert _due_after(days * DAY, _unknown(cause, in_a_row))


def test_one_that_met_a_locked_register_is_made_again_once_it_is_open() -> None:
    assert _due(_unknown("locked"), at=NOW + MINUTE, is_open=True)
    assert _due_after(7 * DAY, _unknown("locked"))
    # Somebody locked it again each time before its customers were read.
    assert _due_after(HOUR, _unknown("locked", 2), is_open=True)
    assert _due_after(DAY, _unknown("locked", 30), is_open=True)


def test_one_that_passed_on_an_old_pair_is_made_again_once_there_is_a_younger_one() -> None:
    old = Ended(NOW, has_passed=True, is_of_old_pair=True)
    assert (_due(old, at=NOW + HOUR), _due(old, at=NOW + HOUR, pair=NOW + MINUTE)) == (False, True)
    assert not _due(_passed(NOW), at=NOW + HOUR, pair=NOW + MINUTE)


def test_after_a_change_of_places_one_is_due_of_the_first_pair_that_they_have() -> None:
    tested, changed = _passed(NOW - 3 * HOUR), NOW - 2 * HOUR
    assert not _due(tested, changed=changed, pair=NOW - 4 * HOUR)
    assert _due(tested, changed=changed, pair=NOW - HOUR)
    assert not _due(_passed(NOW), changed=changed, pair=NOW - HOUR)


def test_all_parts_are_read_in_turn() -> None:
    read: list[int] = []
    for _week in range(PARTS + 1):
        read.insert(0, next_part(read))
    assert read[::-1] == [*range(1, PARTS + 1), 1]
