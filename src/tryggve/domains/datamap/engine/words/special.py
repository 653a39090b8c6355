"""Hints of special categories (GDPR article 9) and criminal records (article 10) beside an identified person.

The words alone are noise: newspapers are full of them. Beside a person they ask for a look, and claim no more.
"""

from functools import cache
from typing import Final

import numpy as np
from numpy.typing import NDArray

from tryggve.domains.datamap.engine import spans
from tryggve.domains.datamap.engine.kinds import CODE_OF, Confidence, Kind
from tryggve.domains.datamap.engine.rows import rows
from tryggve.domains.datamap.engine.runs import Mask, Places
from tryggve.domains.datamap.engine.spans import Codes, Spans
from tryggve.domains.datamap.engine.text import Text
from tryggve.domains.datamap.engine.words import lists
from tryggve.domains.datamap.engine.words.around import hits_around
from tryggve.domains.datamap.engine.words.finder import Finder
from tryggve.domains.datamap.engine.words.word import IS_LETTER, Hits, WordFinder, listed

_REACH: Final = 200
_LONGEST_ENDING: Final = 24
_NUMBERS_OF_PERSONS: Final = (
    Kind.NO_FNR,
    Kind.FI_HETU,
    Kind.SE_PERSONNUMMER,
    Kind.SE_SAMORDNINGSNUMMER,
    Kind.DK_CPR,
)
_CONTACTS: Final = (Kind.EMAIL, Kind.PHONE, Kind.DATE_OF_BIRTH)
_NEWLINE: Final = ord("\n")
_DELIMITERS: Final = tuple(b"\t;|")
_FEWEST_IN_ROW: Final = 2


def _worth() -> NDArray[np.uint8]:
    """By kind and Confidence of what stands beside it: what a hint is worth."""
    table = np.zeros((256, max(Confidence) + 1), np.uint8)
    for kind in (*_NUMBERS_OF_PERSONS, Kind.PERSON, *_CONTACTS):
        table[CODE_OF[kind], Confidence.LOW :] = Confidence.LOW
    for kind in (*_NUMBERS_OF_PERSONS, Kind.PERSON):
        table[CODE_OF[kind], Confidence.MEDIUM :] = Confidence.MEDIUM
    return table


_WORTH: Final = _worth()


def find_special(text: Text, found: Spans) -> Spans:
    """Beside a finding of a person in the same paragraph, or in the same row of a table. ``found``: in any order."""
    worth = _WORTH[found.kind, found.confidence]
    order = np.flatnonzero(worth)
    if not len(order):
        return spans.none()
    order = order[np.argsort(found.start[order], kind="stable")]
    people, worth = found[order], worth[order]
    hits = hits_around(_finder(), text.content, people.start, people.end, _REACH)
    if not len(hits):
        return spans.none()
    lines = _Lines(text)
    before = np.searchsorted(people.start, hits.start) - 1
    sure = np.maximum(
        _beside(hits, people, worth, before, lines), _beside(hits, people, worth, before + 1, lines)
    )
    sure = np.maximum(sure, _above(hits, people, lines))
    return spans.spans(Kind.SPECIAL, hits.start, _ends_of_words(text, hits), sure)


@cache
def _finder() -> WordFinder:
    return Finder([listed(stem, 0) for stem in sorted(lists.special())])


def _ends_of_words(text: Text, hits: Hits) -> Places:
    """Stems are listed; who looks at a hint wants the word."""
    goes_on = IS_LETTER[rows(text.codes, hits.end, _LONGEST_ENDING + 1)]
    goes_on[:, -1] = False
    return np.asarray(hits.end + np.argmin(goes_on, axis=1))


def _beside(hits: Hits, people: Spans, worth: Codes, which: Places, lines: "_Lines") -> Codes:
    """What that neighbour of each hit is worth."""
    is_there = (which >= 0) & (which < len(people))
    which = which.clip(0, len(people) - 1)
    apart = np.maximum(hits.start - people.end[which], people.start[which] - hits.end)
    is_near = is_there & (apart <= _REACH)
    is_near &= lines.paragraph(hits.start) == lines.paragraph(people.start[which])
    return np.where(is_near, worth[which], np.uint8(Confidence.NONE))


def _above(hits: Hits, people: Spans, lines: "_Lines") -> Codes:
    """A heading of a table: the person stands in the row below."""
    line, of_people = lines.of(hits.start), np.unique(lines.of(people.start))
    is_heading = lines.is_row(line) & ~lines.is_row(line - 1) & ~np.isin(line, of_people)
    is_heading &= np.isin(line + 1, of_people) & lines.is_row(line + 1)
    return np.where(is_heading, np.uint8(Confidence.LOW), np.uint8(Confidence.NONE))


class _Lines:
    """Of a text: which is a row of a table, and where paragraphs end."""

    def __init__(self, text: Text) -> None:
        codes = text.codes
        self._feeds = np.flatnonzero(codes == _NEWLINE)
        delimiters = np.zeros(len(self._feeds) + 1, np.int64)
        for delimiter in _DELIMITERS:
            if text.content.find(delimiter) >= 0:
                delimiters += np.bincount(
                    self.of(np.flatnonzero(codes == delimiter)), minlength=len(delimiters)
                )
        self._is_row: Mask = delimiters >= _FEWEST_IN_ROW
        is_return = (
            codes.take(self._feeds - 1, mode="clip") == ord("\r") if len(codes) else np.empty(0, np.bool_)
        )
        is_empty = np.diff(self._feeds, prepend=-1) - is_return == 1
        ends = self._is_row[:-1] | self._is_row[1:] | is_empty
        self._ends = self._feeds[ends]

    def of(self, places: Places) -> Places:
        return np.asarray(np.searchsorted(self._feeds, places))

    def is_row(self, lines: Places) -> Mask:
        """False for those before the first and after the last."""
        is_there = (lines >= 0) & (lines < len(self._is_row))
        return np.asarray(is_there & self._is_row[lines.clip(0, len(self._is_row) - 1)])

    def paragraph(self, places: Places) -> Places:
        """A number for each; a row of a table has one of its own."""
        return np.asarray(np.searchsorted(self._ends, places))
