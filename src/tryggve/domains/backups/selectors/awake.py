"""Since when this computer is at work: while it is off no backup can come, and nobody needs an alarm for that."""

from datetime import datetime, timedelta
from typing import Final

from tryggve.accounts import clock
from tryggve.domains.backups.models import Awake

# A computer that was off, or asleep, for less has missed nothing.
BREAK: Final = timedelta(hours=1)
# So long what was due while it was off takes at most, or it has failed.
CATCHING_UP: Final = timedelta(hours=3)


def had_time(*, at: datetime) -> bool:
    """Whether it is at work for long enough to have caught up; also where nothing, or nothing sure, is known."""
    row = Awake.objects.first()
    if row is None or clock.is_ahead(row.seen_at, at=at):
        return True
    return is_at_work(row, at=at) and at - row.since >= CATCHING_UP


def is_worker_gone(*, at: datetime) -> bool:
    """Whether nobody is there who would go on with what was begun or asked for."""
    row = Awake.objects.first()
    return row is not None and not clock.is_ahead(row.seen_at, at=at) and not is_at_work(row, at=at)


def is_at_work(row: Awake, *, at: datetime) -> bool:
    """Whether it still is what was seen last."""
    return clock.is_within(BREAK, row.seen_at, at=at)
