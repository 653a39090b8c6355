"""Days on which somebody who is in a text can have been born."""

from datetime import date
from typing import Final

import numpy as np

from tryggve.domains.datamap.engine.arithmetic import Digits, Mask, Numbers, is_day

_OLDEST: Final = 125  # Jeanne Calment, of whom nobody older is known, died at 122
_CENTURY: Final = 100


def can_be_birth(year: Numbers, month: Numbers, day: Numbers, *, on: date) -> Mask:
    """Whether there is such a day, it has come, and who is born then can be alive."""
    return has_come(year, month, day, on=on) & (year >= on.year - _OLDEST)


def has_come(year: Numbers, month: Numbers, day: Numbers, *, on: date) -> Mask:
    """Whether there is such a day, and it is over or today."""
    return is_day(year, month, day) & (_order(year, month, day) <= _order_of(on))


def has_month(digits: Digits, place: int) -> Mask:
    """Whether two digits from that place on are a month's: a quick look that leaves one number in eight."""
    tens, units = digits[:, place], digits[:, place + 1]
    return np.asarray(((tens == 0) & (units > 0)) | ((tens == 1) & (units <= 2)))


def last_year_with(two: Numbers, month: Numbers, day: Numbers, *, on: date) -> Numbers:
    """Of the years that end in those two digits the last in which that day has come."""
    latest = np.uint32(on.year)
    year = latest - (latest - two) % np.uint32(_CENTURY)
    is_to_come = _order(year, month, day) > _order_of(on)
    return np.asarray(year - np.uint32(_CENTURY) * is_to_come)


def _order(year: Numbers, month: Numbers, day: Numbers) -> Numbers:
    return np.asarray((year * np.uint32(100) + month) * np.uint32(100) + day)


def _order_of(on: date) -> int:
    return (on.year * 100 + on.month) * 100 + on.day
