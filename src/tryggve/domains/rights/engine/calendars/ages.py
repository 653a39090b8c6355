"""From what age a child says yes to a service on the web without a parent."""

from dataclasses import dataclass
from datetime import date
from functools import cache

from tryggve.domains.rights.engine.calendars import law_files

_UNION = "EU"


class NotYetBorn(ValueError):
    """The day of birth lies after the day that is asked for."""


@dataclass(frozen=True, slots=True)
class AgeLimit:
    """The age in whole years, from the day that it holds. ``unsure`` tells what could not be checked."""

    years: int
    since: date
    source: str
    unsure: str = ""


def needs_guardian(country: str, born: date, on: date) -> bool:
    """Whether a parent must say yes in the child's place on that day. Raises NotYetBorn.

    GDPR art. 8(1): where a service on the web is offered to the child itself, on the ground of consent. Who was born
    on 29 February is a year older on 1 March where there is no such day: in doubt a parent is asked.
    """
    if born > on:
        raise NotYetBorn
    age = on.year - born.year - ((on.month, on.day) < (born.month, born.day))
    return age < age_limit(country, on).years


def age_limit(country: str, on: date) -> AgeLimit:
    """The country's own limit on that day; where it has said nothing, that of the Regulation, the highest."""
    own = [limit for limit in _limits(country) if limit.since <= on]
    return max(own, key=lambda limit: limit.since) if own else _limits(_UNION)[0]


@cache
def _limits(country: str) -> tuple[AgeLimit, ...]:
    if country.lower() not in law_files.names("ages"):
        return ()
    return tuple(AgeLimit(**one) for one in law_files.read("ages", country.lower())["ages"])
