"""The days of a turn, by a calendar and no clock: when it is due, how far it can be put off, when it is pulled nearer.

Days are the company's own. Months end as the law counts them (``Period.last_day``): a month after 31 January is the
last of February.
"""

from dataclasses import dataclass, replace
from datetime import date, timedelta

from tryggve.privacy.retention import Period
from tryggve.routines.duties.catalogue import Duty

# Nothing is put off longer, however seldom it comes.
LONGEST_DELAY = Period(days=90)
# What begins anew after a pause, so that it isn't late at once.
GRACE = timedelta(days=7)
# What was switched off for longer begins anew.
LONGEST_REST = timedelta(days=90)


@dataclass(frozen=True, slots=True)
class Days:
    """When a turn is due, and until when somebody put it off."""

    due_on: date
    postponed_to: date | None = None

    @property
    def until(self) -> date:
        """The last day on which it is done in time."""
        return self.postponed_to or self.due_on


def next_due(duty: Duty, *, done_on: date) -> date | None:
    """Counted from the day on which it was done, also when that was late; None for what only an event calls for."""
    return duty.every.last_day(done_on) if duty.every else None


def first_due(duty: Duty, *, today: date) -> date:
    """For a duty that was never done: spread out, so that a new company isn't asked for all of it at once."""
    return duty.first.last_day(today)


def due_again(duty: Duty, *, last_done_on: date, today: date) -> date | None:
    """For a duty that rested since it was last done. A day that is yet to come isn't believed."""
    due = next_due(duty, done_on=min(last_done_on, today))
    return max(due, today + GRACE) if due else None


def resumed(days: Days, *, off_on: date, today: date) -> Days:
    """Switched on again, it is as late or as far off as when it was switched off: the days between don't count."""
    rested = max(timedelta(0), today - off_on)
    return Days(days.due_on + rested, days.postponed_to and days.postponed_to + rested)


def latest(duty: Duty, due_on: date) -> date:
    """How far it can be put off: 90 days, and never by a whole round, which would be to skip it."""
    furthest = LONGEST_DELAY.last_day(due_on)
    return min(furthest, duty.every.last_day(due_on) - timedelta(days=1)) if duty.every else furthest


def mended(duty: Duty, days: Days, *, today: date) -> Days:
    """The same, unless a clock that ran ahead planned it further off than it can be."""
    furthest = duty.every.last_day(today) if duty.every else duty.within.last_day(today)
    due_on = min(days.due_on, furthest)
    put_off = days.postponed_to and min(days.postponed_to, latest(duty, due_on))
    return replace(days, due_on=due_on, postponed_to=put_off)


def called(duty: Duty, days: Days, *, event: str, happened_on: date) -> Days:
    """Drawn nearer by something that happened since it was last done; what was put off before that is called, too."""
    wanted = happened_on + timedelta(days=duty.also[event])
    return Days(wanted) if wanted < days.due_on else days


def days_late(days: Days, *, on: date) -> int:
    """How many days after its last day that is; 0 in time."""
    return max(0, (on - days.until).days)
