"""What each label says of each kind, as a table to look up for many hits at a time."""

from functools import cache
from typing import Final

import numpy as np
from numpy.typing import NDArray

from tryggve.domains.datamap.engine.kinds import Kind
from tryggve.domains.datamap.engine.said import Says
from tryggve.domains.datamap.engine.words import lists
from tryggve.domains.datamap.engine.words.finder import Finder
from tryggve.domains.datamap.engine.words.lists import NUMBERS, WORDS, Meaning
from tryggve.domains.datamap.engine.words.word import Hits, WordFinder, leftmost_longest, listed

_OF_LETTERS: Final = frozenset((Kind.PERSON, Kind.ADDRESS))
# Their own shape tells enough: no label makes them anything else.
_BY_SHAPE: Final = frozenset((Kind.SECRET, Kind.EMAIL, Kind.IP, Kind.SPECIAL))
_OF_NUMBERS: Final = frozenset(Kind) - _OF_LETTERS - _BY_SHAPE


@cache
def finder(about: str) -> WordFinder:
    """Of the labels of NUMBERS, or of WORDS; the id of a hit is its row in the tables below."""
    row_of = {meaning: row for row, meaning in enumerate(_meanings(), 1)}
    found = [(word, meaning) for word, meaning in lists.labels().items() if about in meaning.about]
    return Finder([listed(word, row_of[meaning]) for word, meaning in found])


def hits(content: bytes) -> Hits:
    """Of all labels."""
    numbers, words = finder(NUMBERS).hits(content), finder(WORDS).hits(content)
    return leftmost_longest(
        Hits(
            np.concatenate((numbers.id, words.id)),
            np.concatenate((numbers.start, words.start)),
            np.concatenate((numbers.end, words.end)),
        )
    )


@cache
def in_headings(kind: Kind) -> NDArray[np.int8]:
    """By the row of a label one of Says; row 0 is for no label."""
    return np.array([Says.NOTHING, *(_says(meaning, kind) for meaning in _meanings())], np.int8)


@cache
def in_sentences(kind: Kind) -> NDArray[np.int8]:
    """The same without labels that are too common in sentences."""
    is_label = np.array([False, *(not meaning.only_headings for meaning in _meanings())])
    return np.where(is_label, in_headings(kind), np.int8(Says.NOTHING))


@cache
def weights() -> NDArray[np.int8]:
    """By row: which of several labels in one heading counts. «Customer phone» is no name, «order e-mail» no order."""
    return np.array([-1, *(_weight(meaning) for meaning in _meanings())], np.int8)


def labels_of(kind: Kind) -> str:
    """NUMBERS or WORDS, for ``finder``."""
    return NUMBERS if kind in _OF_NUMBERS else WORDS


@cache
def _meanings() -> tuple[Meaning, ...]:
    return tuple(dict.fromkeys(lists.labels().values()))


def _says(meaning: Meaning, kind: Kind) -> Says:
    if kind in meaning.kinds:
        return Says.THIS
    is_spoken_of = (kind in _OF_NUMBERS and NUMBERS in meaning.about) or (
        kind in _OF_LETTERS and WORDS in meaning.about
    )
    return Says.OTHER if is_spoken_of else Says.NOTHING


def _weight(meaning: Meaning) -> int:
    return 2 if meaning.kinds - {Kind.PERSON} else len(meaning.kinds)
