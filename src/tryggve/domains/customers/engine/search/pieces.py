"""Which lines of a text can hold a piece, told by the few different runs of letters and digits that they are made of.

What somebody types in letters alone lies within one run of letters: an e-mail address is several. Numbers are all
different: of those every three neighbouring digits are kept, and the first two of a word.
"""

import re
from array import array
from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterable, Iterator, Set
from itertools import chain

from tryggve.domains.customers.engine.search.text import Text

LETTERS = re.compile(rb"-*[a-z\x80-\xfe][a-z\x80-\xfe-]*")  # Karin-Ingrid is one
DIGITS = re.compile(rb"[0-9]+")
_SIGNS = re.compile(rb"[^a-z0-9\x80-\xfe -]")
_RUNS = re.compile(rb" ?-*[a-z\x80-\xfe][a-z\x80-\xfe-]*")
# Three neighbours, or a space and the first two of a word, or a number of two that no space goes before.
_DIGITS_TOGETHER = re.compile(rb"(?=( [0-9]{1,2}|[0-9]{3}|(?<![0-9 ])[0-9]{2}))")
_AFTER_ALL = b"\xff"
_WORD, _FIRST = b" ", b"  "
_EACH_DIGIT = [b"%d" % digit for digit in range(10)]
_TOGETHER = 3
_is_told_by_letters = LETTERS.fullmatch
_is_told_by_digits = re.compile(rb"[0-9]{,3}").fullmatch

Found = dict[bytes, "array[int]"]
Spans = list[tuple[int, int]]  # from where to where in the places that are kept


class Places:
    """Keys in their order, each with the places that it was found at."""

    def __init__(self, found: Found) -> None:
        """Empties what was found, so that it doesn't lie in memory twice."""
        self.keys = Text(sorted(found))
        self._places, self._ends = array("I"), array("I", [0])
        for key in self.keys.lines():
            self._places += found.pop(key)
            self._ends.append(len(self._places))

    def of(self, key: bytes) -> Spans:
        """Where the key was found."""
        number = self._number(key)
        is_there = number < len(self.keys) and self.keys.line(number) == key
        return [(self._ends[number], self._ends[number + 1])] if is_there else []

    def beginning(self, start: bytes) -> Spans:
        """Where keys were found that begin so."""
        first, end = self._number(start), self._number(start + _AFTER_ALL)
        return [(self._ends[first], self._ends[end])] if end > first else []

    def holding(self, piece: bytes, *, most: int) -> Spans | None:
        """Where keys were found that hold the piece; None where those are more places than so many."""
        spans, count = Spans(), 0
        for number in self.keys.places(piece):
            spans.append((self._ends[number], self._ends[number + 1]))
            count += spans[-1][1] - spans[-1][0]
            if count > most:
                return None
        return spans

    def at(self, spans: Spans, among: Set[int] | None = None) -> set[int]:
        """The places in those spans; of those ``among`` which something else was found, if that is told."""
        places = chain.from_iterable(self._places[start:end] for start, end in spans)
        return set(places) if among is None else set(filter(among.__contains__, places))

    def _number(self, key: bytes) -> int:
        return bisect_left(range(len(self.keys)), key, key=self.keys.line)


class Runs:
    """Every run in a text's lines. Whoever asks for more than ``most`` places, or for what no run tells, gets None."""

    def __init__(self, text: Text) -> None:
        """A run at the start of a word is kept with one space before it, with two where it is the first of a line."""
        self._text = text
        letters, digits = (defaultdict[bytes, "array[int]"](lambda: array("I")) for _kind in range(2))
        for place, line in enumerate(text.lines()):
            for run in _runs_of(line):
                letters[run].append(place)
            for piece in _DIGITS_TOGETHER.findall(line):
                digits[piece].append(place)
        self._letters, self._digits = Places(letters), Places(digits)

    def beginning(self, start: bytes, *, most: int) -> set[int] | None:
        """The lines whose first word begins so."""
        some = self._starting(start, (_FIRST,), most)
        if not some or _is_told_by_letters(start):
            return some
        return {at for at in some if self._text.begins_at(at, _WORD + start)}

    def with_word(self, start: bytes, *, most: int) -> set[int] | None:
        """The lines with a word that begins so."""
        some = self._starting(start, (_FIRST, _WORD), most)
        if not some or _is_told_by_letters(start):
            return some
        return set(self._text.holding(_WORD + start, some))

    def holding(self, piece: bytes, *, most: int, among: Set[int] | None = None) -> set[int] | None:
        """The lines that hold the piece; of those ``among`` which something else was found, if that is told."""
        if self._lacks(piece):
            return set()
        if run := max(LETTERS.findall(piece), key=len, default=b""):
            some = _at(self._letters, self._letters.holding(run, most=most), most, among)
        else:
            some = self._with_digits(max(DIGITS.findall(piece), key=len, default=b""), most, among)
        if not some or _is_told_by_letters(piece) or _is_told_by_digits(piece):
            return some
        return set(self._text.holding(piece, some))

    def _starting(self, start: bytes, before: Iterable[bytes], most: int) -> set[int] | None:
        """The lines with the first run of it after one of those spaces."""
        if self._lacks(start):
            return set()
        if run := LETTERS.match(start):
            find = self._letters.beginning if run[0] == start else self._letters.of
            return _at(self._letters, [span for space in before for span in find(space + run[0])], most)
        if run := DIGITS.match(start):
            return self._with_all(_pieces(_WORD + run[0]), most) if len(run[0]) >= _TOGETHER - 1 else None
        return None

    def _lacks(self, piece: bytes) -> bool:
        """Whether there is something between its runs that no line has."""
        return not all(map(self._text.has, _SIGNS.findall(piece)))

    def _with_digits(self, run: bytes, most: int, among: Set[int] | None) -> set[int] | None:
        if len(run) < _TOGETHER - 1:
            return None
        if len(run) < _TOGETHER:
            longer = [some for digit in _EACH_DIGIT for some in (digit + run, run + digit)]
            spans = [span for some in (run, _WORD + run, *longer) for span in self._digits.of(some)]
            return _at(self._digits, spans, most, among)
        return self._with_all(_pieces(run), most, among)

    def _with_all(self, pieces: Iterable[bytes], most: int, among: Set[int] | None = None) -> set[int] | None:
        """The lines that have all these pieces of a run of digits, at least."""
        fewest, *others = sorted(map(self._digits.of, pieces), key=_count)
        some = _at(self._digits, fewest, most, among)
        for spans in others if some else ():
            some = self._digits.at(spans, among=some)
        return some


def _at(kept: Places, spans: Spans | None, most: int, among: Set[int] | None = None) -> set[int] | None:
    return None if spans is None or _count(spans) > most else kept.at(spans, among)


def _count(spans: Spans) -> int:
    return sum(end - start for start, end in spans)


def _runs_of(line: bytes) -> list[bytes]:
    runs: list[bytes] = _RUNS.findall(line)
    if runs and runs[0][:1] == _WORD and line.startswith(runs[0]):
        runs[0] = _WORD + runs[0]
    return runs


def _pieces(run: bytes) -> Iterator[bytes]:
    """Every three neighbours, or the run itself where it is shorter."""
    return (run[at : at + _TOGETHER] for at in range(max(1, len(run) - _TOGETHER + 1)))
