"""Birth numbers, D numbers, help numbers and organisation numbers.

The rules: folkeregisterforskriften kap. 2; for help numbers HITR 1001:2010; for numbers given from 1 January 2032
Skatteetaten, «Nytt fødselsnummer fra 2032»: the first control digit may leave 0 to 3, the second as before, and the
century is told no more.
"""

import re
from datetime import date

from tryggve.domains.customers.engine.identity_numbers.control import can_be_birth, require, weighted
from tryggve.domains.customers.engine.identity_numbers.kinds import IdentityNumber, Kind, NotANumber

_PERSON = re.compile(r"(\d{6})-?(\d{5})")
_COMPANY = re.compile(r"(\d{9})(?:MVA)?")
_FIRST = (3, 7, 6, 1, 8, 9, 4, 5, 2, 1)
_SECOND = (5, 4, 3, 2, 7, 6, 5, 4, 3, 2, 1)
_OF_COMPANY = (3, 2, 7, 6, 5, 4, 3, 2, 1)
_ADDED = 40
_NEW_RULE_FROM = date(2032, 1, 1)
_MOST_LEFT_OVER = 3
# Individual numbers from, to; years of the century from, to; the century.
_SERIES = ((0, 499, 0, 99, 1900), (500, 749, 54, 99, 1800), (500, 999, 0, 39, 2000), (900, 999, 40, 99, 1900))
_CENTURIES = (2000, 1900, 1800)


def parse(text: str, on: date) -> IdentityNumber:
    """Raises NotANumber."""
    if company := _COMPANY.fullmatch(text):
        require(weighted(company[1], _OF_COMPANY) == 0)
        return IdentityNumber("no_organisation", company[1])
    found = _PERSON.fullmatch(text)
    if found is None:
        raise NotANumber("unknown")
    digits = "".join(found.groups())
    kind = _kind(digits)
    if kind != "no_common_help":
        _require_date(digits, kind, on)
    is_by_old_rule = weighted(digits[:10], _FIRST) == 0
    is_by_new_rule = on >= _NEW_RULE_FROM and weighted(digits[:10], _FIRST) <= _MOST_LEFT_OVER
    require((is_by_old_rule or is_by_new_rule) and weighted(digits, _SECOND) == 0)
    return IdentityNumber(kind, digits)


def _kind(digits: str) -> Kind:
    if digits[0] in "89":
        return "no_common_help"
    if digits[0] in "4567":
        return "no_d"
    return "no_help" if digits[2] in "45" else "no_personal"


def _require_date(digits: str, kind: Kind, on: date) -> None:
    day, month, year = (int(digits[place : place + 2]) for place in (0, 2, 4))
    day -= _ADDED * (kind == "no_d")
    month -= _ADDED * (kind == "no_help")
    centuries = _centuries(int(digits[6:9]), year, on)
    if not any(can_be_birth(century + year, month, day, on=on) for century in centuries):
        raise NotANumber("no_such_date")


def _centuries(individual: int, year: int, on: date) -> tuple[int, ...]:
    if on >= _NEW_RULE_FROM:
        return _CENTURIES
    return tuple(
        century
        for first, last, earliest, latest, century in _SERIES
        if first <= individual <= last and earliest <= year <= latest
    )
