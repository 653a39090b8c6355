"""What an IBAN of each country is made of.

SWIFT, IBAN Registry (ISO 13616), release 101: after the country and two control digits so many digits (n), letters (a)
or either (c).
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray

_COUNTRIES: Final[Mapping[str, str]] = {
    "11n": "NO",
    "12n": "BE",
    "14n": "DK FI FO GL SD",
    "15n": "SI",
    "16n": "AT BA EE LT MN XK",
    "17n": "HR",
    "18n": "CR DE ME RS VA",
    "19n": "AE IL SO TL",
    "20n": "CZ ES SE SK TN",
    "21n": "LY PT ST",
    "22n": "IS",
    "23n": "BI DJ MR",
    "24n": "HU PL",
    "25n": "EG",
    "2a 12n": "FK",
    "2a 16n": "GE",
    "4a 10n": "NL",
    "4a 14n": "GB IE",
    "4a 15n": "IQ",
    "4a 16n": "VG",
    "4a 20n": "HN NI SV",
    "4a 19n 3a": "MU",
    "4a 20n 3a": "SC",
    "23n 1a 1c": "BR",
    "2n 18c": "SA",
    "3n 13c": "KZ LU",
    "3n 16c": "OM",
    "5n 12c": "CH LI",
    "4n 20c": "LB",
    "6n 16c": "TR",
    "6n 19c": "UA",
    "7n 16c": "GR",
    "8n 12c": "AD",
    "8n 16c": "AL CY",
    "14n 15c": "RU",
    "3n 10c 2n": "MK",
    "10n 11c 2n": "FR MC",
    "1a 10n 12c": "IT SM",
    "4a 4n 18c": "JO YE",
    "4a 5n 18c": "MT",
    "4a 6n 8c": "BG",
    "4a 13c": "LV",
    "4a 14c": "BH",
    "4a 15c": "GI",
    "4a 16c": "PK RO",
    "4a 20c": "AZ",
    "4a 21c": "PS QA",
    "4a 22c": "KW",
    "4a 24c": "LC",
    "4c 20n": "DO",
    "4c 4n 16c": "BY",
    "20c": "MD",
    "24c": "GT",
}
LETTER: Final = 1
DIGIT: Final = 2
_PERMITTED: Final = {"n": DIGIT, "a": LETTER, "c": LETTER | DIGIT}
_PREFIX: Final = (LETTER, LETTER, DIGIT, DIGIT)
LONGEST: Final = 33
_LETTERS: Final = 26


@dataclass(frozen=True, slots=True)
class Structures:
    """``size`` by the country's two letters as a number from AA (0) to ZZ, 0 where there is no such country.

    ``permitted``: signs at each place, (26² × LONGEST). ``has_digits_alone``: no letters but the country's are needed.
    """

    size: NDArray[np.uint8]
    has_digits_alone: NDArray[np.bool_]
    permitted: NDArray[np.uint8]


def _structures() -> Structures:
    size = np.zeros(_LETTERS**2, np.uint8)
    has_digits_alone = np.zeros(_LETTERS**2, np.bool_)
    permitted = np.zeros((_LETTERS**2, LONGEST), np.uint8)
    for structure, countries in _COUNTRIES.items():
        signs = [*_PREFIX]
        for part in structure.split():
            signs += [_PERMITTED[part[-1]]] * int(part[:-1])
        for code in countries.split():
            country = _LETTERS * (ord(code[0]) - ord("A")) + ord(code[1]) - ord("A")
            size[country] = len(signs)
            has_digits_alone[country] = all(sign & DIGIT for sign in signs[2:])
            permitted[country, : len(signs)] = signs
    return Structures(size, has_digits_alone, permitted)


STRUCTURES: Final = _structures()
