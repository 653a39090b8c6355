"""Finnish personal identity codes in a text: VNa 128/2010, with the further signs of centuries of 2023."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray

from tryggve.domains.datamap.engine import spans
from tryggve.domains.datamap.engine.arithmetic import Mask, number
from tryggve.domains.datamap.engine.boundaries import is_free_after
from tryggve.domains.datamap.engine.kinds import Confidence, Kind
from tryggve.domains.datamap.engine.numbers.births import has_come
from tryggve.domains.datamap.engine.numbers.confidence import Right, judged
from tryggve.domains.datamap.engine.rows import rows
from tryggve.domains.datamap.engine.runs import Codes, Places
from tryggve.domains.datamap.engine.spans import Spans
from tryggve.domains.datamap.engine.text import Text

_SIZE: Final = 11
_ZERO: Final = np.uint8(ord("0"))
# From 900 on a hospital gives them for a while, to somebody whose own isn't known.
_FIRST_INDIVIDUAL = 2
_SIGNS: Final[Mapping[str, int]] = {
    "+": 1800,
    **dict.fromkeys("-UVWXYuvwxy", 1900),
    **dict.fromkeys("ABCDEFabcdef", 2000),
}
_CONTROLS: Final = "0123456789ABCDEFHJKLMNPRSTUVWXY"
_NO_CONTROL: Final = 255


def _centuries() -> NDArray[np.uint32]:
    table = np.zeros(256, np.uint32)
    for sign, century in _SIGNS.items():
        table[ord(sign)] = century
    return table


def _values() -> Codes:
    table = np.full(256, _NO_CONTROL, np.uint8)
    for value, control in enumerate(_CONTROLS):
        table[[ord(control), ord(control.lower())]] = value
    return table


_CENTURY_OF: Final = _centuries()
_VALUE_OF: Final = _values()


@dataclass(frozen=True, slots=True)
class _Codes:
    """``has_date``: whether it begins with a day that is one and has come; ``is_digits``: whether it has no letter."""

    start: Places
    has_date: Mask
    is_right: Mask
    is_digits: Mask


def find(text: Text) -> Spans:
    """What is all digits and one hyphen is surer where most such codes have letters: two in three of them have."""
    written = _written(text)
    if written is None:
        return spans.none()
    with_letters = written.is_right & ~written.is_digits
    of_digits = written.has_date & written.is_digits
    are_finnish = of_digits.sum() <= with_letters.sum()
    sure_of_digits = Confidence.MEDIUM if are_finnish else Confidence.LOW
    sure = np.where(written.is_digits, sure_of_digits, Confidence.HIGH)[written.is_right]
    start = written.start[written.is_right]
    return judged(text, [Right(Kind.FI_HETU, start, start + _SIZE, sure)])


def _written(text: Text) -> _Codes | None:
    start = _beginnings(text)
    if not len(start):
        return None
    codes = rows(text.codes, start, _SIZE)
    digits = codes[:, [0, 1, 2, 3, 4, 5, 7, 8, 9]] - _ZERO
    century = _CENTURY_OF[codes[:, 6]]
    day, month, two = (number(digits[:, place : place + 2]) for place in (0, 2, 4))
    individual = number(digits[:, 6:])
    has_date = (century > 0) & has_come(century + two, month, day, on=text.on)
    is_given = individual >= _FIRST_INDIVIDUAL
    is_right = has_date & is_given & (number(digits) % len(_CONTROLS) == _VALUE_OF[codes[:, 10]])
    is_digits = (codes[:, 6] < ord("A")) & (codes[:, 10] < ord("A"))
    return _Codes(start, has_date, is_right, is_digits)


def _beginnings(text: Text) -> Places:
    """Six digits, some one sign, three digits and one more sign that ends the word."""
    runs = text.runs
    fits = (runs.size[:-1] == 6) & (runs.gap[:-1] == 1)
    first = np.flatnonzero(fits & ((runs.size[1:] == 3) | (runs.size[1:] == 4)))
    first = first[runs.opens[first]]
    if not len(first):
        return first
    ends_with_letter = is_free_after(text.codes, runs.start[first] + _SIZE)
    ends = np.where(runs.size[first + 1] == 4, runs.closes[first + 1], ends_with_letter)
    return runs.start[first[ends]]
