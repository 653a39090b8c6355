"""Control digits and dates, for many numbers at a time: a row of digits each, from 0 to 9."""

from collections.abc import Sequence
from typing import Final

import numpy as np
from numpy.typing import NDArray

Digits = NDArray[np.uint8]
Mask = NDArray[np.bool_]
Numbers = NDArray[np.uint32]

_DAYS: Final = np.array([0, 31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31, 0], np.uint8)
_MOST_OF_LUHN: Final = 28  # whose sum fits into a byte
_MOST_OF_NUMBER: Final = 9


def luhn(digits: Digits) -> Mask:
    """ISO/IEC 7812-1, annex B; up to 28 digits. Zeros before a number change nothing. Raises ValueError for more."""
    if digits.shape[1] > _MOST_OF_LUHN:
        raise ValueError("more digits than fit")
    columns = np.ascontiguousarray(digits.T)
    doubled = columns[-2::-2]
    # Twice a digit is the digit once more, less nine where that comes above nine.
    more = doubled - np.uint8(9) * (doubled > 4)
    total = columns.sum(0, dtype=np.uint8) + more.sum(0, dtype=np.uint8)
    return np.asarray(total % np.uint8(10) == 0)


def remainder(digits: Digits, weights: Sequence[int], by: int = 11) -> NDArray[np.uint16]:
    """Of the sum of each digit times its weight."""
    columns = np.ascontiguousarray(digits.T)
    total = (columns * np.array(weights, np.uint16)[:, None]).sum(0, dtype=np.uint16)
    return np.asarray(total % np.uint16(by))


def number(digits: Digits) -> Numbers:
    """Its value; up to nine digits. Raises ValueError for more."""
    if digits.shape[1] > _MOST_OF_NUMBER:
        raise ValueError("more digits than fit")
    value = np.zeros(len(digits), np.uint32)
    for column in range(digits.shape[1]):
        value = value * np.uint32(10) + digits[:, column]
    return value


def is_day(year: Numbers, month: Numbers, day: Numbers) -> Mask:
    """Whether there is such a day."""
    is_one = (day >= 1) & (day <= _DAYS[np.minimum(month, 13)])
    leap_days = np.flatnonzero((month == 2) & (day == 29))
    if len(leap_days):
        of = year[leap_days]
        is_one[leap_days] = (of % 4 == 0) & ((of % 100 != 0) | (of % 400 == 0))
    return np.asarray(is_one)
