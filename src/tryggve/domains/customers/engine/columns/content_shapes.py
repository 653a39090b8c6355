"""What a cell holds by its looks alone: for columns that no heading names."""

import datetime
import re

from tryggve.domains.customers.engine.identity_numbers import NotANumber, parse_number
from tryggve.domains.customers.engine.values.emails import emails_in
from tryggve.domains.customers.engine.values.number_shapes import country_named, whole_phone
from tryggve.domains.customers.engine.values.organisation_names import is_organisation
from tryggve.domains.customers.engine.values.phones import Country, phones_in

_DATE = re.compile(r"(\d{1,4})[-/.](\d{1,2})[-/.](\d{1,4})(?:[ T]\d{1,2}:\d\d.*)?")
_PHONE_DIGITS: dict[Country, re.Pattern[str]] = {
    "SE": re.compile(r"0[1-9]\d{6,9}"),
    "FI": re.compile(r"0[1-9]\d{4,10}"),
    "DK": re.compile(r"[2-9]\d{7}"),
    "NO": re.compile(r"[2-9]\d{7}|0\d{4}"),
}
_ABROAD = re.compile(r"(?:\+|00)[1-9]\d{6,13}")
_PUNCTUATION = re.compile(r"[\s()./\u2010-\u2015-]")
_POSTCODES: dict[Country, re.Pattern[str]] = {
    "SE": re.compile(r"(?:SE?[- ]?)?[1-9]\d{2} ?\d{2}"),
    "FI": re.compile(r"(?:FI[- ]?)?\d{5}"),
    "DK": re.compile(r"(?:DK[- ]?)?\d{4}"),
    "NO": re.compile(r"(?:NO?[- ]?)?\d{4}"),
}
_STREET = re.compile(r"[^\W\d_][^\d@]{1,60}?\s\d{1,4}(?:\s?[A-Za-z])?(?:[\s,:].*)?")
_TOWN = re.compile(r"[^\W\d_]+(?:[ .-]{1,2}[^\W\d_]+){0,3}")
_NAME_WORD = re.compile(r"(?:[^\W\d_]\.|[^\W\d_]+(?:['\u2019-][^\W\d_]+)*)")
_PARTICLES = frozenset(
    {"von", "af", "av", "de", "la", "du", "den", "der", "van", "le", "di", "el", "al", "bin", "e"}
)
_LONGEST_NAME = 60

# Only looks count here: the day is one by which everybody is born, and all rules hold.
_ANY_DAY = datetime.date(2099, 12, 31)
_SURE_DIGITS = 11


def is_email(cell: str) -> bool:
    return "@" in cell and bool(emails_in(cell))


def is_date(cell: str) -> bool:
    """Whether the cell is a date with its year, in any order."""
    found = _DATE.fullmatch(cell)
    if not found:
        return False
    first, second, third = map(int, found.groups())
    orders = [(first, second, third), (third, second, first), (third, first, second)]
    return any(year > 31 and _is_day(year, month, day) for year, month, day in orders)


def _is_day(year: int, month: int, day: int) -> bool:
    try:
        datetime.date(year if year > 99 else 1900 + year, month, day)
    except ValueError:
        return False
    return True


def is_phone_number(cell: str, country: Country) -> bool:
    """Whether the cell is a telephone number as it is written in that country, or one from abroad with its code."""
    if is_date(cell) or is_identity_number(cell, country):
        return False
    phones = phones_in(cell)
    return bool(phones) and all(_is_of_country(phone, country) for phone in phones or ())


def _is_of_country(phone: str, country: Country) -> bool:
    digits = _PUNCTUATION.sub("", whole_phone(phone, country, others_have_zero=False).replace("(0)", ""))
    return bool(_ABROAD.fullmatch(digits) or _PHONE_DIGITS[country].fullmatch(digits))


def is_identity_number(cell: str, country: Country) -> bool:
    """Whether the cell is surely a Nordic identity number: what it counts out fits, and no telephone is so written."""
    if not may_be_identity_number(cell, country):
        return False
    digits = [sign for sign in cell if sign.isdecimal()]
    is_ten = len(digits) == _SURE_DIGITS - 1 and digits[0] != "0" and country == "SE"
    return "-" in cell[1:] or "+" in cell[1:] or len(digits) >= _SURE_DIGITS or is_ten


def may_be_identity_number(cell: str, country: Country) -> bool:
    """Whether the cell fits the rules of such numbers, as one telephone number in ten does too."""
    try:
        parse_number(cell, country=country, on=_ANY_DAY)
    except NotANumber:
        return False
    return True


def is_postcode(cell: str, country: Country) -> bool:
    return _POSTCODES[country].fullmatch(cell) is not None


def is_postcode_and_town(cell: str, country: Country) -> bool:
    place = re.fullmatch(r"(.*\d)\s+(\D+)", cell)
    return bool(place and is_postcode(place[1], country) and is_town(place[2]))


def is_town(cell: str) -> bool:
    return _TOWN.fullmatch(cell) is not None and cell[:1].isupper()


def is_street(cell: str) -> bool:
    return _STREET.fullmatch(cell) is not None


def is_country(cell: str) -> bool:
    return len(cell) < 20 and country_named(cell) is not None


def is_person_name(cell: str) -> bool:
    """Two to five words with capital letters, «von» and its like aside; «Ek, Anna» too, but no organisation."""
    if len(cell) > _LONGEST_NAME or is_organisation(cell) or cell.count(",") > 1:
        return False
    found = cell.replace(",", " ").split()
    own = [word for word in found if word.lower() not in _PARTICLES]
    return 2 <= len(own) <= 5 and all(map(_is_name_word, own))


def is_one_name(cell: str) -> bool:
    """One word that may be a given name or a family name («von Essen» counts as one)."""
    own = [word for word in cell.split() if word.lower() not in _PARTICLES]
    return len(own) == 1 and _is_name_word(own[0]) and len(cell) > 1


def _is_name_word(word: str) -> bool:
    return word[:1].isupper() and _NAME_WORD.fullmatch(word) is not None
