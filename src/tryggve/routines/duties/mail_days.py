"""Which mail somebody gets today, if any: the week's routines on a Monday, else those whose day has come."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

_SUNDAY = timedelta(days=6)


class Mail(StrEnum):
    """What a mail is about."""

    WEEK = "week"
    DUE = "due"


@dataclass(frozen=True, slots=True)
class Sent:
    """The newest day with a mail to this person, and with one about a week; before any, when the person came."""

    last_on: date
    last_week_on: date


def monday_of(day: date) -> date:
    return day - timedelta(days=day.weekday())


def sunday_of(day: date) -> date:
    return monday_of(day) + _SUNDAY


def mail_for(untils: Collection[date], *, sent: Sent, today: date) -> Mail | None:
    """Never two on one day. A Monday that was missed is made up for later in its week, once; older ones are not.

    ``untils``: the last day in time of each of the person's open turns. What was told of is told again on its own
    day, and after that by the Mondays alone.
    """
    if sent.last_on >= today:
        return None
    if sent.last_week_on < monday_of(today) and any(until <= sunday_of(today) for until in untils):
        return Mail.WEEK
    if any(sent.last_on < until <= today for until in untils):
        return Mail.DUE
    return None
