"""Pieces that no list need hold: ways over a Swedish, Danish or English keyboard, years and days."""

import re
from collections.abc import Iterator

from tryggve.accounts.passwords.folding import folded

# A starting key, a direction and a length.
WALK = 12.0
# A day out of sixty years.
DATE = 14.0
YEAR = 7.0

_SHORTEST_WALK = 4
_ROWS = [
    "01234567890+", "!\"#¤%&/()=?", "!@#$%^&*()_+", "qwertyuiopå", "asdfghjklöä", "asdfghjklæø", "<zxcvbnm,.-",
    "abcdefghijklmnopqrstuvwxyzåäö", "1q2w3e4r5t6y7u8i9o0på", "q1w2e3r4t5y6u7i8o9p0", "1qaz", "2wsx", "3edc",
    "4rfv", "5tgb", "6yhn", "7ujm", "1qazxsw23edcvfr45tgbnhy67ujm", "qazwsxedcrfvtgbyhnujm",
]  # fmt: skip
_WALKS = "\n".join(way for row in map(folded, _ROWS) for way in (row, row[::-1]))
_CENTURY, _MONTH, _DAY = r"(19|20)", r"(0[1-9]|1[0-2])", r"(0[1-9]|[12]\d|3[01])"
_YEAR = re.compile(rf"{_CENTURY}\d\d")
_DATE = re.compile(rf"{_CENTURY}?\d\d{_MONTH}{_DAY}|{_DAY}{_MONTH}{_CENTURY}?\d\d")


def prices(piece: str) -> Iterator[float]:
    """The bits of a folded piece, one for each kind of row that it is."""
    if len(piece) >= _SHORTEST_WALK and (piece in _WALKS or len(set(piece)) == 1):
        yield WALK
    if _YEAR.fullmatch(piece):
        yield YEAR
    if _DATE.fullmatch(piece):
        yield DATE
