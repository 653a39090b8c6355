"""What a finder of words is given, and what it gives back."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import product
from typing import Final, Protocol

import numpy as np
from numpy.typing import NDArray

from tryggve.domains.datamap.engine.runs import Codes, Mask, Places

Ids = NDArray[np.int32]

# What a space in a listed word stands for: «person nr» is personnr, person-nr, Person. nr, PERSON_NR.
_MARKS: Final = ("", ".", "_", "-")
_BLANKS: Final = ("", " ")
SEPARATORS: Final = tuple(mark + blank for mark, blank in product(_MARKS, _BLANKS))
_MARK_OF_OPEN_END: Final = "*"


@dataclass(frozen=True, slots=True)
class Word:
    """Letters as they are looked for; ``id`` comes back with each hit.

    ``starts``, ``ends``: no letter or digit may stand before, after it. ``is_exact``: capitals count.
    """

    text: str
    id: int
    starts: bool = True
    ends: bool = True
    is_exact: bool = False

    def __post_init__(self) -> None:
        if not (self.text and self.text[0].isalnum() and (self.text[-1].isalnum() or not self.ends)):
            raise ValueError(f"«{self.text}» doesn't begin and end with a letter or digit")

    def spellings(self) -> list[str]:
        """With each kind of separator where it has a space."""
        parts = self.text.split(" ")
        between = product(SEPARATORS, repeat=len(parts) - 1)
        return ["".join(map("".join, zip(parts, (*chosen, ""), strict=True))) for chosen in between]


def listed(text: str, id: int, *, is_exact: bool = False) -> Word:
    """A word as lists write it: ``*`` at its end or beginning for «and whatever goes on there»."""
    core = text.strip(_MARK_OF_OPEN_END)
    return Word(
        core,
        id,
        starts=not text.startswith(_MARK_OF_OPEN_END),
        ends=not text.endswith(_MARK_OF_OPEN_END),
        is_exact=is_exact,
    )


@dataclass(frozen=True, slots=True)
class Hits:
    """In the order of the text, none over another; counted in bytes, the end not in it."""

    id: Ids
    start: Places
    end: Places

    def __len__(self) -> int:
        return len(self.id)

    def __getitem__(self, which: Mask | Places) -> "Hits":
        return Hits(self.id[which], self.start[which], self.end[which])


class WordFinder(Protocol):
    """Made from words of which no two may be spelled alike; raises ValueError else.

    Where hits overlap, the one that begins first stays; of several that begin there, the longest.

    UTF-8; capitals don't count but in words that are exact, also of å, ä, ö, æ, ø. Bytes of other letters than
    ASCII's count as letters beside a word; an underscore doesn't. Threads may share it.
    """

    def hits(self, content: bytes) -> Hits: ...


def told_apart(words: Iterable[Word]) -> tuple[Word, ...]:
    """The same words; raises ValueError if two of them can be spelled alike."""
    seen: dict[str, Word] = {}
    for word in words:
        for spelling in word.spellings():
            if seen.setdefault(spelling.lower(), word) is not word:
                raise ValueError(f"«{word.text}» is spelled like «{seen[spelling.lower()].text}»")
    return tuple(dict.fromkeys(seen.values()))


IS_LETTER: Final[Mask] = np.array([code >= 0x80 or chr(code).isalnum() for code in range(256)], np.bool_)


def hits_of(id: Sequence[int], start: Sequence[int], end: Sequence[int]) -> Hits:
    return Hits(np.array(id, np.int32), np.array(start, np.int64), np.array(end, np.int64))


def bounded(hits: Hits, codes: Codes, starts: Mask, ends: Mask) -> Hits:
    """Those with no letter beside them where none may be; ``starts`` and ``ends`` by hit."""
    if not len(hits):
        return hits
    before = (hits.start > 0) & IS_LETTER[codes[hits.start - 1]]
    after = (hits.end < len(codes)) & IS_LETTER[codes[np.minimum(hits.end, len(codes) - 1)]]
    return hits[~(before & starts | after & ends)]


def leftmost_longest(hits: Hits) -> Hits:
    """In order, without those that overlap one that begins before them or is longer."""
    hits = hits[np.lexsort((-hits.end, hits.start))]
    reach = np.maximum.accumulate(hits.end) if len(hits) else hits.end
    is_crossed = hits.start[1:] < reach[:-1]
    if not is_crossed.any():
        return hits
    in_cluster = np.zeros(len(hits), np.bool_)
    in_cluster[1:] |= is_crossed
    in_cluster[:-1] |= is_crossed
    keep = ~in_cluster
    end = -1
    for place in np.flatnonzero(in_cluster).tolist():
        if hits.start[place] >= end:
            keep[place], end = True, hits.end[place]
    return hits[keep]
