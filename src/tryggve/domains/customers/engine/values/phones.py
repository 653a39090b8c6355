import re
from typing import Literal

Country = Literal["SE", "DK", "NO", "FI"]

_CALLING_CODES: dict[str, str] = {"SE": "46", "DK": "45", "NO": "47", "FI": "358"}
_TRUNK_ZERO = {"46", "358"}
_SHORTEST_WITH_CODE = 10
_FEWEST_DIGITS, _MOST_DIGITS = 5, 15
_NOT_DIGITS = re.compile(r"[^0-9]")
_EXTENSION = re.compile(r"(?:\bext|\bx|\blok|\bankn|\banknytning|#)[\s.:]*[0-9]{1,6}\s*$", re.IGNORECASE)
_LABEL = re.compile(r"^(?:tel:|[^\W\d_]{1,12}\s*[.:])\s*", re.IGNORECASE)
_WRITTEN = re.compile(r"\+?[0-9()\[\]./ \u00a0\u2007\u2009\u202f\u2010-\u2015\u2212-]+(?<=[0-9)\]])")
_PLAIN = re.compile(r"\+?[0-9](?:[ -]?[0-9]){4,14}")
_PUNCTUATION = str.maketrans("", "", " -()[]./\u00a0")
_SEPARATORS = re.compile(r"[;,|\n]")


def phone_key(phone: str, country: Country = "SE") -> str:
    """The digits by which two ways of writing a telephone number are compared.

    A number in the given country loses its calling code and leading zero; others keep their calling code.
    Empty when there is no digit.
    """
    number = _without_words(phone)
    code = _CALLING_CODES[country]
    digits = _NOT_DIGITS.sub("", number)
    if number.startswith("+"):
        return _national(digits, code)
    if digits.startswith("00"):
        return _national(digits[2:], code)
    if digits.startswith(code) and len(digits) >= _SHORTEST_WITH_CODE:
        return _national(digits, code)
    return digits[1:] if code in _TRUNK_ZERO and digits.startswith("0") else digits


def _without_words(phone: str) -> str:
    """The number without the label before it, the extension after it, and punctuation between."""
    bare = phone.replace("(0)", "").translate(_PUNCTUATION)
    if bare[1:].isdecimal():
        return bare
    return _EXTENSION.sub("", _LABEL.sub("", phone)).replace("(0)", "").translate(_PUNCTUATION)


def _national(digits: str, code: str) -> str:
    if not digits.startswith(code):
        return digits
    rest = digits[len(code) :]
    return rest.lstrip("0") if code in _TRUNK_ZERO else rest


def is_phone(text: str) -> bool:
    """Whether the text is written as a telephone number of 5 to 15 digits, a label or extension allowed."""
    number = _EXTENSION.sub("", _LABEL.sub("", text)).strip()
    digits = len(_NOT_DIGITS.sub("", number))
    return _FEWEST_DIGITS <= digits <= _MOST_DIGITS and _WRITTEN.fullmatch(number) is not None


def phones_in(cell: str) -> tuple[str, ...] | None:
    """The telephone numbers of a cell as they are written; None when some of it is none."""
    if _PLAIN.fullmatch(cell):
        return (cell,)
    phones: list[str] = []
    for piece in filter(None, map(str.strip, _SEPARATORS.split(cell))):
        # «070-174 06 05 / 08-465 004 00» are two numbers, «08/465 004 00» is one.
        halves = [half.strip() for half in piece.split("/")]
        several = halves if all(map(is_phone, halves)) else [piece]
        if not all(map(is_phone, several)):
            return None
        phones += several
    return tuple(dict.fromkeys(phones))
