"""How long something is kept."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from types import MappingProxyType

from tryggve.domains.rights.engine.calendars import months
from tryggve.domains.rights.engine.calendars.keeping_rules import Rule, UnknownRule, rule_called

__all__ = ["UnknownRule", "Until", "until"]


@dataclass(frozen=True, slots=True)
class Until:
    """The last day of keeping, and the code of the rule that says so."""

    until: date
    rule: str


def until(rule: str, from_date: date) -> Until:
    """The last day of keeping, weekend or not. Raises UnknownRule and TooFarAway.

    ``from_date``: the day that the rule counts from; for bookkeeping, the last day of the fiscal year.
    """
    found = rule_called(rule)
    return Until(until=_COUNTED[found.counted](from_date, found), rule=rule)


def _same_date(day: date, rule: Rule) -> date:
    if rule.unit == "days":
        return months.days_after(day, rule.amount)
    return months.months_after(day, rule.months)


def _to_end_of_calendar_year(day: date, rule: Rule) -> date:
    """Bokföringslag (1999:1078) 7 kap. 2 §."""
    return months.end_of_year(day.year + rule.amount)


def _to_end_of_fiscal_year(day: date, rule: Rule) -> date:
    """Bogføringsloven § 12: a fiscal year that ended with a month is followed by some that end with that month."""
    end = months.months_after(day, rule.months)
    return months.last_of_month(end) if months.is_last_of_month(day) else end


_COUNTED: Mapping[str, Callable[[date, Rule], date]] = MappingProxyType(
    {
        "same-date": _same_date,
        "to-end-of-calendar-year": _to_end_of_calendar_year,
        "to-end-of-fiscal-year": _to_end_of_fiscal_year,
    }
)
