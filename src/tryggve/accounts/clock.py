"""Moments that the clock, set back since, has yet to come to: nobody knows how long ago they were."""

from datetime import datetime, timedelta
from typing import Final

# Clocks of one computer differ by less.
MOST_AHEAD: Final = timedelta(minutes=2)


def is_ahead(moment: datetime, *, at: datetime) -> bool:
    """Whether it was written down before the clock was set back."""
    return moment > at + MOST_AHEAD


def is_within(span: timedelta, moment: datetime | None, *, at: datetime) -> bool:
    """Whether it is known to be no longer ago than that; None never was."""
    return moment is not None and not is_ahead(moment, at=at) and at - moment <= span
