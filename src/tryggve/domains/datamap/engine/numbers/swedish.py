"""Swedish numbers of persons and organisations in a text."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

import numpy as np

from tryggve.domains.datamap.engine.arithmetic import Mask, Numbers, number
from tryggve.domains.datamap.engine.boundaries import BREAK, DASH, HYPHEN, PLUS, SPACE
from tryggve.domains.datamap.engine.kinds import Confidence, Kind
from tryggve.domains.datamap.engine.numbers import swedish_rules
from tryggve.domains.datamap.engine.numbers.births import has_month
from tryggve.domains.datamap.engine.numbers.confidence import Right, judged
from tryggve.domains.datamap.engine.numbers.shapes import (
    Candidates,
    Shape,
    by_joint,
    joined,
    picked,
    shortened_with_luhn,
    with_luhn,
)
from tryggve.domains.datamap.engine.runs import Codes
from tryggve.domains.datamap.engine.spans import Spans
from tryggve.domains.datamap.engine.text import Text

_JOINTS: Final = SPACE | HYPHEN | PLUS | BREAK | DASH
_NONE, _LOW, _MEDIUM, _HIGH = Confidence
_PERSON: Final = by_joint({0: _LOW, SPACE: _LOW, DASH: _LOW, HYPHEN: _MEDIUM, PLUS: _MEDIUM})
_PERSON_WITH_CENTURY: Final = by_joint(
    {0: _HIGH, SPACE: _MEDIUM, DASH: _MEDIUM, BREAK: _LOW, HYPHEN: _HIGH, PLUS: _HIGH}
)
_POSSIBLY_A_TIME: Final = by_joint({0: _LOW, SPACE: _LOW, DASH: _LOW, HYPHEN: _MEDIUM, PLUS: _HIGH})
_ORGANISATION: Final = by_joint({HYPHEN: _MEDIUM})
_ORGANISATION_OF_A_SERIES: Final = by_joint({0: _LOW, SPACE: _LOW, DASH: _LOW, HYPHEN: _MEDIUM})
_ORGANISATION_OF_NO_GROUP: Final = by_joint({HYPHEN: _LOW})
_ORGANISATION_WITH_PREFIX: Final = by_joint({0: _LOW, SPACE: _LOW, DASH: _LOW, HYPHEN: _HIGH})
_ORGANISATION_OF_BOTH: Final = by_joint({0: _MEDIUM, SPACE: _MEDIUM, DASH: _MEDIUM, HYPHEN: _HIGH})
_PREFIX: Final = np.uint32(16)
_LATEST: Final = np.uint32(20)
_FEWEST_LEFT: Final = 7  # of ten, when a spreadsheet took the zeros of 000101-1234
_TIMES_FROM: Final = 1990


@dataclass(frozen=True, slots=True)
class _Written:
    """Ten digits each; ``century``: the two before them, 0 for none."""

    ten: Candidates
    century: Numbers

    def __getitem__(self, which: Mask) -> "_Written":
        return _Written(self.ten[which], self.century[which])


def find(text: Text) -> Spans:
    """Personal, coordination and organisation numbers."""
    return judged(text, _found(text))


def _found(text: Text) -> Iterator[Right]:
    for written in _whole(text):
        yield from _persons(text, written)
        yield from _organisations(written)
    yield from _persons(text, _of_ten(_shortened(text)), is_short=True)


def _shortened(text: Text) -> Candidates:
    sizes = range(_FEWEST_LEFT, 10)
    return joined([picked(text, Shape((size,)), shortened_with_luhn).with_zeros(10 - size) for size in sizes])


def _whole(text: Text) -> Iterator[_Written]:
    for ten in (picked(text, Shape((10,)), with_luhn), picked(text, Shape((6, 4), _JOINTS))):
        if len(ten):
            yield _of_ten(ten)
    for shape in (Shape((12,)), Shape((8, 4), _JOINTS), Shape((4, 2, 2, 4), HYPHEN)):
        if len(twelve := picked(text, shape)):
            yield _of_twelve(twelve)


def _of_ten(ten: Candidates) -> _Written:
    return _Written(ten, np.zeros(len(ten), np.uint32))


def _of_twelve(twelve: Candidates) -> _Written:
    century = number(twelve.digits[:, :2])
    return _Written(twelve.without_first(2), century)[(century >= _PREFIX) & (century <= _LATEST)]


def _persons(text: Text, written: _Written, *, is_short: bool = False) -> Iterator[Right]:
    written = written[has_month(written.ten.digits, 2)]
    ten = written.ten
    if not len(ten):
        return
    who = swedish_rules.persons(ten.digits, written.century, ten.joint == PLUS, on=text.on)
    sure = np.where(written.century > 0, _PERSON_WITH_CENTURY[ten.joint], _PERSON[ten.joint])
    may_be_time = (written.century > 0) & (who.year >= _TIMES_FROM) & _ends_as_a_time(ten)
    sure = np.where(may_be_time, _POSSIBLY_A_TIME[ten.joint], sure) * (not is_short)
    yield _right(Kind.SE_PERSONNUMMER, ten, sure, who.is_personal)
    yield _right(Kind.SE_SAMORDNINGSNUMMER, ten, sure, who.is_coordination)


def _ends_as_a_time(ten: Candidates) -> Mask:
    """Whether it may be of the hour and minute, as in logs: 20260101-1234."""
    return np.asarray((number(ten.digits[:, 6:8]) < 24) & (number(ten.digits[:, 8:]) < 60))


def _organisations(written: _Written) -> Iterator[Right]:
    written = written[(written.century == 0) | (written.century == _PREFIX)]
    ten = written.ten
    if not len(ten):
        return
    joint = ten.joint
    is_of_a_group = swedish_rules.is_of_a_group(ten.digits)
    has_prefix, is_of_a_series = written.century > 0, swedish_rules.is_of_a_series(ten.digits)
    sure = np.where(is_of_a_group, _ORGANISATION[joint], _ORGANISATION_OF_NO_GROUP[joint])
    sure = np.where(is_of_a_series, _ORGANISATION_OF_A_SERIES[joint], sure)
    sure = np.where(has_prefix, _ORGANISATION_WITH_PREFIX[joint], sure)
    sure = np.where(has_prefix & is_of_a_series, _ORGANISATION_OF_BOTH[joint], sure)
    is_right = swedish_rules.is_organisation(ten.digits)
    yield _right(Kind.SE_ORGNR, ten, sure, is_right)


def _right(kind: Kind, ten: Candidates, sure: Codes, is_right: Mask) -> Right:
    return Right(kind, ten.start[is_right], ten.end[is_right], sure[is_right])
