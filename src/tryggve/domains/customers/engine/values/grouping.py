"""Telephone numbers and postcodes as people write them, where only bare digits are known.

What somebody has grouped already is shown as they did.
"""

import re
from dataclasses import replace

from tryggve.domains.customers.engine.details import Address
from tryggve.domains.customers.engine.values.number_shapes import country_named
from tryggve.domains.customers.engine.values.phones import Country

_BARE = re.compile(r"\+?[0-9]+")
_CODES: tuple[tuple[str, Country], ...] = (("+46", "SE"), ("+45", "DK"), ("+47", "NO"), ("+358", "FI"))
# Swedish area codes of three digits with the zero (the numbering plan of PTS); but for 08 the others have four.
_AREA_OF_THREE = re.compile(r"01[013689]|02[0136]|03[1356]|04[0246]|054|06[03]|07[0235679]|090")
# The groups of what follows it, by how many digits those are.
_SWEDISH = {5: (3, 2), 6: (2, 2, 2), 7: (3, 2, 2), 8: (3, 3, 2)}
_PAIRS = (2, 2, 2, 2)
_NORWEGIAN_MOBILE = re.compile(r"[49]\d{7}")
_NORWEGIAN_SERVICE = re.compile(r"8\d{7}")
_FINNISH_MOBILE = re.compile(r"0(?:4\d|50)\d{7}")
_POSTCODE = re.compile(r"^([1-9]\d\d)(\d\d)\Z")
_POSTCODE_AND_TOWN = re.compile(r"^([1-9]\d\d)(\d\d)(?=\s+[^\W\d_])")


def grouped_phone(phone: str, country: Country) -> str:
    """Bare digits in the groups that the country writes them in, after a plus those of the country it names.

    Any other text, and numbers of lengths or countries that aren't known, as they are.
    """
    if not _BARE.fullmatch(phone):
        return phone
    for code, where in _CODES:
        if phone.startswith(code):
            zero = "0" if where in ("SE", "FI") else ""
            groups = _groups(zero + phone.removeprefix(code), where)
            return " ".join([code, groups[0].removeprefix(zero), *groups[1:]]) if groups else phone
    groups = _groups(phone, country)
    if country == "SE" and groups:
        return f"{groups[0]}-{' '.join(groups[1:])}"
    return " ".join(groups) or phone


def grouped_address(address: Address, country: Country) -> Address:
    """The address with a Swedish postcode of bare digits as «972 38», also where it stands before the town."""
    if (country_named(address.country) if address.country else country) != "SE":
        return address
    if not address.postcode:
        return replace(address, city=_POSTCODE_AND_TOWN.sub(r"\1 \2", address.city))
    return replace(address, postcode=_POSTCODE.sub(r"\1 \2", address.postcode))


def _groups(digits: str, country: Country) -> list[str]:
    """The groups of a national number; none when its length or beginning tells that it is something else."""
    match country:
        case "SE":
            return _swedish(digits)
        case "FI":
            return _cut(digits, (3, 3, 4)) if _FINNISH_MOBILE.fullmatch(digits) else []
        case "NO" if _NORWEGIAN_MOBILE.fullmatch(digits) or _NORWEGIAN_SERVICE.fullmatch(digits):
            return _cut(digits, (3, 2, 3))
    return _cut(digits, _PAIRS) if len(digits) == sum(_PAIRS) and digits[0] != "0" else []


def _swedish(digits: str) -> list[str]:
    if not digits.startswith("0") or digits.startswith("00"):
        return []
    area = digits[:2] if digits.startswith("08") else digits[: 3 if _AREA_OF_THREE.match(digits) else 4]
    subscriber = digits[len(area) :]
    # Eight digits follow the 08 of Stockholm and none of the others; mobile numbers have ten in all.
    is_whole = len(digits) == 10 if area[:2] == "07" and len(area) == 3 else len(digits) <= 10
    shape = _SWEDISH.get(len(subscriber), ())
    return [area, *_cut(subscriber, shape)] if shape and is_whole else []


def _cut(digits: str, sizes: tuple[int, ...]) -> list[str]:
    groups, start = [], 0
    for size in sizes:
        groups.append(digits[start : start + size])
        start += size
    return groups
