"""Names that the recogniser tells in stretches of a text, as spans of its bytes."""

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np

from tryggve.domains.datamap.engine import spans
from tryggve.domains.datamap.engine.kinds import Confidence, Kind
from tryggve.domains.datamap.engine.names import lexicon
from tryggve.domains.datamap.engine.names.recogniser import FIRST_OF_NAME, NO_NAME, REST_OF_NAME, Recogniser
from tryggve.domains.datamap.engine.names.tokens import Sentence, sentences
from tryggve.domains.datamap.engine.spans import Places, Spans

_FIRST: Final = {lexicon.FIRST, lexicon.FIRST_ELSEWHERE}
_LAST: Final = {lexicon.LAST, lexicon.LAST_ELSEWHERE}
_SHORTEST: Final = 3
_NO_LETTER: Final = re.compile("[\ud800-\udfff]")


@dataclass(slots=True)
class Labelled:
    """A sentence of a stretch that begins at byte ``begin``; ``places``: bytes before each of the stretch's letters."""

    sentence: Sentence
    labels: list[str]
    places: Places
    begin: int

    @property
    def names(self) -> Iterator[tuple[int, int]]:
        """First word of each name, and the first after it."""
        return names_among(self.labels)


def labelled(content: bytes, stretches: Iterable[tuple[int, int]], asked: Recogniser) -> Iterator[Labelled]:
    """Sentences with capitals: there are no names in others."""
    for begin, end in stretches:
        text = content[begin:end].decode(errors="surrogateescape")
        places = _places_in_bytes(text)
        for sentence in sentences(_NO_LETTER.sub("\ufffd", text)):
            if any(word[0].isupper() for word in sentence.words):
                yield Labelled(sentence, asked.labels(sentence.words), places, begin)


def told(among: Iterable[Labelled], asked: Recogniser) -> dict[str, str]:
    """Words that nothing is known of but that they are names in this text, in small letters, and their marks.

    A word alone must be a name as often as not; in a full name, once is enough.
    """
    in_full: dict[str, str] = {}
    alone, elsewhere = Counter[str](), Counter[str]()
    for one in among:
        words = one.sentence.words
        for begin, end in one.names:
            if end - begin == 1:
                alone[words[begin]] += 1
            else:
                in_full |= dict.fromkeys(words[begin : end - 1], lexicon.FIRST)
                in_full[words[end - 1]] = lexicon.LAST
        elsewhere.update(
            word for word, label in zip(words, one.labels, strict=True) if not _is_of_name(label)
        )
    often = {word: lexicon.LAST for word, times in alone.items() if times >= elsewhere[word]}
    return {
        word.lower(): mark
        for word, mark in (often | in_full).items()
        if len(word) >= _SHORTEST and asked.features.is_unknown(word)
    }


def look_again(among: Iterable[Labelled], told: dict[str, str], asked: Recogniser) -> None:
    """Label those sentences anew in which a word that is a name elsewhere in the text is none."""
    for one in among:
        pairs = zip(one.sentence.words, one.labels, strict=True)
        if any(not _is_of_name(label) and word.lower() in told for word, label in pairs):
            one.labels = asked.labels(one.sentence.words)


def as_spans(among: Iterable[Labelled], asked: Recogniser) -> Spans:
    """MEDIUM where a first and a last name of the name are known, LOW else."""
    return spans.together(_of_sentence(one, asked) for one in among if FIRST_OF_NAME in one.labels)


def _of_sentence(one: Labelled, asked: Recogniser) -> Spans:
    sentence = one.sentence
    names = [name for name in one.names if not _is_small_word(sentence.words[slice(*name)], asked)]
    begins = one.begin + one.places[[sentence.start[first] for first, _after in names]]
    ends = one.begin + one.places[[sentence.end[after - 1] for _first, after in names]]
    sure = [_confidence(sentence.words[first:after], asked) for first, after in names]
    return spans.spans(Kind.PERSON, begins, ends, sure)


def names_among(labels: Sequence[str]) -> Iterator[tuple[int, int]]:
    """First word of each name, and the first after it."""
    begin = None
    for place, label in enumerate([*labels, NO_NAME]):
        if begin is not None and label != REST_OF_NAME:
            yield begin, place
            begin = None
        if begin is None and _is_of_name(label):
            begin = place


def _is_of_name(label: str) -> bool:
    return label in {FIRST_OF_NAME, REST_OF_NAME}


def _is_small_word(words: Sequence[str], asked: Recogniser) -> bool:
    """A single word that begins many a sentence in a language that the recogniser didn't learn: The, Ja."""
    return len(words) == 1 and asked.features.is_small_word(words[0])


def _confidence(words: Sequence[str], asked: Recogniser) -> Confidence:
    marks = [set(asked.features.word(word).known) for word in words]
    is_known = any(one & _FIRST for one in marks[:-1]) and bool(marks[-1] & _LAST)
    return Confidence.MEDIUM if is_known else Confidence.LOW


def _places_in_bytes(text: str) -> Places:
    """Of each letter, and of the end. What was no UTF-8 is a letter a byte."""
    if text.isascii():
        return np.arange(len(text) + 1)
    codes = np.frombuffer(text.encode("utf-32-le", "surrogatepass"), np.uint32)
    is_single = (codes < 0x80) | ((codes >= 0xDC80) & (codes <= 0xDCFF))
    sizes = np.where(is_single, 1, 2 + (codes >= 0x800).astype(np.int64) + (codes >= 0x10000))
    return np.concatenate(([0], np.cumsum(sizes)))
