"""Norwegian numbers of persons and organisations in a text.

Birth, D, H and FH numbers: folkeregisterforskriften kap. 2, HITR 1001:2010, and for numbers given from 1 January 2032
Skatteetaten, «Nytt fødselsnummer fra 2032»: the first control digit may leave 0 to 3, and no century is told.
Organisation numbers: Brønnøysundregistrene; MVA stands after those that pay value added tax.

Numbers of bank accounts have eleven digits, too, and the same second control digit. One in three of them has a first
one by the new rule, and one in eleven by the old, which is all that an FH number can be told by.
"""

from collections.abc import Iterator
from datetime import date
from typing import Final

import numpy as np

from tryggve.domains.datamap.engine.arithmetic import Digits, Mask, number, remainder
from tryggve.domains.datamap.engine.boundaries import BREAK, DASH, HYPHEN, IS_WORD, POINT, SPACE
from tryggve.domains.datamap.engine.kinds import Confidence, Kind
from tryggve.domains.datamap.engine.numbers.births import can_be_birth
from tryggve.domains.datamap.engine.numbers.confidence import Right, judged
from tryggve.domains.datamap.engine.numbers.shapes import (
    Candidates,
    Shape,
    begin_of_prefix,
    by_joint,
    picked,
    shortened,
)
from tryggve.domains.datamap.engine.rows import rows
from tryggve.domains.datamap.engine.runs import Codes, Places
from tryggve.domains.datamap.engine.spans import Spans
from tryggve.domains.datamap.engine.text import Text

_FIRST: Final = (3, 7, 6, 1, 8, 9, 4, 5, 2, 1)
_SECOND: Final = (5, 4, 3, 2, 7, 6, 5, 4, 3, 2, 1)
_OF_ORGANISATION: Final = (3, 2, 7, 6, 5, 4, 3, 2, 1)
_ADDED: Final = np.uint32(40)
_NEW_RULE_FROM: Final = date(2032, 1, 1)
_MOST_LEFT_OVER: Final = 3
_ALL_YEARS: Final = tuple((0, 999, 0, 99, century) for century in (2000, 1900, 1800))
# Individual numbers from, to; years of the century from, to; the century.
_SERIES: Final = (
    (0, 499, 0, 99, 1900),
    (500, 749, 54, 99, 1800),
    (500, 999, 0, 39, 2000),
    (900, 999, 40, 99, 1900),
)
_SURE: Final = by_joint(dict.fromkeys((0, SPACE, HYPHEN, DASH), Confidence.HIGH))
_SURE_OF_FEW_RULES: Final = by_joint(
    {0: Confidence.LOW, **dict.fromkeys((SPACE, HYPHEN, DASH), Confidence.MEDIUM)}
)
_FIRST_OF_NO_DAY: Final = 8
_NEVER: Final = by_joint({})
_PREFIX: Final = b"NO"
_SUFFIX: Final = np.frombuffer(b"mva", np.uint8)
_SMALL: Final = np.uint8(0x20)


def find_persons(text: Text) -> Spans:
    """Birth, D, H and FH numbers."""
    joints = SPACE | HYPHEN | DASH | BREAK
    written = (
        (picked(text, Shape((11,))), _SURE),
        (picked(text, Shape((6, 5), joints)), _SURE),
        (picked(text, Shape((6, 3, 2), SPACE)), _SURE),
        (picked(text, Shape((10,)), shortened).with_zeros(1), _NEVER),
    )
    return judged(text, (_person(eleven, sure, on=text.on) for eleven, sure in written if len(eleven)))


def _person(eleven: Candidates, sure: Codes, *, on: date) -> Right:
    eleven = eleven[_may_have_month(eleven.digits)]
    eleven = eleven[is_person(eleven.digits, on=on)]
    is_by_old = remainder(eleven.digits[:, :10], _FIRST) == 0
    has_all = is_by_old & (eleven.digits[:, 0] < _FIRST_OF_NO_DAY)
    alone = np.where(has_all, sure[eleven.joint], np.minimum(sure, _SURE_OF_FEW_RULES)[eleven.joint])
    return Right(Kind.NO_FNR, eleven.start, eleven.end, alone)


