"""International bank account numbers in a text: ISO 13616, with control digits by ISO/IEC 7064 (MOD 97-10)."""

from typing import Final

import numpy as np
from numpy.typing import NDArray

from tryggve.domains.datamap.engine.arithmetic import Mask, remainder
from tryggve.domains.datamap.engine.boundaries import is_free_after, is_free_before
from tryggve.domains.datamap.engine.kinds import Confidence, Kind
from tryggve.domains.datamap.engine.numbers.confidence import Right, judged
from tryggve.domains.datamap.engine.numbers.iban_structures import DIGIT, LETTER, STRUCTURES
from tryggve.domains.datamap.engine.numbers.shapes import portions
from tryggve.domains.datamap.engine.rows import rows
from tryggve.domains.datamap.engine.runs import Codes, Places
from tryggve.domains.datamap.engine.spans import Spans
from tryggve.domains.datamap.engine.text import Text

Countries = NDArray[np.int64]

_FIRST_LETTER: Final = 10
_LETTERS: Final = 26
_SEPARATOR: Final = 4
_ZERO: Final = np.uint8(ord("0"))
_BY, _REST = 97, 1
# Eight signs, two digits of a number each, fit into 64 bits after a remainder.
_STEP: Final = 8


def _signs() -> tuple[Codes, Codes]:
    """By byte: what sign it is, and its value from 0 to 35."""
    sign, value = np.zeros(256, np.uint8), np.zeros(256, np.uint8)
    for place, code in enumerate(b"0123456789"):
        sign[code], value[code] = DIGIT, place
    for place, code in enumerate(b"ABCDEFGHIJKLMNOPQRSTUVWXYZ", start=_FIRST_LETTER):
        sign[[code, code | 0x20]], value[[code, code | 0x20]] = LETTER, place
    sign[list(b" -\n\t")] = _SEPARATOR
    return sign, value


def _countries() -> Countries:
    """By two bytes the country's place among the structures; 0, that of AA, for what is none."""
    table = np.zeros(1 << 16, np.int64)
    for country in np.flatnonzero(STRUCTURES.size).tolist():
        one, other = (ord("A") + letter for letter in divmod(country, _LETTERS))
        for small in (0, 0x20):
            table[(one | small) + (other | small) * 256] = country
    return table


_SIGN, _VALUE = _signs()
_COUNTRY: Final = _countries()


def find(text: Text) -> Spans:
    """In one or in groups, of any country, in capitals or not."""
    run = _beginnings(text)
    start = text.runs.start[run] - 2
    country = _COUNTRY[_two_before(text.codes, text.runs.start[run])]
    size = STRUCTURES.size[country]
    is_digits = STRUCTURES.has_digits_alone[country] & (text.runs.size[run] == size - 2)
    found = [
        finder(text, start[few], country[few], int(one))
        for finder, is_its in ((_of_digits, is_digits), (_of_any_signs, ~is_digits))
        for one in np.unique(size[is_its])
        for few in portions(np.flatnonzero(is_its & (size == one)))
    ]
    return judged(text, [Right(Kind.IBAN, begin, end, Confidence.HIGH) for begin, end in found])


def _beginnings(text: Text) -> Places:
    """Runs of at least two digits right after the two letters of a country."""
    run = np.flatnonzero(~text.runs.opens & (text.runs.size > 1))
    run = run[_COUNTRY[_two_before(text.codes, text.runs.start[run])] > 0]
    return run[is_free_before(text.codes, text.runs.start[run] - 2)]


def _two_before(codes: Codes, start: Places) -> NDArray[np.uint16]:
    return rows(codes, start - 2, 2).view("<u2")[:, 0]


def _of_digits(text: Text, start: Places, country: Countries, size: int) -> tuple[Places, Places]:
    """Where those begin and end that are right, of numbers in one and with no other letters than the country's."""
    digits = rows(text.codes, start + 2, size - 2) - _ZERO
    one, other = np.divmod(country, _LETTERS)
    letters = (one + _FIRST_LETTER) * 10_000 + (other + _FIRST_LETTER) * 100
    weights = [pow(10, place, _BY) for place in (1, 0, *range(size + 1, 5, -1))]
    is_right = (letters + remainder(digits, weights, _BY)) % _BY == _REST
    is_right &= is_free_after(text.codes, start + size)
    return start[is_right], start[is_right] + size


def _of_any_signs(text: Text, start: Places, country: Countries, size: int) -> tuple[Places, Places]:
    """The same, of numbers with letters or in groups."""
    codes = rows(text.codes, start, size + size // 2)
    sign = _SIGN[codes]
    is_part = (sign & (LETTER | DIGIT)) != 0
    count = is_part.cumsum(1, dtype=np.uint8)
    is_whole = (count[:, -1] >= size) & _holds_together(sign, count < size)
    codes, is_part, count = codes[is_whole], is_part[is_whole], count[is_whole]
    parts = codes[is_part & (count <= size)].reshape(-1, size)
    start, end = start[is_whole], start[is_whole] + (count < size).sum(1) + 1
    is_right = ((_SIGN[parts] & STRUCTURES.permitted[country[is_whole], :size]) != 0).all(1)
    is_right &= is_free_after(text.codes, end) & is_valid(_VALUE[parts])
    return start[is_right], end[is_right]


def _holds_together(sign: Codes, is_before_end: Mask) -> Mask:
    """No more than one separator at a time, and nothing else between the parts."""
    is_separator = sign == _SEPARATOR
    is_broken = is_before_end & (sign == 0)
    is_broken[:, 1:] |= is_before_end[:, 1:] & is_separator[:, 1:] & is_separator[:, :-1]
    return np.asarray(~is_broken.any(1))


def is_valid(values: Codes) -> Mask:
    """Of rows of values from 0 to 35 whether the control digits are right."""
    turned = np.hstack((values[:, 4:], values[:, :4])).astype(np.uint64)
    left_over = np.zeros(len(values), np.uint64)
    for place in range(turned.shape[1]):
        column = turned[:, place]
        left_over = left_over * np.where(column > 9, np.uint64(100), np.uint64(10)) + column
        if place % _STEP == _STEP - 1:
            left_over %= np.uint64(_BY)
    return np.asarray(left_over % np.uint64(_BY) == _REST)
