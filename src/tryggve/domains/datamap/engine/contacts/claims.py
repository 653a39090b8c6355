"""Places that may be of a kind, and how sure one is of each by what the text calls it."""

from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike

from tryggve.domains.datamap.engine import spans
from tryggve.domains.datamap.engine.kinds import Confidence, Kind
from tryggve.domains.datamap.engine.said import Says
from tryggve.domains.datamap.engine.spans import Codes, Mask, Places, Spans
from tryggve.domains.datamap.engine.text import Text


@dataclass(frozen=True, slots=True)
class Claims:
    """Of each: begin, end, and the Confidence where the text calls it something else, nothing, or this."""

    start: Places
    end: Places
    other: Codes
    unsaid: Codes
    said: Codes

    def __len__(self) -> int:
        return len(self.start)

    def __getitem__(self, which: Mask | Places) -> "Claims":
        return Claims(
            self.start[which], self.end[which], self.other[which], self.unsaid[which], self.said[which]
        )

    def settled(self, text: Text, kind: Kind) -> Spans:
        if not len(self):
            return spans.none()
        says = text.said.of(kind, self.start, self.end)
        sure = np.where(says == Says.OTHER, self.other, np.where(says == Says.THIS, self.said, self.unsaid))
        return spans.spans(kind, self.start, self.end, sure)


def claims(
    start: Places, end: Places, *, other: ArrayLike = 0, unsaid: ArrayLike = 0, said: ArrayLike
) -> Claims:
    """One Confidence for all, or one for each; what is worth nothing whatever the text calls it is left out."""
    each = [np.broadcast_to(np.asarray(sure, np.uint8), start.shape) for sure in (other, unsaid, said)]
    found = Claims(start, end, *each)
    worthless = (found.other | found.unsaid | found.said) == Confidence.NONE
    return found[~worthless] if worthless.any() else found


def together(several: Iterable[Claims]) -> Claims:
    """All of them, one after the other."""
    listed = list(several) or [claims(np.empty(0, np.int64), np.empty(0, np.int64), said=Confidence.NONE)]
    return Claims(
        np.concatenate([each.start for each in listed]),
        np.concatenate([each.end for each in listed]),
        np.concatenate([each.other for each in listed]),
        np.concatenate([each.unsaid for each in listed]),
        np.concatenate([each.said for each in listed]),
    )
