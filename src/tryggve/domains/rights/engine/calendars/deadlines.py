"""When a person who asks about their data must have an answer."""

from dataclasses import dataclass
from datetime import date
from functools import cache

from tryggve.domains.rights.engine.calendars import law_files
from tryggve.domains.rights.engine.calendars.months import months_after
from tryggve.domains.rights.engine.calendars.working_days import working_days


@dataclass(frozen=True, slots=True)
class Deadline:
    """The last day to answer, and the code of the rule that says so.

    ``moved``: the period ended on a day when nobody need answer, so that the next working day is the last.
    """

    due: date
    rule: str
    moved: bool


def deadline(received: date, *, country: str, extended: bool = False) -> Deadline:
    """The last day to answer what was received that day. Raises UnknownCountry and TooFarAway.

    One month, or three in all when it was extended (GDPR art. 12(3)), counted by Regulation (EEC, Euratom) No 1182/71,
    art. 3: not the day itself; to the same date, or the month's last day; on to the next working day.
    """
    months, rule = _period(extended=extended)
    end = months_after(received, months)
    due = working_days(country).first_from(end)
    return Deadline(due=due, rule=rule, moved=due != end)


@cache
def _period(*, extended: bool) -> tuple[int, str]:
    rules = law_files.read("deadlines", "eu")["rules"]
    [found] = [rule for rule in rules if rule.get("extended", False) is extended]
    return found["months"], found["code"]
