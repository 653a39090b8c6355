"""Words found with Hyperscan: thousands of megabytes a second, most of it spent in C."""

import threading
from collections.abc import Sequence
from typing import Final

import hyperscan
import numpy as np

from tryggve.domains.datamap.engine.runs import Codes, Places
from tryggve.domains.datamap.engine.words import spelling
from tryggve.domains.datamap.engine.words.word import (
    Hits,
    Word,
    WordFinder,
    bounded,
    hits_of,
    leftmost_longest,
    told_apart,
)

_UNDERSCORE: Final = ord("_")
_BOUND: Final = r"(?:\b|_)"
_SHORT: Final = 5


class Finder(WordFinder):
    """Compiled when first asked; each thread has its own scratch space, which may serve one scan at a time."""

    def __init__(self, words: Sequence[Word]) -> None:
        self._words = told_apart(words)
        self._ids = np.array([word.id for word in self._words], np.int32)
        self._starts = np.array([word.starts for word in self._words], np.bool_)
        self._ends = np.array([word.ends for word in self._words], np.bool_)
        self._compiling = threading.Lock()
        self._database: hyperscan.Database | None = None
        self._own = threading.local()

    def hits(self, content: bytes) -> Hits:
        reports: list[tuple[int, int, int]] = []
        put = reports.append
        if content:
            database, scratch = self._engine()
            database.scan(
                content, match_event_handler=lambda id, start, end, *_: put((id, start, end)), scratch=scratch
            )
        if not reports:
            return hits_of([], [], [])
        which, start, end = np.array(reports, np.int64).T
        return self._whole_words(np.frombuffer(content, np.uint8), which, start, end)

    def _whole_words(self, codes: Codes, which: Places, start: Places, end: Places) -> Hits:
        starts, ends = self._starts[which], self._ends[which]
        start = start + (starts & (codes[start] == _UNDERSCORE))
        end = end - (ends & (codes[end - 1] == _UNDERSCORE))
        return leftmost_longest(bounded(Hits(self._ids[which], start, end), codes, starts, ends))

    def _engine(self) -> tuple[hyperscan.Database, hyperscan.Scratch]:
        with self._compiling:
            if self._database is None:
                self._database = _compiled(self._words)
        scratch: hyperscan.Scratch | None = getattr(self._own, "scratch", None)
        if scratch is None:
            scratch = self._own.scratch = hyperscan.Scratch(self._database)
        return self._database, scratch


def _compiled(words: Sequence[Word]) -> hyperscan.Database:
    database = hyperscan.Database(mode=hyperscan.HS_MODE_BLOCK)
    database.compile(
        expressions=[_expression(word).encode() for word in words],
        ids=list(range(len(words))),
        flags=hyperscan.HS_FLAG_SOM_LEFTMOST,
    )
    return database


def _expression(word: Word) -> str:
    """Short ones with their bounds, or half of what is reported would be parts of words. Long ones without: a bound
    makes compiling ten times as slow. Hyperscan's knows ASCII only and takes an underscore for a letter, so all is
    looked at again in any case."""
    is_short = len(word.text) <= _SHORT
    before = _BOUND if is_short and word.starts and word.text[0].isascii() else ""
    after = _BOUND if is_short and word.ends and word.text[-1].isascii() else ""
    return f"{before}{spelling.pattern(word)}{after}"