def _may_have_month(digits: Digits) -> Mask:
    """A quick look, which leaves one number in three; the third digit of a help number is four more."""
    return np.asarray((digits[:, 0] >= _FIRST_OF_NO_DAY) | ((digits[:, 2] & 3) <= 1))


def is_person(digits: Digits, *, on: date) -> Mask:
    """Of eleven digits each."""
    left_over = remainder(digits[:, :10], _FIRST)
    is_right = left_over <= (_MOST_LEFT_OVER if on >= _NEW_RULE_FROM else 0)
    is_right &= remainder(digits, _SECOND) == 0
    right = np.flatnonzero(is_right)
    is_right[right] = _has_day(digits[right], on=on)
    return is_right


def _has_day(digits: Digits, *, on: date) -> Mask:
    """Help numbers that several hospitals use (FH) begin with 8 or 9 and hold no day."""
    two, individual = number(digits[:, 4:6]), number(digits[:, 6:9])
    is_d = (digits[:, 0] >= 4) & (digits[:, 0] <= 7)
    is_h = ~is_d & ((digits[:, 2] == 4) | (digits[:, 2] == 5))
    day = number(digits[:, :2]) - _ADDED * is_d
    month = number(digits[:, 2:4]) - _ADDED * is_h
    has_day = digits[:, 0] >= _FIRST_OF_NO_DAY
    for first, last, earliest, latest, century in _ALL_YEARS if on >= _NEW_RULE_FROM else _SERIES:
        told = (individual >= first) & (individual <= last) & (two >= earliest) & (two <= latest)
        has_day |= told & can_be_birth(two + np.uint32(century), month, day, on=on)
    return has_day


def find_organisations(text: Text) -> Spans:
    """One in eleven numbers of nine digits is one by chance, so they count where something says so."""
    shapes = (Shape((9,)), Shape((3, 3, 3), SPACE | POINT))
    return judged(text, (right for shape in shapes for right in _organisations(text, shape)))


def _organisations(text: Text, shape: Shape) -> Iterator[Right]:
    nine = picked(text, shape, whole=False)
    nine = nine[is_organisation(nine.digits)]
    if not len(nine):
        return
    begin, end = begin_of_prefix(text, nine.start, _PREFIX), _end_of_suffix(text, nine.end)
    is_ended = end >= 0
    # "No 123456789" is any number in English.
    is_begun = (begin >= 0) & (is_ended | (begin == nine.start - len(_PREFIX)))
    stands_alone = (nine.opens | is_begun) & (nine.closes | is_ended)
    unsaid = np.select([is_ended, is_begun], [Confidence.HIGH, Confidence.MEDIUM], Confidence.NONE)
    start, end = np.where(is_begun, begin, nine.start), np.where(is_ended, end, nine.end)
    yield Right(Kind.NO_ORGNR, start[stands_alone], end[stands_alone], unsaid[stands_alone])


def is_organisation(digits: Digits) -> Mask:
    """Of nine digits each."""
    return np.asarray(remainder(digits, _OF_ORGANISATION) == 0)


def _end_of_suffix(text: Text, end: Places) -> Places:
    """Where MVA after each place ends; -1 where there is none."""
    after = rows(text.codes, end, 5)
    folded, is_free = after | _SMALL, ~IS_WORD[after]
    is_glued = (folded[:, :3] == _SUFFIX).all(1) & is_free[:, 3]
    is_apart = is_free[:, 0] & (folded[:, 1:4] == _SUFFIX).all(1) & is_free[:, 4]
    return np.where(is_glued, end + 3, np.where(is_apart, end + 4, -1))
