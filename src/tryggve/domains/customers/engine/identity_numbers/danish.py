"""CPR numbers (CPR-loven; the century is told by the seventh digit), replacement numbers, and CVR numbers.

Since 1 October 2007 CPR numbers are given that remainders by eleven don't fit, so there is no control digit to ask.
"""

import re
from datetime import date

from tryggve.domains.customers.engine.identity_numbers.control import require, require_birth, weighted
from tryggve.domains.customers.engine.identity_numbers.kinds import IdentityNumber, NotANumber

_PERSON = re.compile(r"(\d{6})-?(\d{4})")
_TEMPORARY = re.compile(r"\d{6}-?[A-Z][A-Z\d]{3}")
_COMPANY = re.compile(r"[1-9]\d{7}")
_WEIGHTS = (2, 7, 6, 5, 4, 3, 2, 1)
_ADDED_TO_DAY = 60


def parse(text: str, on: date) -> IdentityNumber:
    """Raises NotANumber."""
    if _COMPANY.fullmatch(text):
        require(weighted(text, _WEIGHTS) == 0)
        return IdentityNumber("dk_organisation", text)
    found = _PERSON.fullmatch(text)
    if found is None:
        raise NotANumber("temporary" if _TEMPORARY.fullmatch(text) else "unknown")
    digits = "".join(found.groups())
    day = int(digits[:2])
    is_replacement = day > _ADDED_TO_DAY
    born_on = day - _ADDED_TO_DAY * is_replacement
    require_birth(year_told(digits), int(digits[2:4]), born_on, on=on)
    return IdentityNumber("dk_replacement" if is_replacement else "dk_personal", digits)


def year_told(digits: str) -> int:
    """The year of birth of a CPR number, by the century that its seventh digit tells."""
    year, seventh = int(digits[4:6]), int(digits[6])
    if seventh <= 3:
        return 1900 + year
    if seventh in (4, 9):
        return (2000 if year <= 36 else 1900) + year
    return (2000 if year <= 57 else 1800) + year
