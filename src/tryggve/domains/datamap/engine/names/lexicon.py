"""What is known of words by themselves: names from lists, and how common a word is."""

import lzma
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from importlib import resources
from typing import Final

FILE: Final = "lexicon.txt.xz"

FIRST, LAST, FIRST_ELSEWHERE, LAST_ELSEWHERE = "F", "L", "f", "l"
"""Marks of a name: in use in the Nordic countries, or elsewhere."""

INFLECTED: Final = "i"
ENGLISH: Final = "e"

_COMMONEST: Final = "0123"
_SMALL_WORDS: Final = "01"
_RARE: Final = "9"
_SHORTEST_STEM: Final = 4
_INFLECTIONS: Final = (
    *("en", "et", "er", "ar", "or", "n", "t", "r", "s"),
    *("ene", "erne", "arna", "orna", "erna", "ens", "ets"),
)


@dataclass(frozen=True, slots=True)
class Lexicon:
    """``names``: written as names are → their marks; ``words``: in small letters → how common, ``0`` the most.

    A word that is commoner in English than in Swedish, Danish, Norwegian and Finnish has an ``e`` after its digit.
    """

    names: Mapping[str, str]
    words: Mapping[str, str]

    def marks(self, word: str) -> str:
        """Of a name in any of its forms: in capitals, in the genitive (``'`` is added), in two parts (``-``)."""
        if word.isupper() and len(word) > 2:
            word = word.title()
        if found := self.names.get(word):
            return found
        if len(word) > 2 and (found := self.names.get(word[:-1] if word[-1] in "s’'" else "")):
            return found + "'"
        return self._marks_of_parts(word) if "-" in word else ""

    def _marks_of_parts(self, word: str) -> str:
        parts = [self.names.get(part, "") for part in (word[: word.index("-")], word[word.rindex("-") + 1 :])]
        for mark in (FIRST, LAST, FIRST_ELSEWHERE):
            if any(mark in known for known in parts):
                return mark + "-"
        return ""

    def commonness(self, word: str) -> str:
        """Empty for a word that isn't among the 30,000 commonest of a language; ``i`` for an inflected one of them."""
        small = word.lower()
        return self.words.get(small) or (INFLECTED if self._is_inflected(small) else "")

    def _is_inflected(self, small: str) -> bool:
        stems = (small.removesuffix(ending) for ending in _INFLECTIONS if small.endswith(ending))
        return any(len(stem) >= _SHORTEST_STEM and stem in self.words for stem in stems)

    def is_everyday(self, word: str) -> bool:
        """Also a word of the language, when it begins a sentence: Mark, Art, Will."""
        return self.words.get(word.lower(), _RARE)[0] in _COMMONEST

    def is_small_word(self, word: str) -> bool:
        """One of the hundreds that hold sentences together, or of the thousands of English."""
        said = self.words.get(word.lower(), _RARE)
        return said[0] in _SMALL_WORDS or (said[0] in _COMMONEST and said.endswith(ENGLISH))


def packed(lexicon: Lexicon) -> bytes:
    """The same bytes each time."""
    lines = [f"{word}\t{said}\n" for word, said in sorted({**lexicon.names, **lexicon.words}.items())]
    return lzma.compress("".join(lines).encode(), preset=9 | lzma.PRESET_EXTREME)


def unpacked(data: bytes) -> Lexicon:
    names: dict[str, str] = {}
    words: dict[str, str] = {}
    for line in lzma.decompress(data).decode().splitlines():
        word, said = line.split("\t")
        (names if word[0].isupper() else words)[word] = said
    return Lexicon(names, words)


@lru_cache(maxsize=1)
def shipped() -> Lexicon:
    return unpacked(resources.files(__package__).joinpath(FILE).read_bytes())
