import calendar
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from django_stubs_ext import StrOrPromise

_MONTHS_IN_A_YEAR = 12


class LegalBasis(StrEnum):
    """What makes it lawful to keep personal data (GDPR art. 6(1))."""

    CONSENT = "GDPR art. 6(1)(a)"
    CONTRACT = "GDPR art. 6(1)(b)"
    LEGAL_OBLIGATION = "GDPR art. 6(1)(c)"
    VITAL_INTERESTS = "GDPR art. 6(1)(d)"
    PUBLIC_TASK = "GDPR art. 6(1)(e)"
    LEGITIMATE_INTERESTS = "GDPR art. 6(1)(f)"


class NegativePeriod(ValueError):
    """A period can't end before it begins."""


@dataclass(frozen=True, slots=True)
class Period:
    """So long after something; nothing at all is until it happens."""

    years: int = 0
    months: int = 0
    days: int = 0

    def __post_init__(self) -> None:
        if min(self.years, self.months, self.days) < 0:
            raise NegativePeriod

    def __str__(self) -> str:
        """As ISO 8601 writes it: ``P1Y6M``, ``P30D``, ``P0D``."""
        counted = ((self.years, "Y"), (self.months, "M"), (self.days, "D"))
        return "P" + ("".join(f"{count}{unit}" for count, unit in counted if count) or "0D")

    def last_day(self, begun_on: date) -> date:
        """The last day of the period that an event on that day begins.

        Regulation (EEC, Euratom) 1182/71 art. 3: the day of the event isn't counted; months and years end on the
        day of the same number, or on the last of a month that lacks it. Days are counted after months and years.
        """
        months = begun_on.month - 1 + self.months + _MONTHS_IN_A_YEAR * self.years
        year, month = begun_on.year + months // _MONTHS_IN_A_YEAR, months % _MONTHS_IN_A_YEAR + 1
        day = min(begun_on.day, calendar.monthrange(year, month)[1])
        return date(year, month, day) + timedelta(days=self.days)


@dataclass(frozen=True, slots=True)
class RetentionRule:
    """How long something is kept (GDPR art. 5(1)(e), 13(2)(a)): until an event and a period after it, and why."""

    until: StrOrPromise
    kept_for: Period
    basis: LegalBasis

    def is_due(self, ended_on: date | None, *, today: date) -> bool:
        """Whether it must be gone; ``ended_on`` is the day of the event, None while it hasn't happened."""
        return ended_on is not None and today > self.kept_for.last_day(ended_on)
