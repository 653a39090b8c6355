"""Which texts are a person's identity number and nothing else, wherever they stand."""

import re
from datetime import date

from tryggve.domains.customers.engine.identity_numbers.kinds import PERSONAL, NotANumber
from tryggve.domains.customers.engine.identity_numbers.recognition import parse_number

_HYPHEN = "[-+\u2010-\u2015\u2212]"
# As no telephone number, tag or number of another register is written; the third with two control digits.
_WRITTEN_AS_ONE = re.compile(
    rf"(?:\d\d)?\d{{6}}{_HYPHEN}\d{{4}}|\d{{6}}(?:{_HYPHEN}|[A-FU-Y])\d{{3}}[0-9A-Z]|\d{{6}} ?\d{{5}}",
    re.IGNORECASE | re.ASCII,
)
_DIGITS_ALONE = re.compile(r"(?:\d\d)?\d{6} ?\d{4}", re.ASCII)
# Where a national telephone number begins with a zero.
_TRUNK_ZERO = frozenset({"SE", "FI"})
# It tells only whose century is meant, which is asked of nobody here.
_SOME_DAY = date(2031, 12, 31)


def is_surely_personal(text: str, *, country: str) -> bool:
    """Whether the text has the hyphen, the date and the control digit of somebody's number; a firm's isn't one.

    ``country`` is the firm's: Danish numbers, which have no control digit, are taken for such in Denmark alone.
    """
    text = text.strip()
    return _WRITTEN_AS_ONE.fullmatch(text) is not None and _is_personal(text, country)


def is_surely_no_phone(text: str, *, country: str) -> bool:
    """Whether what stands in the place of a telephone number is somebody's identity number, with or without hyphen.

    What could be dialled in the firm's country is none.
    """
    text = text.strip()
    if text.startswith("0") and (country in _TRUNK_ZERO or _DIGITS_ALONE.fullmatch(text)):
        return False
    return is_surely_personal(text, country=country) or (
        _DIGITS_ALONE.fullmatch(text) is not None and country != "DK" and _is_personal(text, country)
    )


def _is_personal(text: str, country: str) -> bool:
    try:
        return parse_number(text, country=country, on=_SOME_DAY).kind in PERSONAL
    except NotANumber:
        return False
