"""Personal and coordination numbers (folkbokföringslagen 1991:481 §§ 18, 18 a), and organisation numbers."""

import re
from datetime import date

from tryggve.domains.customers.engine.identity_numbers.control import luhn, require, require_birth
from tryggve.domains.customers.engine.identity_numbers.kinds import IdentityNumber, Kind, NotANumber

_NUMBER = re.compile(r"(1[689]|20)?(\d{6})([-+]?)(\d{4})")
_FOR_TAX = re.compile(r"(\d{6})-?(\d{4})-?01")
# What hospitals and schools give for the time being: no two agree, and nothing controls it.
_TEMPORARY = re.compile(r"(\d\d)?\d{6}[-+]?[A-Z][A-Z\d]{3}")
_OF_ORGANISATIONS = "16"
_ADDED_TO_DAY = 60
_CENTURY = 100


def parse(text: str, on: date) -> IdentityNumber:
    """A sole trader's organisation number is his personal number. Raises NotANumber."""
    found = _NUMBER.fullmatch(text)
    if found is None:
        raise NotANumber("temporary" if _TEMPORARY.fullmatch(text) else "unknown")
    century, six, sign, four = found.groups()
    # The third digit of a personal number begins the month.
    if century == _OF_ORGANISATIONS or (century is None and six[2] >= "2"):
        return _organisation(six + four)
    year = _year(century, six, sign, on)
    day = int(six[4:])
    is_coordination = day > _ADDED_TO_DAY
    require_birth(year, int(six[2:4]), day - _ADDED_TO_DAY * is_coordination, on=on)
    require(luhn(six + four) % 10 == 0)
    kind: Kind = "se_coordination" if is_coordination else "se_personal"
    return IdentityNumber(kind, f"{year:04}{six[2:]}{four}")


def parse_for_tax(text: str, on: date) -> IdentityNumber:
    """What stands after SE in a number for value added tax. Raises NotANumber."""
    found = _FOR_TAX.fullmatch(text)
    if found is None:
        raise NotANumber("unknown")
    return parse("".join(found.groups()), on)


def _organisation(digits: str) -> IdentityNumber:
    if digits[2] < "2":
        raise NotANumber("unknown")
    require(luhn(digits) % 10 == 0)
    return IdentityNumber("se_organisation", digits)


def _year(century: str | None, six: str, sign: str, on: date) -> int:
    """Where no century is told: the last year that has come; with a plus, of those in which one turns a hundred."""
    if century is not None:
        return int(century + six[:2])
    latest = on.year - _CENTURY * (sign == "+")
    year = latest - (latest - int(six[:2])) % _CENTURY
    month, day = int(six[2:4]), (int(six[4:]) - 1) % _ADDED_TO_DAY + 1
    return year if (year, month, day) <= (on.year, on.month, on.day) else year - _CENTURY
