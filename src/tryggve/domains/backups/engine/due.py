"""When a backup is due by itself."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime, time, timedelta, tzinfo
from typing import Final

# Few are at work, and what the evening's work brought is in it.
QUIET_HOUR: Final = time(2)
# One a night, however the night before began, and as long as a big one takes.
NIGHTLY: Final = timedelta(hours=26)
# A disk that is carried comes back once a month.
CARRIED: Final = timedelta(days=31)
_FIRST_WAIT: Final = timedelta(hours=1)
_MOST_DOUBLINGS: Final = 3
_AHEAD: Final = timedelta(hours=1)


@dataclass(frozen=True, slots=True)
class Tried:
    """A run that began, and whether it came to a good end.

    ``waits_for_people``: it didn't, for what only they mend, so that trying again and again doesn't.
    """

    began_at: datetime
    is_done: bool
    waits_for_people: bool = False


def is_due(runs: Collection[Tried], *, at: datetime, zone: tzinfo) -> bool:
    """Whether none came to a good end since the last quiet hour; after failures it waits 1, 2, 4 … hours, at most 8.

    What waits for people is tried once more, and then in the next night. What was missed while the computer was off is
    caught up by one run. A run by a clock that ran ahead doesn't count.
    """
    since = [one for one in runs if last_quiet_hour(at, zone) <= one.began_at <= at + _AHEAD]
    if any(one.is_done for one in since) or sum(one.waits_for_people for one in since) > 1:
        return False
    if not since:
        return True
    wait: timedelta = _FIRST_WAIT * 2 ** min(len(since) - 1, _MOST_DOUBLINGS)
    return at >= max(one.began_at for one in since) + wait


def last_quiet_hour(at: datetime, zone: tzinfo) -> datetime:
    """The last one that was, in that zone."""
    local = at.astimezone(zone)
    today = datetime.combine(local.date(), QUIET_HOUR, zone)
    return today if today <= local else datetime.combine(local.date() - timedelta(days=1), QUIET_HOUR, zone)
