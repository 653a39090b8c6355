"""Swedish giro numbers and payment references in a text.

Bankgirot, «10-modulen»: bankgiro numbers of seven or eight digits, plusgiro numbers of two to eight and references of
two to 25 end in a control digit by Luhn. One number in ten does by chance, so they count only where they are called so.
"""

from typing import Final

import numpy as np
from numpy.typing import NDArray

from tryggve.domains.datamap.engine.arithmetic import Digits, Mask, luhn
from tryggve.domains.datamap.engine.boundaries import DASH, HYPHEN, SPACE
from tryggve.domains.datamap.engine.kinds import Confidence, Kind
from tryggve.domains.datamap.engine.numbers.confidence import Right, judged
from tryggve.domains.datamap.engine.numbers.shapes import Shape, picked, portions
from tryggve.domains.datamap.engine.rows import rows
from tryggve.domains.datamap.engine.runs import Places, Runs
from tryggve.domains.datamap.engine.spans import Spans
from tryggve.domains.datamap.engine.text import Text

_BANKGIRO: Final = tuple(Shape(sizes, SPACE | HYPHEN | DASH) for sizes in ((3, 4), (4, 4)))
_BANKGIRO_SIZES: Final = (7, 8)
_PLUSGIRO_SIZES: Final = (2, 8)
_REFERENCE_SIZES: Final = (2, 25)
_MOST_PAIRS: Final = 3
# Shorter numbers of other kinds stand beside the same words: a year, an amount.
_SHORT: Final = 5
_ZERO: Final = np.uint8(ord("0"))


def find_bankgiros(text: Text) -> Spans:
    """``NNN-NNNN`` and ``NNNN-NNNN``, or in one."""
    written = [_in_one(text.runs, _BANKGIRO_SIZES)]
    for shape in _BANKGIRO:
        candidates = picked(text, shape)
        is_right = luhn(candidates.digits)
        written.append((candidates.start[is_right], candidates.end[is_right]))
    return judged(text, [Right(Kind.SE_BANKGIRO, start, end, Confidence.NONE) for start, end in written])


def find_plusgiros(text: Text) -> Spans:
    """``NN NN NN-N``, with or without the spaces, or in one."""
    return _of_any_size(text, Kind.SE_PLUSGIRO, _PLUSGIRO_SIZES, _pairs(text.runs))


def find_references(text: Text) -> Spans:
    """Payment references (OCR), in one or in groups with spaces."""
    return _of_any_size(text, Kind.OCR_REFERENCE, _REFERENCE_SIZES, _groups(text.runs))


def _of_any_size(text: Text, kind: Kind, sizes: tuple[int, int], apart: tuple[Places, Places]) -> Spans:
    start, end = apart
    written = [
        _in_one(text.runs, sizes),
        *(_right(text, start[few], end[few], sizes) for few in portions(np.arange(len(start)))),
    ]
    return judged(
        text, [Right(kind, start, end, Confidence.NONE, _said(start, end)) for start, end in written]
    )


def _said(start: Places, end: Places) -> NDArray[np.int64]:
    return np.where(end - start < _SHORT, Confidence.LOW, Confidence.HIGH)


def _in_one(runs: Runs, sizes: tuple[int, int]) -> tuple[Places, Places]:
    """Where runs of that many digits and a right last one begin and end."""
    least, most = sizes
    which = np.flatnonzero((runs.size >= least) & (runs.size <= most) & runs.is_luhn)
    return runs.start[which], runs.end[which]


def _pairs(runs: Runs) -> tuple[Places, Places]:
    """Where digits in pairs with a hyphen and one digit after them begin and end."""
    last = np.flatnonzero((runs.size[1:] == 1) & (runs.joint[:-1] == HYPHEN)) + 1
    last = last[runs.closes[last]]
    first = last - 1
    for _pair in range(_MOST_PAIRS):
        before = np.maximum(first - 1, 0)
        is_more = (
            (first > 0) & (runs.joint[before] == SPACE) & (runs.size[first] == 2) & (runs.size[before] <= 3)
        )
        first = np.where(is_more, before, first)
    opens = runs.opens[first]
    return runs.start[first[opens]], runs.end[last[opens]]


def _groups(runs: Runs) -> tuple[Places, Places]:
    """Where digits in groups with a space between each and the next begin and end."""
    has_more = np.append(runs.joint[:-1] == SPACE, False) if len(runs) else np.empty(0, np.bool_)
    is_more = np.append(False, has_more[:-1])
    first, last = np.flatnonzero(has_more & ~is_more), np.flatnonzero(is_more & ~has_more)
    stands_alone = runs.opens[first] & runs.closes[last]
    return runs.start[first[stands_alone]], runs.end[last[stands_alone]]


def _right(text: Text, start: Places, end: Places, sizes: tuple[int, int]) -> tuple[Places, Places]:
    """Those that have so many digits, the last of which is right, whatever stands between them."""
    least, most = sizes
    width = 2 * most
    few = np.flatnonzero(end - start <= width)
    start, end = start[few], end[few]
    values = rows(text.codes, end - width, width) - _ZERO
    is_digit = (values < 10) & (np.arange(width, 0, -1) <= (end - start)[:, None])
    count = is_digit.sum(1)
    fits = (count >= least) & (count <= most)
    is_right = np.zeros(len(start), np.bool_)
    is_right[fits] = luhn(_closed_up(values[fits], is_digit[fits], most))
    return start[is_right], end[is_right]


def _closed_up(values: Digits, is_digit: Mask, size: int) -> Digits:
    """The digits of each row at its right end, zeros before them: (n × size)."""
    from_right = is_digit[:, ::-1].cumsum(1, dtype=np.uint8)[:, ::-1]
    row, column = np.nonzero(is_digit)
    found = np.zeros((len(values), size), np.uint8)
    found[row, size - from_right[row, column]] = values[row, column]
    return found
