from collections.abc import Iterable
from datetime import date

from tryggve.domains.customers.engine.identity_numbers import danish
from tryggve.domains.customers.engine.identity_numbers.kinds import IdentityNumber

_ADDED_TO_DAY = 60


def birth_date(numbers: Iterable[IdentityNumber]) -> date | None:
    """The day of birth that a Swedish or Danish number of a person's tells; None where none of them does."""
    told = (_told(one) for one in numbers)
    return next((day for day in told if day is not None), None)


def _told(number: IdentityNumber) -> date | None:
    digits = number.digits
    if number.kind in ("se_personal", "se_coordination"):
        return _day(int(digits[:4]), int(digits[4:6]), int(digits[6:8]))
    if number.kind in ("dk_personal", "dk_replacement"):
        return _day(danish.year_told(digits), int(digits[2:4]), int(digits[:2]))
    return None


def _day(year: int, month: int, day: int) -> date:
    return date(year, month, day - _ADDED_TO_DAY * (day > _ADDED_TO_DAY))
