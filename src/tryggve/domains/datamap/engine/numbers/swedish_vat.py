"""Swedish numbers for value added tax: SE, ten digits of an organisation's or a sole trader's, and 01."""

from collections.abc import Iterator
from typing import Final

import numpy as np

from tryggve.domains.datamap.engine.boundaries import DASH, HYPHEN, SPACE
from tryggve.domains.datamap.engine.kinds import Confidence, Kind
from tryggve.domains.datamap.engine.numbers import swedish_rules
from tryggve.domains.datamap.engine.numbers.confidence import Right, judged
from tryggve.domains.datamap.engine.numbers.shapes import Candidates, Shape, begin_of_prefix, picked
from tryggve.domains.datamap.engine.spans import Spans
from tryggve.domains.datamap.engine.text import Text

_JOINTS: Final = SPACE | HYPHEN | DASH
_SHAPES: Final = tuple(Shape(sizes, _JOINTS) for sizes in ((12,), (10, 2), (6, 4, 2), (6, 6)))


def find(text: Text) -> Spans:
    """Letters and ending are part of the number."""
    written = (picked(text, shape, whole=False) for shape in _SHAPES)
    return judged(text, (right for twelve in written for right in _found(text, twelve)))


def _found(text: Text, twelve: Candidates) -> Iterator[Right]:
    twelve = twelve[twelve.closes & (twelve.digits[:, 10] == 0) & (twelve.digits[:, 11] == 1)]
    if not len(twelve):
        return
    begin = begin_of_prefix(text, twelve.start, b"SE")
    twelve, begin = twelve[begin >= 0], begin[begin >= 0]
    ten = twelve.digits[:, :10]
    untold = np.zeros(len(ten), np.uint32)
    who = swedish_rules.persons(ten, untold, np.zeros(len(ten), np.bool_), on=text.on)
    for kind, is_right in (
        (Kind.SE_ORGNR, swedish_rules.is_organisation(ten)),
        (Kind.SE_PERSONNUMMER, who.is_personal),
        (Kind.SE_SAMORDNINGSNUMMER, who.is_coordination),
    ):
        yield Right(kind, begin[is_right], twelve.end[is_right], Confidence.HIGH)
