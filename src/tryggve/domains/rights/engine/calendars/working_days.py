"""On which days nobody need answer, by country."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import MAXYEAR, MINYEAR, date, timedelta
from functools import cache
from typing import Any

from tryggve.domains.rights.engine.calendars import law_files
from tryggve.domains.rights.engine.calendars.easter import easter_sunday

_WEEKDAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
_ONE_DAY = timedelta(days=1)


class UnknownCountry(ValueError):
    """There is no calendar of this country."""


@dataclass(frozen=True, slots=True)
class Holiday:
    """A day of each year from ``first_year`` to ``last_year``, and the law that says so."""

    name: str
    source: str
    falls: Callable[[int], date]
    first_year: int = MINYEAR
    last_year: int = MAXYEAR

    def is_on(self, day: date) -> bool:
        return self.first_year <= day.year <= self.last_year and self.falls(day.year) == day


@dataclass(frozen=True, slots=True)
class WorkingDays:
    """The calendar of a country."""

    weekly: frozenset[int]
    holidays: tuple[Holiday, ...]

    def includes(self, day: date) -> bool:
        """Whether an answer can be demanded on that day."""
        return day.weekday() not in self.weekly and not any(one.is_on(day) for one in self.holidays)

    def first_from(self, day: date) -> date:
        """That day or, if it is none, the next working day (Regulation 1182/71, art. 3(4))."""
        while not self.includes(day):
            day += _ONE_DAY
        return day


def countries() -> list[str]:
    """The codes of the countries whose calendar is known (ISO 3166), in order."""
    return [name.upper() for name in law_files.names("working_days")]


@cache
def working_days(country: str) -> WorkingDays:
    """The calendar of a country, by its code. Raises UnknownCountry."""
    if country not in countries():
        raise UnknownCountry(country)
    law = law_files.read("working_days", country.lower())
    return WorkingDays(
        weekly=frozenset(map(_WEEKDAYS.index, law["weekly"])), holidays=tuple(map(_holiday, law["days"]))
    )


def _holiday(told: Mapping[str, Any]) -> Holiday:
    return Holiday(
        name=told["name"],
        source=told["source"],
        falls=_falls(told),
        first_year=told.get("first_year", MINYEAR),
        last_year=told.get("last_year", MAXYEAR),
    )


def _falls(told: Mapping[str, Any]) -> Callable[[int], date]:
    """A date, a number of days after Easter Sunday, or the first such weekday from a date."""
    if "easter" in told:
        return lambda year: easter_sunday(year) + timedelta(days=told["easter"])
    if "on" in told:
        return lambda year: _date_in(year, told["on"])
    weekday = _WEEKDAYS.index(told["first"])

    def falls(year: int) -> date:
        begin = _date_in(year, told["from"])
        return begin + timedelta(days=(weekday - begin.weekday()) % 7)

    return falls


def _date_in(year: int, told: str) -> date:
    month, day = map(int, told.split("-"))
    return date(year, month, day)
