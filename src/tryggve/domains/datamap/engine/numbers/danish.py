"""Danish numbers of persons and firms in a text.

CPR numbers: CPR-loven; the seventh digit tells the century. Since 1 October 2007 numbers are given whose remainder by
eleven isn't 0: a date alone says little, and they count only where the text calls them so. So do replacement numbers
(sixty added to the day), as Swedish dates of birth look the same.
"""

from collections.abc import Iterator
from datetime import date
from typing import Final

import numpy as np

from tryggve.domains.datamap.engine.arithmetic import Digits, Mask, Numbers, number, remainder
from tryggve.domains.datamap.engine.boundaries import BREAK, DASH, HYPHEN, SPACE
from tryggve.domains.datamap.engine.kinds import Confidence, Kind
from tryggve.domains.datamap.engine.numbers.births import can_be_birth, has_month
from tryggve.domains.datamap.engine.numbers.confidence import Right, judged
from tryggve.domains.datamap.engine.numbers.shapes import (
    Candidates,
    Shape,
    begin_of_prefix,
    by_joint,
    picked,
    shortened,
)
from tryggve.domains.datamap.engine.runs import Codes
from tryggve.domains.datamap.engine.spans import Spans
from tryggve.domains.datamap.engine.text import Text

_OF_PERSON: Final = (4, 3, 2, 7, 6, 5, 4, 3, 2, 1)
_OF_FIRM: Final = (2, 7, 6, 5, 4, 3, 2, 1)
_ADDED_TO_DAY: Final = np.uint32(60)
_SURE: Final = by_joint(
    {0: Confidence.LOW, SPACE: Confidence.LOW, DASH: Confidence.LOW, HYPHEN: Confidence.MEDIUM}
)
_NEVER: Final = by_joint({})
_FIRM_SHAPES: Final = (Shape((8,)), Shape((2, 2, 2, 2), SPACE))


def find_persons(text: Text) -> Spans:
    """CPR numbers."""
    joints = SPACE | HYPHEN | DASH | BREAK
    written = (
        (picked(text, Shape((10,))), _SURE),
        (picked(text, Shape((6, 4), joints)), _SURE),
        (picked(text, Shape((9,)), shortened).with_zeros(1), _NEVER),
    )
    return judged(text, (_person(ten, sure, on=text.on) for ten, sure in written if len(ten)))


def _person(ten: Candidates, sure: Codes, *, on: date) -> Right:
    ten = ten[has_month(ten.digits, 2)]
    ten = ten[is_person(ten.digits, on=on)]
    is_replacement = number(ten.digits[:, :2]) > _ADDED_TO_DAY
    fits = remainder(ten.digits, _OF_PERSON) == 0
    alone = np.where(fits & ~is_replacement, sure[ten.joint], Confidence.NONE)
    # A line or a cell that ends in between is forgiven to what has a control digit.
    said = np.where(fits, Confidence.HIGH, np.where(ten.joint == BREAK, Confidence.NONE, Confidence.MEDIUM))
    return Right(Kind.DK_CPR, ten.start, ten.end, alone, said)


def is_person(digits: Digits, *, on: date) -> Mask:
    """Of ten digits each whether they begin with somebody's day of birth."""
    told_day, month = number(digits[:, :2]), number(digits[:, 2:4])
    day = told_day - _ADDED_TO_DAY * (told_day > _ADDED_TO_DAY)
    return can_be_birth(_year(digits), month, day, on=on)


def _year(digits: Digits) -> Numbers:
    two, seventh = number(digits[:, 4:6]), digits[:, 6]
    told = np.select(
        [seventh <= 3, (seventh == 4) | (seventh == 9)],
        [1900, np.where(two <= 36, 2000, 1900)],
        np.where(two <= 57, 2000, 1800),
    )
    return np.asarray(told + two, np.uint32)


def find_firms(text: Text) -> Spans:
    """CVR numbers: one in eleven numbers of eight digits is one by chance, so they count where something says so."""
    return judged(text, (right for shape in _FIRM_SHAPES for right in _firms(text, shape)))


def _firms(text: Text, shape: Shape) -> Iterator[Right]:
    eight = picked(text, shape, whole=False)
    eight = eight[eight.closes]
    eight = eight[is_firm(eight.digits)]
    if not len(eight):
        return
    for_tax = begin_of_prefix(text, eight.start, b"DK")
    is_labelled = ~eight.opens & (begin_of_prefix(text, eight.start, b"CVR") >= 0)
    start = np.where(for_tax >= 0, for_tax, eight.start)
    unsaid = np.select([for_tax >= 0, is_labelled], [Confidence.MEDIUM, Confidence.HIGH], Confidence.NONE)
    stands_alone = eight.opens | (for_tax >= 0) | is_labelled
    yield Right(Kind.DK_CVR, start[stands_alone], eight.end[stands_alone], unsaid[stands_alone])


def is_firm(digits: Digits) -> Mask:
    """Of eight digits each."""
    return np.asarray((digits[:, 0] > 0) & (remainder(digits, _OF_FIRM) == 0))
