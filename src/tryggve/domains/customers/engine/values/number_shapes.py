"""What a spreadsheet makes of a number that is a name: of a telephone number, a postcode, a date."""

import datetime
import re

from tryggve.domains.customers.engine.values.folding import words
from tryggve.domains.customers.engine.values.phones import Country

_POWER_OF_TEN = re.compile(r"(\d)(?:[.,](\d+))?[Ee]\+?(\d{1,2})")
_DECIMALS = re.compile(r"(\d+)[.,]0+")
_TOO_NARROW = re.compile(r"#{2,}")
# Most cells have none of these, and one look is cheaper than the patterns.
_SIGNS = re.compile(r"[Ee.,#]")
_SPACES = str.maketrans("", "", " \u00a0\u2007\u2009\u202f")

# Digits after the calling code, and without the zero before the area, of numbers that are written whole.
_CALLING_CODES: dict[Country, tuple[str, frozenset[int]]] = {
    "SE": ("46", frozenset({8, 9})),
    "DK": ("45", frozenset({8})),
    "NO": ("47", frozenset({8})),
    "FI": ("358", frozenset({7, 8, 9, 10})),
}
# Without its zero a Swedish number of nine digits can be no other; of Finnish ones those for mobile telephones.
_SURELY_LOST: dict[Country, re.Pattern[str]] = {
    "SE": re.compile(r"[1-9]\d{8}"),
    "FI": re.compile(r"(?:4\d|50)\d{7,8}"),
}
_PERHAPS_LOST: dict[Country, re.Pattern[str]] = {
    "SE": re.compile(r"[1-9]\d{6,7}"),
    "FI": re.compile(r"[1-9]\d{5,9}"),
}
_POSTCODES: dict[Country, tuple[re.Pattern[str], int]] = {
    "DK": (re.compile(r"[89]\d\d"), 4),
    "NO": (re.compile(r"\d{2,3}"), 4),
    "FI": (re.compile(r"\d{3,4}"), 5),
}
_NAMES: dict[Country, str] = {
    "SE": "sverige sweden se ruotsi",
    "DK": "danmark denmark dk tanska",
    "NO": "norge norway no noreg norja",
    "FI": "suomi finland fi",
}
_COUNTRIES = {name: country for country, names in _NAMES.items() for name in names.split()}
_DAY_0 = datetime.date(1899, 12, 30)
_FIRST_SERIAL, _LAST_SERIAL = 10_000, 73_415


def is_spoilt(text: str) -> bool:
    """Whether digits are gone: rounded to a power of ten («4.67012E+10»), or a column too narrow («####»)."""
    if not _SIGNS.search(text):
        return False
    power = _POWER_OF_TEN.fullmatch(text)
    if power:
        return len(power[2] or "") != int(power[3])
    return _TOO_NARROW.fullmatch(text) is not None


def whole_number(text: str) -> str:
    """The digits of a number with empty decimals («11122.0») or an exact power of ten; other text as it is."""
    if not _SIGNS.search(text):
        return text
    power = _POWER_OF_TEN.fullmatch(text)
    if power and not is_spoilt(text):
        return power[1] + (power[2] or "")
    decimals = _DECIMALS.fullmatch(text)
    return decimals[1] if decimals else text


def whole_phone(phone: str, country: Country, *, others_have_zero: bool) -> str:
    """The number with the zero or plus that a spreadsheet took from it; what it is compared by stays the same.

    Only bare digits can have lost anything. Where the country's lengths leave a doubt, a zero is put back when the
    other numbers of the column begin with one.
    """
    if phone[:1] in ("+", "0"):
        return phone
    digits = phone.translate(_SPACES)
    if not (digits.isascii() and digits.isdecimal()):
        return phone
    code, lengths = _CALLING_CODES[country]
    if digits.startswith(code) and len(digits) > 9 and len(digits) - len(code) in lengths:
        return f"+{digits}"
    lost = [_SURELY_LOST.get(country), _PERHAPS_LOST.get(country) if others_have_zero else None]
    return f"0{digits}" if any(shape and shape.fullmatch(digits) for shape in lost) else phone


def whole_postcode(postcode: str, country: Country, *, stated: str = "") -> str:
    """The postcode with the zeros before it that a spreadsheet took; ``stated`` is the country on the row, if any.

    No Swedish postcode begins with a zero.
    """
    digits = whole_number(postcode)
    where = country_named(stated) if stated else country
    if where is None or where not in _POSTCODES:
        return digits
    shape, length = _POSTCODES[where]
    return digits.zfill(length) if shape.fullmatch(digits) else digits


def country_named(text: str) -> Country | None:
    """The one of the four countries that is named or coded, in a language of theirs or in English."""
    return _COUNTRIES.get("".join(words(text)))


def date_of_serial(text: str) -> str | None:
    """The date (ISO 8601) of a spreadsheet's day number, from 1927 to 2100; None for other text.

    Fewer digits are left alone: they may be a year.
    """
    digits = whole_number(text)
    if len(digits) != 5 or not (digits.isascii() and digits.isdecimal()):
        return None
    serial = int(digits)
    if not _FIRST_SERIAL <= serial <= _LAST_SERIAL:
        return None
    return (_DAY_0 + datetime.timedelta(days=serial)).isoformat()
