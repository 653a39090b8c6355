from calendar import monthrange
from datetime import date, timedelta

# So far that a period and its holidays still fit into the calendar of Python, which ends with 9999.
_LAST_YEAR = 9900


class TooFarAway(ValueError):
    """The day lies beyond what can be counted."""


def months_after(day: date, months: int) -> date:
    """The day of the same date, so many months later; the month's last day where it has none. Raises TooFarAway.

    Regulation (EEC, Euratom) No 1182/71, art. 3(2)(c); lag (1930:173) 1 §; forældelsesloven § 27, stk. 1.
    """
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    _require(year)
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))


def days_after(day: date, days: int) -> date:
    """So many days later. Raises TooFarAway."""
    _require(day.year)
    return day + timedelta(days)


def is_last_of_month(day: date) -> bool:
    return day.day == monthrange(day.year, day.month)[1]


def last_of_month(day: date) -> date:
    return day.replace(day=monthrange(day.year, day.month)[1])


def end_of_year(year: int) -> date:
    """31 December. Raises TooFarAway."""
    _require(year)
    return date(year, 12, 31)


def _require(year: int) -> None:
    if year > _LAST_YEAR:
        raise TooFarAway(year)
