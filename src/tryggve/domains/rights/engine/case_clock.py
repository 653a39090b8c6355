"""How long there is left to answer somebody, and when to say so."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from tryggve.domains.rights.engine.calendars import Deadline, deadline, law_files
from tryggve.domains.rights.engine.calendars.months import months_after
from tryggve.domains.rights.engine.calendars.working_days import WorkingDays, countries, working_days

SOON_DAYS = 7
# Days before the last one when the security captain is told, and the day after it.
REMINDED_AT = (SOON_DAYS, 2, -1)


class Pace(StrEnum):
    """How pressing it is."""

    CALM = "calm"
    SOON = "soon"
    LATE = "late"


@dataclass(frozen=True, slots=True)
class Clock:
    """The last day to answer, seen from today; ``days_left`` is negative when that day has gone by."""

    due_on: date
    today: date

    @property
    def days_left(self) -> int:
        return (self.due_on - self.today).days

    @property
    def days_late(self) -> int:
        return max(0, -self.days_left)

    @property
    def pace(self) -> Pace:
        if self.days_left < 0:
            return Pace.LATE
        return Pace.SOON if self.days_left <= SOON_DAYS else Pace.CALM


def answer_by(received: date, *, country: str, extended: bool = False) -> Deadline:
    """The last day to answer in any country. Raises TooFarAway.

    Of a country whose calendar isn't known only those days of the week are left out that are in all that are: without
    its public holidays the day comes too early rather than too late.
    """
    if country in countries():
        return deadline(received, country=country, extended=extended)
    months, rule = _period(extended=extended)
    end = months_after(received, months)
    due = _weeks_alone().first_from(end)
    return Deadline(due=due, rule=rule, moved=due != end)


def reminders_due(clock: Clock) -> list[str]:
    """The codes of the reminders whose day has come, the most pressing last."""
    return [code_of(days) for days in REMINDED_AT if clock.days_left <= days]


def code_of(days: int) -> str:
    """What a reminder is called so many days before the last one: ``reminded-7``, ``reminded-late``."""
    return f"reminded-{days}" if days >= 0 else "reminded-late"


def _weeks_alone() -> WorkingDays:
    known = [working_days(country).weekly for country in countries()]
    return WorkingDays(weekly=frozenset.intersection(*known), holidays=())


def _period(*, extended: bool) -> tuple[int, str]:
    rules = law_files.read("deadlines", "eu")["rules"]
    [found] = [rule for rule in rules if rule.get("extended", False) is extended]
    return found["months"], found["code"]
