"""Numbers of payment cards in a text: the networks' prefixes and lengths, and Luhn (ISO/IEC 7812-1).

Prefixes as the networks publish them. Where numbers of a network may have many lengths, what has no groups says less.
"""

from collections.abc import Iterator
from typing import Final

import numpy as np

from tryggve.domains.datamap.engine.arithmetic import Digits, Mask, luhn, number
from tryggve.domains.datamap.engine.boundaries import BREAK, DASH, HYPHEN, SPACE
from tryggve.domains.datamap.engine.kinds import Confidence, Kind
from tryggve.domains.datamap.engine.numbers.confidence import Right, judged
from tryggve.domains.datamap.engine.numbers.shapes import Candidates, Shape, picked, with_luhn
from tryggve.domains.datamap.engine.runs import Runs
from tryggve.domains.datamap.engine.spans import Spans
from tryggve.domains.datamap.engine.text import Text

_PREFIX: Final = 6
_LONG: Final = (16, 17, 18, 19)
_MAESTRO: Final = (12, 13, 14, 15, *_LONG)
# The first and the last of the first six digits, and the lengths; none overlaps another.
_NETWORKS: Final = (
    (222100, 272099, (16,)),  # Mastercard
    (300000, 305999, (14, 16)),  # Diners
    (309500, 309599, (14, 16)),
    (340000, 349999, (15,)),  # American Express
    (352800, 358999, (16,)),  # JCB
    (360000, 369999, (14,)),  # Diners
    (370000, 379999, (15,)),  # American Express
    (380000, 399999, (14, 16)),  # Diners
    (400000, 499999, (13, 16, 19)),  # Visa
    (501800, 501899, _MAESTRO),
    (501900, 501999, (16,)),  # Dankort
    (502000, 502099, _MAESTRO),
    (503800, 503899, _MAESTRO),
    (510000, 559999, (16,)),  # Mastercard
    (589300, 589399, _MAESTRO),
    (600722, 600722, (16,)),  # Forbrugsforeningen
    (601100, 601199, (16, 19)),  # Discover
    (620000, 629999, _LONG),  # UnionPay
    (630400, 630499, _MAESTRO),
    (644000, 659999, (16, 19)),  # Discover
    (675900, 675999, _MAESTRO),
    (676100, 676399, _MAESTRO),
)
_FROM: Final = np.array([first for first, _last, _sizes in _NETWORKS], np.uint32)
_TO: Final = np.array([last for _first, last, _sizes in _NETWORKS], np.uint32)
_SIZES: Final = np.array([sum(1 << size for size in sizes) for _first, _last, sizes in _NETWORKS], np.uint32)
_GROUPED: Final = ((4, 4, 4, 4), (4, 6, 5), (4, 6, 4), (4, 4, 4, 4, 3))
_FOURS: Final = (4, 4, 4, 4)
# Visa's 13 digits are of the past, and begin many articles' numbers (EAN) today.
_USUAL: Final = {14: Confidence.LOW, 15: Confidence.MEDIUM, 16: Confidence.MEDIUM}


def find(text: Text) -> Spans:
    """In groups or in one."""
    return judged(text, (*_in_groups(text), *_broken(text), *_in_one(text)))


def _in_groups(text: Text) -> Iterator[Right]:
    for sizes in _GROUPED:
        for joint in (SPACE, HYPHEN):
            candidates = picked(text, Shape(sizes, joint), _begins_four if sizes == _FOURS else None)
            if len(candidates):
                yield _right(candidates[luhn(candidates.digits)], Confidence.HIGH)


def _broken(text: Text) -> Iterator[Right]:
    """In fours, where a line or a cell ends in between: four numbers of four digits, unless the text says otherwise."""
    for joints in (SPACE | BREAK, HYPHEN | DASH):
        candidates = picked(text, Shape(_FOURS, joints))
        if len(candidates):
            yield _right(candidates[luhn(candidates.digits)], Confidence.NONE)


def _begins_four(runs: Runs) -> Mask:
    """Where four groups of four digits may begin: five are a number of another kind."""
    count, four = len(runs), len(_FOURS)
    goes_on = np.zeros(count + four, np.bool_)
    goes_on[1:count] = (runs.size[:-1] == four) & (runs.size[1:] == four) & (runs.joint[:-1] == SPACE)
    return np.asarray(~(goes_on[:count] | goes_on[four:]))


def _in_one(text: Text) -> Iterator[Right]:
    for size in _MAESTRO:
        candidates = picked(text, Shape((size,)), with_luhn)
        if len(candidates):
            yield _right(candidates, _USUAL.get(size, Confidence.NONE))


def _right(candidates: Candidates, unsaid: Confidence) -> Right:
    candidates = candidates[is_of_a_network(candidates.digits)]
    return Right(Kind.CARD, candidates.start, candidates.end, unsaid)


def is_of_a_network(digits: Digits) -> Mask:
    """Whether some network's numbers begin so and are so long."""
    prefix = number(digits[:, :_PREFIX])
    place = np.searchsorted(_FROM, prefix, side="right") - 1
    has_size = (_SIZES[place] >> np.uint32(digits.shape[1])) & np.uint32(1)
    return np.asarray((place >= 0) & (prefix <= _TO[place]) & (has_size > 0))
