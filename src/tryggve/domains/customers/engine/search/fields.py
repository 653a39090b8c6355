"""Where a piece of a word stands: in names, in other words, in telephone numbers. Places come in order, each once.

Two ways lead to them. By the runs of letters or digits in the piece, where those say that it is in few places: these
are a list. By reading the text until whoever asks has enough, where it is in many.
"""

import heapq
from collections.abc import Callable, Iterable, Iterator
from functools import cached_property, partial
from typing import NamedTuple

from tryggve.domains.customers.engine.search.pieces import LETTERS, Runs
from tryggve.domains.customers.engine.search.text import SEPARATOR, Text

# Of one word more places than so many are sooner read until enough are found than put in order.
_MANY = 5_000
# Of several words so many are compared; of numbers not, which are read sooner.
_MANY_TOGETHER = 20_000
# Shorter pieces are in many words.
_SELDOM = 3
# Places are read rather than asked for one by one where not more than so many times as many lie from first to last.
_SIDE_BY_SIDE = 4
# With so few who hold some of several words, it isn't asked who holds the others.
_FEW = 300
_AT_WORD = b" "
_NUMBER = frozenset(b"0123456789 ")


Few = set[int] | None  # None where they are many


class Way(NamedTuple):
    """A way in which a term can stand in a line, and three ways to find out."""

    few: Callable[[bytes], Few]
    read: Callable[[bytes], Iterator[int]]
    fits: Callable[[int, bytes], bool]


class Field:
    """A text of words, and its runs."""

    def __init__(self, text: Text) -> None:
        self.text = text

    @cached_property
    def runs(self) -> Runs:
        """Made when first somebody searches."""
        return Runs(self.text)

    def beginning(self) -> Way:
        """The line begins with the term."""
        return Way(
            partial(self.runs.beginning, most=_MANY),
            lambda term: self.text.places(SEPARATOR + _AT_WORD + term),
            lambda place, term: self.text.begins_at(place, _AT_WORD + term),
        )

    def with_word(self) -> Way:
        """A word of the line begins with the term."""
        return Way(
            partial(self.runs.with_word, most=_MANY),
            lambda term: self.text.places(_AT_WORD + term),
            lambda place, term: self.text.holds_at(place, _AT_WORD + term),
        )

    def holding(self) -> Way:
        """The term occurs in the line."""
        return Way(partial(self.runs.holding, most=_MANY), self.text.places, self.text.holds_at)


class Fields:
    """Names, other words and telephone numbers; what can't be a number isn't looked for in these."""

    def __init__(self, names: Text, words: Text, phones: Text) -> None:
        self.names, self.words, self.phones = Field(names), Field(words), Field(phones)

    def stages(self, terms: list[bytes], longest: bytes) -> Iterator[Iterator[int]]:
        """The places of those who hold all these terms, in stages, of which the first match best by the longest.

        First whose name begins so, then with a word of the name, then with another word that does, then in whose name
        it occurs, then the others. Whoever has enough of them stops asking; somebody can come in several.
        """
        those, rest = self._who_may_hold(terms) if _is_compared(terms) else (None, [])
        if those is None:
            rest = [term for term in terms if term != longest]
        in_order, asked = sorted(those or ()), set[int]()
        others = [self.words, self.phones] if _NUMBER.issuperset(longest) else [self.words]
        for ways in (
            [self.names.beginning()],
            [self.names.with_word()],
            [field.with_word() for field in others],
            [self.names.holding()],
            [field.holding() for field in others],
        ):
            some = _new(_merged(_places(way, longest, those, in_order) for way in ways), asked)
            for term in rest:
                some = self._holding(term, some)
            yield iter(some)

    def _holding(self, term: bytes, places: Iterable[int]) -> Iterable[int]:
        """Those of the places where the term occurs anywhere."""
        texts = [field.text for field in self._all(term)]
        if isinstance(places, list) and places and places[-1] - places[0] < _SIDE_BY_SIDE * len(places):
            wanted = set(places)
            there = _merged(text.places(term, places[0], places[-1]) for text in texts)
            return (at for at in there if at in wanted)
        return (at for at in places if any(text.holds_at(at, term) for text in texts))

    def _all(self, term: bytes) -> list[Field]:
        fields = [self.names, self.words]
        return [*fields, self.phones] if _NUMBER.issuperset(term) else fields

    def _who_may_hold(self, terms: list[bytes]) -> tuple[Few, list[bytes]]:
        """Those who hold the rarer of the terms, and the other terms; None where none of them is rare."""
        those, rest = None, sorted(terms, key=len)
        for most in (_MANY, _MANY_TOGETHER):
            for term in reversed(rest.copy()):
                if those is None or (len(those) > _FEW and len(term) >= _SELDOM):
                    some = self._few(term, most, those)
                    if some is not None:
                        those = some
                        rest.remove(term)
        return those, rest

    def _few(self, term: bytes, most: int, among: Few) -> Few:
        """Those who hold the term; of those ``among`` whom others were found, if that is told."""
        if most > _MANY and _NUMBER.issuperset(term):
            return None
        those = set[int]()
        for field in self._all(term):
            some = field.runs.holding(term, most=most, among=among)
            if some is None:
                return None
            those |= some
        return those


def _is_compared(terms: list[bytes]) -> bool:
    """Of one word in letters alone each stage by itself is found as soon."""
    return len(terms) > 1 or not LETTERS.fullmatch(terms[0])


def _places(way: Way, term: bytes, those: Few, in_order: list[int]) -> Iterable[int]:
    """Who matches in this way, of those if they are few."""
    if those is not None and len(those) <= _FEW:
        return (at for at in in_order if way.fits(at, term))
    few = way.few(term)
    if few is not None:
        return sorted(few if those is None else few & those)
    return way.read(term) if those is None else (at for at in in_order if way.fits(at, term))


def _new(places: Iterable[int], asked: set[int]) -> Iterable[int]:
    """Those that no stage asked for before."""
    if isinstance(places, list):
        places = [at for at in places if at not in asked] if asked else places
        asked.update(places)
        return places
    return _noted(places, asked)


def _noted(places: Iterable[int], asked: set[int]) -> Iterator[int]:
    for at in places:
        if at not in asked:
            asked.add(at)
            yield at


def _merged(some: Iterable[Iterable[int]]) -> Iterable[int]:
    first, *others = some
    return heapq.merge(first, *others) if others else first
