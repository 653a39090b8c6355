"""Where two findings overlap, one of them stays."""

from collections.abc import Iterator

import numpy as np
from numpy.typing import NDArray

from tryggve.domains.datamap.engine.spans import Mask, Places, Spans


def resolved(found: Spans) -> Spans:
    """In the order of the text, none over another: the surer stays, then the stronger kind, then the longer.

    What loses to one that itself loses to a third stays.
    """
    found = found[np.lexsort((found.end, found.start))]
    rank = _ranks(found)
    while (keep := ~_lost(found, rank)).sum() < len(found):
        found, rank = found[keep], rank[keep]
    return found


def _ranks(found: Spans) -> NDArray[np.int64]:
    """Lower is stronger; no two are the same."""
    order = np.lexsort((found.start - found.end, found.kind, -found.confidence.astype(np.int64)))
    ranks = np.empty(len(found), np.int64)
    ranks[order] = np.arange(len(found))
    return ranks


def _lost(found: Spans, rank: NDArray[np.int64]) -> Mask:
    """Those that cross one which is stronger than all that it crosses."""
    pairs = list(_crossing(found))
    is_beaten = np.zeros(len(found), np.bool_)
    for one, other in pairs:
        is_beaten[np.where(rank[one] < rank[other], other, one)] = True
    lost = np.zeros(len(found), np.bool_)
    for one, other in pairs:
        lost[other[~is_beaten[one]]] = True
        lost[one[~is_beaten[other]]] = True
    return lost


def _crossing(found: Spans) -> Iterator[tuple[Places, Places]]:
    """Pairs that overlap: neighbours in the order of their beginnings, then those with one between them, and so on."""
    for apart in range(1, len(found)):
        one = np.flatnonzero(found.start[apart:] < found.end[:-apart])
        if not len(one):
            return
        yield one, one + apart
