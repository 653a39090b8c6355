"""The names that a firm itself has on file, found again in a text exactly. They live in memory only."""

import re
from collections.abc import Iterable, Iterator, Mapping
from functools import cached_property
from typing import Final

import numpy as np

from tryggve.domains.datamap.engine import spans
from tryggve.domains.datamap.engine.kinds import Confidence, Kind
from tryggve.domains.datamap.engine.names import known, lexicon, recogniser
from tryggve.domains.datamap.engine.names.capitals import LONGEST, Capitals, Keys, capitals_in
from tryggve.domains.datamap.engine.names.recogniser import Recogniser
from tryggve.domains.datamap.engine.spans import Places, Spans

_LONGEST_GAP: Final = 16
_MOST_WORDS: Final = 6
_SECOND: Final = np.uint64(0xD6E8FEB86659FD93)
_SPACES: Final = re.compile(r"\s+")


class OwnRegister:
    """``names``: full names of persons, as ``Anna Maria Berg``; those of a single word are left out."""

    def __init__(self, names: Iterable[str]) -> None:
        written = [words for name in names if len(words := _capitalised(name).split()) > 1]
        ways = sorted({way for words in written for way in _ways_to_write(words)})
        self._ways = frozenset(map(_folded, ways))
        self.marks: Mapping[str, str] = _marks(written)
        pairs, apart = _pairs(ways)
        self._table = known.table(pairs, np.ones(len(pairs), np.uint8))
        self._apart = apart

    @cached_property
    def recogniser(self) -> Recogniser:
        """One that knows the words of these names."""
        return recogniser.shipped().knowing(self.marks)

    def names_in(self, text: Capitals) -> Spans:
        """MEDIUM: another person may have the same name."""
        found = {
            (begin, -end)
            for apart in self._apart
            for begin, end in self._candidates(text, apart)
            if _folded(text.content[begin:end].decode(errors="replace")) in self._ways
        }
        begins, ends, reached = [], [], 0
        for begin, minus_end in sorted(found):  # the longest first of those that begin at a place
            if begin >= reached:
                reached = -minus_end
                begins.append(begin)
                ends.append(reached)
        return spans.spans(Kind.PERSON, begins, ends, Confidence.MEDIUM)

    def _candidates(self, text: Capitals, apart: int) -> Iterator[tuple[int, int]]:
        if len(text) <= apart:
            return
        first, last = slice(None, -apart), slice(apart, None)
        is_near = text.start[last] - text.end[first] <= _LONGEST_GAP * apart
        at = np.flatnonzero(is_near & (self._table.of(_pair(text.key[first], text.key[last])) > 0))
        yield from zip(text.start[at].tolist(), _whole_end(text, at + apart).tolist(), strict=True)


def _ways_to_write(words: list[str]) -> Iterator[str]:
    """In full; first and last name; last name first, with a comma and without."""
    first, last = words[0], words[-1]
    yield " ".join(words)
    for given in (first, " ".join(words[:-1])):
        yield f"{given} {last}"
        yield f"{last} {given}"
        yield f"{last}, {given}"


def _capitalised(name: str) -> str:
    return name.title() if name.islower() or name.isupper() else name


def _folded(name: str) -> str:
    return _SPACES.sub(" ", name).casefold()


def _marks(written: Iterable[list[str]]) -> dict[str, str]:
    found: dict[str, str] = {}
    for *first_names, last_name in written:
        for word in first_names:
            found[word.lower()] = _joined(found.get(word.lower(), ""), lexicon.FIRST)
        found[last_name.lower()] = _joined(found.get(last_name.lower(), ""), lexicon.LAST)
    return found


def _joined(marks: str, mark: str) -> str:
    return "".join(sorted({*marks, mark}))


def _pairs(ways: list[str]) -> tuple[Keys, list[int]]:
    """Keys of each way's first and last word with a capital, and how many such words apart those are."""
    lines = [way.encode() for way in ways]
    ends = np.cumsum([len(line) + 1 for line in lines])
    words = capitals_in(b"\n".join(lines))
    after = np.searchsorted(words.start, ends)
    first, last = np.concatenate(([0], after[:-1])), after - 1
    apart = last - first
    is_pair = (apart >= 1) & (apart < _MOST_WORDS)
    keys = _pair(words.key[first[is_pair]], words.key[last[is_pair]])
    return keys, np.unique(apart[is_pair]).tolist()


def _pair(first: Keys, last: Keys) -> Keys:
    return first ^ (last * _SECOND)


def _whole_end(text: Capitals, at: Places) -> Places:
    """A word of more bytes than a key tells apart goes on to where its letters end."""
    end = text.end[at].copy()
    for place in np.flatnonzero(text.size[at] >= LONGEST):
        rest = re.compile(rb"[\x41-\x5a\x61-\x7a\x80-\xff]*").match(text.content, int(end[place]))
        end[place] = rest.end() if rest else end[place]
    return end
