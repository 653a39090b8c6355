"""Control digits, and dates that exist."""

from collections.abc import Sequence
from datetime import date

from tryggve.domains.customers.engine.identity_numbers.kinds import NotANumber


def luhn(digits: str) -> int:
    """The sum that is divided by ten for a right number (ISO/IEC 7812-1, annex B)."""
    doubled = (int(digit) * (1 + place % 2) for place, digit in enumerate(reversed(digits)))
    return sum(value // 10 + value % 10 for value in doubled)


def weighted(digits: str, weights: Sequence[int]) -> int:
    """The remainder by eleven of each digit times its weight."""
    return sum(int(digit) * weight for digit, weight in zip(digits, weights, strict=True)) % 11


def require(holds: bool) -> None:
    """Go on if the control digit is right. Raises NotANumber."""
    if not holds:
        raise NotANumber("control")


def can_be_birth(year: int, month: int, day: int, *, on: date) -> bool:
    """Whether there is such a day, and it has come."""
    try:
        return date(year, month, day) <= on
    except ValueError:
        return False


def require_birth(year: int, month: int, day: int, *, on: date) -> None:
    """Go on if somebody who is here on that day can be born then. Raises NotANumber."""
    if not can_be_birth(year, month, day, on=on):
        raise NotANumber("no_such_date")
