"""The public rules of numbers: dates and check digits.

Sweden: SKV 704 (personnummer), SKV 707 (samordningsnummer). Denmark: CPR-kontoret, «Personnummeret i CPR», and the
8 digits of CVR. Norway: Skatteetaten on fødselsnummer with the rule of 2032; Brønnøysund on organisasjonsnummer.
Finland: DVV on henkilötunnus with the signs of 2023. IBAN: ISO 13616 with ISO 7064 MOD 97-10. Luhn: ISO/IEC 7812-1.
"""

from collections.abc import Callable, Mapping, Sequence
from datetime import date

_CPR = (4, 3, 2, 7, 6, 5, 4, 3, 2, 1)
_CVR = (2, 7, 6, 5, 4, 3, 2, 1)
_FNR_FIRST = (3, 7, 6, 1, 8, 9, 4, 5, 2, 1)
_FNR_SECOND = (5, 4, 3, 2, 7, 6, 5, 4, 3, 2, 1)
_NO_ORGNR = (3, 2, 7, 6, 5, 4, 3, 2, 1)
_NO_ACCOUNT = (5, 4, 3, 2, 7, 6, 5, 4, 3, 2, 1)
_HETU = "0123456789ABCDEFHJKLMNPRSTUVWXY"


def luhn_sum(digits: str) -> int:
    """Modulus 10, each second digit doubled from the right, the last one not."""
    total = 0
    for place, digit in enumerate(reversed(digits)):
        product = int(digit) * (1 + place % 2)
        total += product // 10 + product % 10
    return total % 10


def luhn_digit(digits: str) -> str:
    return str(-luhn_sum(digits + "0") % 10)


def weighted(digits: str, weights: Sequence[int]) -> int:
    """Modulus 11."""
    return sum(int(digit) * weight for digit, weight in zip(digits, weights, strict=True)) % 11


def mod11_digit(digits: str, weights: Sequence[int]) -> str | None:
    """The last digit, whose weight is 1; None where it would be ten."""
    needed = -weighted(digits + "0", weights) % 11
    return None if needed == 10 else str(needed)


def cpr_digit(digits: str) -> str | None:
    return mod11_digit(digits, _CPR)


def cvr_digit(digits: str) -> str | None:
    return mod11_digit(digits, _CVR)


def no_orgnr_digit(digits: str) -> str | None:
    return mod11_digit(digits, _NO_ORGNR)


def no_account_digit(digits: str) -> str | None:
    """Of a Norwegian account, which the country's IBANs hold."""
    return mod11_digit(digits, _NO_ACCOUNT)


def fnr_digits(nine: str, *, remainder: int = 0) -> str | None:
    """Both control digits; ``remainder`` 1, 2 or 3 is what the rule of 2032 allows for the first."""
    first = (-weighted(nine + "0", _FNR_FIRST) + remainder) % 11
    if first == 10:
        return None
    second = mod11_digit(f"{nine}{first}", _FNR_SECOND)
    return None if second is None else f"{first}{second}"


def hetu_letter(nine: str) -> str:
    return _HETU[int(nine) % 31]


def hetu_letters() -> str:
    return _HETU


def iban_digits(country: str, account: str) -> str:
    spelled = "".join(str(int(sign, 36)) for sign in f"{account}{country}00")
    return f"{98 - int(spelled) % 97:02}"


def is_date(year: int, month: int, day: int) -> bool:
    try:
        date(year, month, day)
    except ValueError:
        return False
    return True


def _in_some_century(year: str, month: int, day: int) -> bool:
    return any(is_date(century + int(year), month, day) for century in (1900, 2000))


def is_personnummer(ten: str) -> bool:
    return not luhn_sum(ten) and _in_some_century(ten[:2], int(ten[2:4]), int(ten[4:6]))


def is_samordningsnummer(ten: str) -> bool:
    return not luhn_sum(ten) and _in_some_century(ten[:2], int(ten[2:4]), int(ten[4:6]) - 60)


def is_se_orgnr(ten: str) -> bool:
    return not luhn_sum(ten) and int(ten[2:4]) >= 20 and ten[0] in "2356789"


def is_cpr_date(ten: str) -> bool:
    """Whether it begins with a day, a replacement number's day among them; many have no check."""
    day = int(ten[:2])
    return any(_in_some_century(ten[4:6], int(ten[2:4]), one) for one in (day, day - 60))


def is_cpr(ten: str) -> bool:
    return is_cpr_date(ten) and not weighted(ten, _CPR)


def is_cvr(eight: str) -> bool:
    return eight[0] != "0" and not weighted(eight, _CVR)


def is_no_orgnr(nine: str) -> bool:
    return nine[0] in "89" and not weighted(nine, _NO_ORGNR)


def is_fnr(eleven: str) -> bool:
    """Old rule or new, D- and H-numbers among them."""
    if weighted(eleven[:10], _FNR_FIRST) > 3 or weighted(eleven, _FNR_SECOND):
        return False
    day, month = int(eleven[:2]), int(eleven[2:4])
    days = (day, day - 40)
    months = (month, month - 40, month - 65, month - 80)
    return eleven[0] in "89" or any(_in_some_century(eleven[4:6], m, d) for d in days for m in months)


def is_hetu(eleven: str) -> bool:
    digits = eleven[:6] + eleven[7:10]
    return _in_some_century(digits[4:6], int(digits[2:4]), int(digits[:2])) and eleven[-1] == hetu_letter(
        digits
    )


def is_iban(iban: str) -> bool:
    return int("".join(str(int(sign, 36)) for sign in iban[4:] + iban[:4])) % 97 == 1


_RULES: Mapping[int, Mapping[str, Callable[[str], bool]]] = {
    8: {"DK_CVR": is_cvr},
    9: {"NO_ORGNR": is_no_orgnr},
    10: {
        "SE_PERSONNUMMER": is_personnummer,
        "SE_SAMORDNINGSNUMMER": is_samordningsnummer,
        "SE_ORGNR": is_se_orgnr,
        "DK_CPR": is_cpr_date,
    },
    11: {"NO_FNR": is_fnr},
    12: {
        "SE_PERSONNUMMER": lambda twelve: twelve[:2] in {"18", "19", "20"} and is_personnummer(twelve[2:]),
        "SE_SAMORDNINGSNUMMER": lambda twelve: (
            twelve[:2] in {"18", "19", "20"} and is_samordningsnummer(twelve[2:])
        ),
        "SE_ORGNR": lambda twelve: twelve[:2] == "16" and is_se_orgnr(twelve[2:]),
    },
}


def could_be(digits: str) -> set[str]:
    """The kinds of whose rules this breaks none: what nobody could tell apart without a word beside it."""
    return {kind for kind, holds in _RULES.get(len(digits), {}).items() if holds(digits)}
