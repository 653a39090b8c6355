"""Which copies a place lets go of: of data the near past is kept closely and the far past thinly, of keys little."""

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta, tzinfo
from types import MappingProxyType
from typing import Final
from uuid import UUID

KEY_COPIES: Final = 3
OLDEST_KEY_COPY: Final = timedelta(days=14)
# A clock is believed to be so far ahead at most.
_AHEAD: Final = timedelta(hours=1)
# What was taken before an upgrade is there to go back to, also when another was taken on the same day.
_BEFORE_UPGRADE: Final = timedelta(days=14)
_NOTHING: Final[Mapping[str, Collection[UUID]]] = MappingProxyType({})


@dataclass(frozen=True, slots=True)
class Kept:
    """A snapshot that lies in a place; one that ``is_needed`` stays in any case."""

    id: str
    taken_at: datetime
    is_before_upgrade: bool = False
    is_needed: bool = False


def of_keys(
    copies: Collection[Kept],
    *,
    newest: str,
    at: datetime,
    lost: Mapping[str, Collection[UUID]] = _NOTHING,
    most: int = KEY_COPIES,
) -> list[str]:
    """Those that go after ``newest`` was taken: all but the newest three, and all older than 14 days.

    One whose clock ran ahead would look new for ever: it goes, too. The newest stays whatever the clock says.
    ``lost``: by copy, the keys in it that ``newest`` lacks though it should have them. Of each the newest copy that
    holds it stays, too, for its 14 days.
    """
    believed = [one for one in copies if at - OLDEST_KEY_COPY <= one.taken_at <= at + _AHEAD]
    others = sorted((one for one in believed if one.id != newest), key=lambda one: one.taken_at, reverse=True)
    stay = {newest, *(one.id for one in others[: most - 1])} | _last_that_hold(others, lost)
    return [one.id for one in copies if one.id not in stay]


def _last_that_hold(newest_first: Sequence[Kept], lost: Mapping[str, Collection[UUID]]) -> set[str]:
    last: dict[UUID, str] = {}
    for one in newest_first:
        for key in lost.get(one.id, ()):
            last.setdefault(key, one.id)
    return set(last.values())


def of_data(copies: Collection[Kept], *, at: datetime, zone: tzinfo) -> list[str]:
    """Those that go: all but the last of each of the 14 newest days, 8 weeks, 12 months and 3 years that have one.

    Days begin at midnight in that zone.
    """
    newest_first = sorted(copies, key=lambda one: one.taken_at, reverse=True)
    stay = {one.id for one in copies if one.is_needed}
    stay |= {one.id for one in copies if one.is_before_upgrade and one.taken_at > at - _BEFORE_UPGRADE}
    for count, period in _RULES:
        stay |= _last_of_each(newest_first, count, period, zone)
    return [one.id for one in copies if one.id not in stay]


Period = Callable[[datetime], tuple[int, ...]]
_RULES: Final[Sequence[tuple[int, Period]]] = (
    (14, lambda at: (at.year, at.month, at.day)),
    (8, lambda at: tuple(at.isocalendar())[:2]),
    (12, lambda at: (at.year, at.month)),
    (3, lambda at: (at.year,)),
)


def _last_of_each(newest_first: Sequence[Kept], count: int, period: Period, zone: tzinfo) -> set[str]:
    last: dict[tuple[int, ...], str] = {}
    for one in newest_first:
        last.setdefault(period(one.taken_at.astimezone(zone)), one.id)
    return set(list(last.values())[:count])
