"""Places in a text that may be something, as columns: a dense list has tens of thousands in a megabyte."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray

from tryggve.domains.datamap.engine.kinds import CODE_OF, Confidence, Kind

Places = NDArray[np.int64]
Codes = NDArray[np.uint8]
Mask = NDArray[np.bool_]


@dataclass(frozen=True, slots=True)
class Spans:
    """Of each: where it begins and ends (the end not in it), the place of its kind in KINDS, and a Confidence."""

    start: Places
    end: Places
    kind: Codes
    confidence: Codes

    def __len__(self) -> int:
        return len(self.start)

    def __getitem__(self, which: Mask | Places) -> "Spans":
        return Spans(self.start[which], self.end[which], self.kind[which], self.confidence[which])


def spans(kind: Kind, start: ArrayLike, end: ArrayLike, confidence: ArrayLike | Confidence) -> Spans:
    """All of one kind; ``confidence`` for each or for all. What has none is left out."""
    begins, ends = np.asarray(start, np.int64), np.asarray(end, np.int64)
    sure = np.broadcast_to(np.asarray(confidence, np.uint8), begins.shape)
    of = np.full(begins.shape, CODE_OF[kind], np.uint8)
    found = Spans(begins, ends, of, sure)
    return found if (sure > Confidence.NONE).all() else found[sure > Confidence.NONE]


def none() -> Spans:
    empty = np.empty(0, np.int64)
    return Spans(empty, empty, empty.astype(np.uint8), empty.astype(np.uint8))


def together(several: Iterable[Spans]) -> Spans:
    """All of them, one after the other."""
    columns: Sequence[Spans] = [one for one in several if len(one)]
    if not columns:
        return none()
    return Spans(
        np.concatenate([one.start for one in columns]),
        np.concatenate([one.end for one in columns]),
        np.concatenate([one.kind for one in columns]),
        np.concatenate([one.confidence for one in columns]),
    )
