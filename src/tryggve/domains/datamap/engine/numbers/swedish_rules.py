"""Which ten digits are somebody's, or a firm's, in Sweden.

Personal and coordination numbers: folkbokföringslagen (1991:481) §§ 18 and 18 a. Organisation numbers: lagen
(1974:174) om identitetsbeteckning för juridiska personer m.fl.
"""

from dataclasses import dataclass
from datetime import date
from typing import Final

import numpy as np

from tryggve.domains.datamap.engine.arithmetic import Digits, Mask, Numbers, luhn, number
from tryggve.domains.datamap.engine.numbers.births import can_be_birth, last_year_with

_ADDED_TO_DAY: Final = np.uint32(60)
_CENTURY: Final = np.uint32(100)
_FIRST_OF_NO_MONTH: Final = 2
# The first digit tells the kind of body: estates, the state, foreign firms, limited companies, associations …
_GROUPS: Final = np.isin(np.arange(10), (1, 2, 3, 5, 7, 8, 9))
# Where most firms, associations and public bodies have theirs.
_SERIES: Final = np.isin(np.arange(1000), (202, 212, 232, 556, 557, 558, 559, 716, 769, 802, 916, 969))


@dataclass(frozen=True, slots=True)
class Persons:
    """Masks, and the year of birth of each."""

    is_personal: Mask
    is_coordination: Mask
    year: Numbers


def persons(digits: Digits, century: Numbers, is_over_hundred: Mask, *, on: date) -> Persons:
    """Of ten digits each. ``century``: 19, 20, or 0 where it isn't told; ``is_over_hundred``: written with a plus."""
    two, month, told_day = (number(digits[:, place : place + 2]) for place in (0, 2, 4))
    is_coordination = told_day > _ADDED_TO_DAY
    day = told_day - _ADDED_TO_DAY * is_coordination
    untold = last_year_with(two, month, day, on=on) - _CENTURY * is_over_hundred
    year = np.where(century > 0, century * _CENTURY + two, untold)
    is_right = can_be_birth(year, month, day, on=on) & luhn(digits)
    return Persons(is_right & ~is_coordination, is_right & is_coordination, year)


def is_organisation(digits: Digits) -> Mask:
    """Of ten digits each."""
    return np.asarray((digits[:, 2] >= _FIRST_OF_NO_MONTH) & luhn(digits))


def is_of_a_group(digits: Digits) -> Mask:
    """Whether the first digit is one that organisations are given."""
    return np.asarray(_GROUPS[digits[:, 0]])


def is_of_a_series(digits: Digits) -> Mask:
    """Whether it begins as most organisation numbers do, which few numbers of another kind do by chance."""
    return np.asarray(_SERIES[number(digits[:, :3])])
