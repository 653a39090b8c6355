"""What the spellings of one identity number have in common."""

import re

_NOT_IN_NUMBERS = re.compile(r"[\W_]")
_LONG_NUMBER, _SHORT_NUMBER = 12, 10
# How many digits a person's number has, and how many zeros it can begin with: a year and a month, or a day.
_BEGINS_WITH_ZEROS = {"SE": (10, 3), "DK": (10, 1), "NO": (11, 1)}


def number_key(text: str) -> str:
    """What two spellings of one identity number have in common: no century, no hyphen; empty for none."""
    key = _NOT_IN_NUMBERS.sub("", text).casefold()
    return key[_LONG_NUMBER - _SHORT_NUMBER :] if key.isdecimal() and len(key) == _LONG_NUMBER else key


def with_zeros(text: str, country: str) -> str:
    """A person's number of that country with the zeros that a spreadsheet took from its front; empty if it has them."""
    length, most = _BEGINS_WITH_ZEROS.get(country, (0, 0))
    digits = text.strip()
    is_short = digits.isdecimal() and length - most <= len(digits) < length
    return digits.zfill(length) if is_short else ""
