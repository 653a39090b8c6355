"""How sure one is of numbers whose digits are right, once it is known what the text calls them."""

from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray

from tryggve.domains.datamap.engine import spans
from tryggve.domains.datamap.engine.kinds import Confidence, Kind
from tryggve.domains.datamap.engine.runs import Places
from tryggve.domains.datamap.engine.said import Says
from tryggve.domains.datamap.engine.spans import Spans
from tryggve.domains.datamap.engine.text import Text


@dataclass(frozen=True, slots=True)
class Right:
    """Places of one kind whose digits are right, and a Confidence for each or for all.

    ``said``: where the text calls it this kind; ``unsaid``: where it says nothing, one step less where it says
    something else.
    """

    kind: Kind
    start: Places
    end: Places
    unsaid: ArrayLike
    said: ArrayLike = Confidence.HIGH


def judged(text: Text, found: Iterable[Right]) -> Spans:
    """All of them. The text is asked once for each kind, as each question has its price."""
    of_kind: dict[Kind, list[Right]] = {}
    for right in found:
        if len(right.start):
            of_kind.setdefault(right.kind, []).append(right)
    return spans.together(_judged(text, kind, several) for kind, several in of_kind.items())


def _judged(text: Text, kind: Kind, several: list[Right]) -> Spans:
    start = np.concatenate([right.start for right in several])
    end = np.concatenate([right.end for right in several])
    unsaid = np.concatenate([_of_each(right.unsaid, len(right.start)) for right in several])
    said = np.concatenate([_of_each(right.said, len(right.start)) for right in several])
    says = text.said.of(kind, start, end)
    less = np.where((says == Says.OTHER) & (unsaid > 0), unsaid - np.uint8(1), unsaid)
    return spans.spans(kind, start, end, np.where(says == Says.THIS, said, less))


def _of_each(confidence: ArrayLike, count: int) -> NDArray[np.uint8]:
    return np.broadcast_to(np.asarray(confidence, np.uint8), (count,))
