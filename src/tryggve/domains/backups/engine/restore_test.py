"""A restore test: the steps that it goes through, and when the next is due."""

from collections.abc import Callable, Collection
from dataclasses import dataclass
from datetime import datetime, time, timedelta, tzinfo
from typing import Final

# In this order; the code of the one under way is told, and of the one that it failed at.
STEPS: Final = (
    "fetch",
    "read-all",
    "hashes",
    "database",
    "log",
    "customers",
    "canary",
    "shredding",
    "starts",
)
# The rest of a repository is read in so many parts, one a week.
PARTS: Final = 8

_SUNDAY: Final = 6
_NIGHT: Final = time(3)
_WEEK: Final = timedelta(days=7)
# How long one waits that couldn't be made, the first time and at the most: doubled each time in a row.
_SOON: Final = (timedelta(hours=1), timedelta(days=1))
_SELDOM: Final = (timedelta(days=1), _WEEK)
_FAILED: Final = timedelta(days=1)
_MOST_DOUBLINGS: Final = 10
LOCKED: Final = "locked"
# They pass without anybody's help; all others wait for a person, and cost a whole restore each.
_PASS: Final = frozenset({"unreachable", "in-use", "took-too-long", "cut-off", "memory", "no-private-memory"})


@dataclass(frozen=True, slots=True)
class Ended:
    """A test that ended. ``cause`` says why, where it failed or couldn't be made; so many couldn't in a row, it too.

    ``is_of_old_pair``: what it restored was too old to be the proof that is wanted.
    """

    began_at: datetime
    has_passed: bool
    is_unknown: bool = False
    cause: str = ""
    in_a_row: int = 1
    is_of_old_pair: bool = False


def is_due(
    newest: Ended | None,
    *,
    places_changed_at: datetime | None,
    pair_at: datetime | None,
    at: datetime,
    zone: tzinfo,
    is_open: Callable[[], bool],
) -> bool:
    """Whether a test should be made now, of a newest pair of ``pair_at``; without one there is nothing to test.

    Each Sunday night; what was missed while the computer was off is caught up. Sooner after a change of the places,
    once a pair has been brought to them as they are now; and once the register ``is_open`` that was locked.
    """
    if pair_at is None:
        return False
    if newest is None:
        return True
    if not newest.has_passed and at >= newest.began_at + _wait(newest, is_open):
        return True
    if places_changed_at is not None and newest.began_at < places_changed_at < pair_at:
        return True
    if newest.is_of_old_pair and newest.began_at < pair_at:
        return True
    return newest.has_passed and newest.began_at < max(last_sunday_night(at, zone), at - _WEEK)


def last_sunday_night(at: datetime, zone: tzinfo) -> datetime:
    """The last one that was, in that zone."""
    local = at.astimezone(zone)
    day = local.date() - timedelta(days=(local.weekday() - _SUNDAY) % 7)
    night = datetime.combine(day, _NIGHT, zone)
    return night if night <= local else datetime.combine(day - _WEEK, _NIGHT, zone)


def next_part(parts_read: Collection[int]) -> int:
    """Which part to read after those, the newest first; 1 to PARTS."""
    last = next(iter(parts_read), 0)
    return last % PARTS + 1


def _wait(newest: Ended, is_open: Callable[[], bool]) -> timedelta:
    if not newest.is_unknown:
        return _FAILED
    if newest.cause == LOCKED:
        # All but the customers was tested: while nobody can be read, a week is soon enough.
        return _doubled(newest.in_a_row - 1, _SOON) if is_open() else _WEEK
    return _doubled(newest.in_a_row, _SOON if newest.cause in _PASS else _SELDOM)


def _doubled(in_a_row: int, span: tuple[timedelta, timedelta]) -> timedelta:
    first, most = span
    if in_a_row < 1:
        return timedelta()
    doubled: timedelta = first * 2 ** min(in_a_row - 1, _MOST_DOUBLINGS)
    return min(doubled, most)
