"""How old a file is, in steps that somebody can act on."""

import math
from datetime import date, timedelta
from enum import StrEnum
from typing import Final


class Age(StrEnum):
    """The years that have gone by since it was last changed, the fewest first."""

    YEAR = "year"
    THREE = "three"
    SEVEN = "seven"
    OLDER = "older"
    UNKNOWN = "unknown"


_BELOW: Final = {Age.YEAR: 1, Age.THREE: 3, Age.SEVEN: 7}
_DAYS_A_YEAR: Final = 365.25


def age_of(changed_on: date | None, today: date) -> Age:
    if changed_on is None:
        return Age.UNKNOWN
    years = (today - changed_on).days / _DAYS_A_YEAR
    return next((age for age, most in _BELOW.items() if years < most), Age.OLDER)


def days_of(age: Age, today: date) -> tuple[date | None, date | None]:
    """The first and the last day on which a file of that age can have been changed; None where there is no such.

    Of the files whose age nobody knows there are none.
    """
    ages = list(_BELOW)
    if age not in _BELOW:
        return None, _before(Age.SEVEN, today)
    younger = ages[ages.index(age) - 1] if age is not ages[0] else None
    return _before(age, today) + timedelta(days=1), _before(younger, today) if younger else None


def _before(age: Age, today: date) -> date:
    """The last day on which a file is older than that."""
    return today - timedelta(days=math.ceil(_BELOW[age] * _DAYS_A_YEAR))
