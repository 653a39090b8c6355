"""Whether the machine has done its own recurring work lately."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from tryggve.routines.models import Schedule

# What comes each day is late after two.
_LATE = timedelta(days=2)


@dataclass(frozen=True, slots=True)
class LastRun:
    """When a routine last ended well, as far as its newest run tells; ``is_late``: not lately, or it failed."""

    at: datetime | None
    is_late: bool


def last_run(code: str, *, at: datetime) -> LastRun:
    """Of a routine that runs at least once a day. One question."""
    row = Schedule.objects.filter(code=code).first()
    if row is None or row.last_ended_at is None:
        return LastRun(None, is_late=False)
    failed = row.last_outcome == Schedule.Outcome.FAILED
    return LastRun(row.last_ended_at, is_late=failed or at - row.last_ended_at > _LATE)
