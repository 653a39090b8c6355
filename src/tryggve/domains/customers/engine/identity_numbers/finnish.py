"""Personal identity codes (VNa 128/2010, with the further signs of 2023), and business ids (Y-tunnus)."""

import re
from datetime import date

from tryggve.domains.customers.engine.identity_numbers.control import require, require_birth, weighted
from tryggve.domains.customers.engine.identity_numbers.kinds import IdentityNumber, NotANumber

_PERSON = re.compile(r"(\d{2})(\d{2})(\d{2})([-+A-FU-Y])(\d{3})([\dA-Y])")
_WITHOUT_SIGN = re.compile(r"\d{9}[\dA-Y]")
# Years ago the first digit was left out where it is 0.
_COMPANY = re.compile(r"(\d{6,7})-(\d)|(\d{7})(\d)")
_CENTURIES = {"+": 1800, **dict.fromkeys("-UVWXY", 1900), **dict.fromkeys("ABCDEF", 2000)}
_CONTROLS = "0123456789ABCDEFHJKLMNPRSTUVWXY"
_WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1)
_FIRST_INDIVIDUAL, _FIRST_TEMPORARY = 2, 900


def parse(text: str, on: date) -> IdentityNumber:
    """Raises NotANumber."""
    if company := _COMPANY.fullmatch(text):
        digits = "".join(part for part in company.groups() if part).zfill(8)
        require(weighted(digits, _WEIGHTS) == 0)
        return IdentityNumber("fi_organisation", digits)
    found = _PERSON.fullmatch(text)
    if found is None:
        raise NotANumber("no_century" if _WITHOUT_SIGN.fullmatch(text) else "unknown")
    day, month, year, sign, individual, control = found.groups()
    if int(individual) >= _FIRST_TEMPORARY:
        raise NotANumber("temporary")
    if int(individual) < _FIRST_INDIVIDUAL:
        raise NotANumber("unknown")
    require_birth(_CENTURIES[sign] + int(year), int(month), int(day), on=on)
    require(control == _CONTROLS[int(day + month + year + individual) % len(_CONTROLS)])
    return IdentityNumber("fi_personal", text)
