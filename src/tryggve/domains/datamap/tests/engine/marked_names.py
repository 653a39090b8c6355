"""Texts in which names stand in braces, and how well they are told."""

import re
from collections.abc import Iterable
from dataclasses import dataclass

from tryggve.domains.datamap.engine.names.persons import persons_in
from tryggve.domains.datamap.engine.text import Text

_BRACES = re.compile(r"([{}])")
_WORD = re.compile(rb"[^\s,.:;!?()/]+")


@dataclass(frozen=True)
class Marked:
    content: bytes
    names: frozenset[tuple[int, int]]


def unmarked(written: str) -> Marked:
    content, begin, names = b"", 0, set()
    for part in _BRACES.split(written):
        if part == "{":
            begin = len(content)
        elif part == "}":
            names.add((begin, len(content)))
        else:
            content += part.encode()
    return Marked(content, frozenset(names))


def f1_of_words(texts: list[str]) -> float:
    """Of all texts together."""
    said_and_true = [pair for text in texts for pair in _words(unmarked(text))]
    right = sum(said and true for said, true in said_and_true)
    return 2 * right / sum(said + true for said, true in said_and_true)


def _words(text: Marked) -> list[tuple[bool, bool]]:
    found = persons_in(Text(text.content))
    said = list(zip(found.start.tolist(), found.end.tolist(), strict=True))
    words = [word.span() for word in _WORD.finditer(text.content)]
    return [(_is_among(word, said), _is_among(word, text.names)) for word in words]


def _is_among(word: tuple[int, int], names: Iterable[tuple[int, int]]) -> bool:
    return any(begin < word[1] and word[0] < end for begin, end in names)
