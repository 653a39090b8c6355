"""How long a customer who is to be erased is only put aside, so that a mistake can be called off."""

from datetime import datetime, timedelta
from typing import Final

USUAL_DAYS: Final = 14
# Who asks to be erased is answered within one month of the asking (GDPR art. 12(3)); this leaves a week to do it.
MOST_DAYS: Final = 21


def is_allowed(days: int) -> bool:
    """Whether a firm may choose so many."""
    return 1 <= days <= MOST_DAYS


def ends_at(asked_at: datetime, days: int) -> datetime:
    """When the customer is destroyed whom nobody called off."""
    return asked_at + timedelta(days=days)


def ends_in_time(asked_at: datetime, days: int, *, known_since: datetime, answer_by: datetime) -> datetime:
    """The same for who asked to be erased, so that it is done before that must be answered.

    Never sooner than a day, nor than so many days after the request was written down: else whoever writes one down with
    an old date could have a customer destroyed at once.
    """
    soonest = max(asked_at + timedelta(days=1), known_since + timedelta(days=days))
    return min(ends_at(asked_at, days), max(soonest, answer_by))
