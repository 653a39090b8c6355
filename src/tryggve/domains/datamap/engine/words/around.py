"""Words looked for around some places only."""

from typing import Final

import numpy as np

from tryggve.domains.datamap.engine.runs import Places
from tryggve.domains.datamap.engine.words.word import Hits, WordFinder

_LONGEST_WORD: Final = 64
_BETWEEN: Final = b"\n"


def hits_around(words: WordFinder, content: bytes, start: Places, end: Places, reach: int) -> Hits:
    """All hits up to ``reach`` bytes from a place; farther ones, and rests of words there, may be among them.

    ``start``: ascending.
    """
    margin = reach + _LONGEST_WORD
    begins = np.maximum(start - margin, 0)
    ends = np.maximum.accumulate(np.minimum(end + margin, len(content)))
    opens = np.append(0, np.flatnonzero(begins[1:] > ends[:-1]) + 1)
    begin, stop = begins[opens], ends[np.append(opens[1:], len(ends)) - 1]
    if (stop - begin).sum() * 2 > len(content):
        return words.hits(content)
    pieces = [content[one:other] for one, other in zip(begin.tolist(), stop.tolist(), strict=True)]
    hits = words.hits(_BETWEEN.join(pieces))
    joined = np.cumsum(np.append(0, stop - begin + len(_BETWEEN)))[:-1]
    piece = np.searchsorted(joined, hits.start, side="right") - 1
    shift = (begin - joined)[piece]
    return Hits(hits.id, hits.start + shift, hits.end + shift)
