"""Words found with one regular expression for each way they may begin, by RE2 or by Python's own ``re``."""

from collections.abc import Callable, Iterator, Sequence
from itertools import groupby
from typing import Final, Protocol

from tryggve.domains.datamap.engine.words import spelling
from tryggve.domains.datamap.engine.words.word import (
    Hits,
    Word,
    WordFinder,
    hits_of,
    leftmost_longest,
    told_apart,
)

_NOT_A_LETTER: Final = rb"[^0-9A-Za-z\x80-\xff]"
# Stands before and after the text, so that its first and last word have something beside them.
_EDGE: Final = b"\n"


class Match(Protocol):
    def span(self, group: int = 0, /) -> tuple[int, int]: ...


class Expression(Protocol):
    def search(self, string: bytes, pos: int = 0, /) -> Match | None: ...


class Finder(WordFinder):
    """``compile`` makes an expression that gives the first match and, of several there, the one that comes first
    in a sorted tree (``re``) or the longest (RE2): here that is the same."""

    def __init__(self, words: Sequence[Word], compile: Callable[[bytes], Expression]) -> None:
        order = sorted(told_apart(words), key=_manner)
        self._groups = [_Group(list(alike), compile) for _, alike in groupby(order, _manner)]

    def hits(self, content: bytes) -> Hits:
        found = [hit for group in self._groups for hit in group.hits(content)]
        id, start, end = zip(*found, strict=True) if found else ((), (), ())
        return leftmost_longest(hits_of(id, start, end))


def _manner(word: Word) -> tuple[bool, bool]:
    return word.starts, word.is_exact


class _Group:
    def __init__(self, words: Sequence[Word], compile: Callable[[bytes], Expression]) -> None:
        self._starts, self._is_exact = _manner(words[0])
        spelled = {self._folded(text): word for word in words for text in word.spellings()}
        before = _NOT_A_LETTER if self._starts else b""
        self._ids = {text: word.id for text, word in spelled.items()}
        tree = _tree({text: word.ends for text, word in spelled.items()}, self._is_exact)
        self._expression = compile(before + tree.encode("latin-1"))

    def hits(self, content: bytes) -> Iterator[tuple[int, int, int]]:
        """The longest at each place where one begins."""
        text, before = _EDGE + content + _EDGE, int(self._starts)
        at = 0
        while match := self._expression.search(text, at):
            start, end = match.span()
            start += before
            word = self._folded(text[start:end].decode())
            if word not in self._ids:
                word, end = word[:-1], end - 1
            yield self._ids[word], start - 1, end - 1
            at = start + 1 - before

    def _folded(self, text: str) -> str:
        return text if self._is_exact else text.lower()


def _tree(ends: dict[str, bool], is_exact: bool) -> str:
    """As one expression, in which a longer word is tried before one that it begins with."""
    branches = []
    for first, alike in groupby(sorted(text for text in ends if text), lambda text: text[0]):
        below = {text[1:]: ends[text] for text in alike}
        branches.append(spelling.letters(first, is_exact) + _tree(below, is_exact))
    if "" in ends:
        branches.append(_NOT_A_LETTER.decode("latin-1") if ends[""] else "")
    return branches[0] if len(branches) == 1 else f"(?:{'|'.join(branches)})"
