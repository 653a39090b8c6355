"""What a recogniser of names is told of each word of a sentence: of the word itself and of the one on either side."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from types import MappingProxyType
from typing import Final

from tryggve.domains.datamap.engine.names.lexicon import Lexicon

NOTHING_OWN: Final[Mapping[str, str]] = MappingProxyType({})

_REMEMBERED: Final = 1 << 13
_UNKNOWN: Final = "-"
_TITLE_WORDS = """
    herr hr fru fr frk fröken frøken dr doktor prof professor docent doc advokat lektor ingenjör ingeniør
    direktör direktør dir vd chef chefen sjef leder lederen ordförande ordföranden formand formanden kapten överste
    general biskop pastor präst præst provst prost kung kungen kong kongen drottning drottningen dronning dronningen
    prins prinsen prinsessan prinsesse statsminister minister mr mrs ms sir kontakt kontaktperson attn att mvh
    hälsningar hilsen vänligen hej hei kära kære
"""
_PARTICLE_WORDS = "von van de af av der den da di la le bin al du del ten ter zu ibn el i dos das y och og"
_TITLES: Final = frozenset(_TITLE_WORDS.split())
_PARTICLES: Final = frozenset(_PARTICLE_WORDS.split())
_LAST_NAME: Final = re.compile(
    r"(sson|ssen|sen|son|qvist|kvist|ström|strøm|strom|berg|gren|lund|lundh|dahl|dal|holm|gaard|gård|stedt|sted|stad"
    r"|mann|man|blad|crantz|feldt|felt|ski|sky|vic|vić|ić|ov|ova|ez|ini|ino|dóttir|dotter|datter|nen|bäck|bæk|beck"
    r"|bech|borg|borgs|hed|ling|lin|ell|ius|ander|én|rup|strup|skov|toft|vang|näs|nes|rud|eth|bø)s?$"
)
_RUNS: Final = ((re.compile("X{2,}"), "XX"), (re.compile("x+"), "x"), (re.compile("0+"), "0"))
_NO_NAME: Final = re.compile(r"[\d@]|.(?:nr|nummer|nro|numero)$", re.IGNORECASE)
_LONGEST_SHAPE: Final = 6


@dataclass(frozen=True, slots=True)
class Word:
    """``own``, and what it tells the word after it and the word before it, and in short those two words away.

    ``known``: the marks of a known name, ``0`` without any.
    """

    is_capital: bool
    is_told: bool
    known: str
    shape: str
    own: list[str]
    to_the_next: list[str]
    to_the_one_before: list[str]
    from_afar: str


_OF_SMALL: Final = ["small"]
_NO_WORD: Final = Word(False, False, "B", "B", ["B"], ["BOS"], ["EOS"], "B")


class _Words:
    """Apart from ``Features``, which remembers what it told: else each would hold itself, and stay until it is looked
    for (gc), which a sealed-off child never does."""

    def __init__(self, lexicon: Lexicon, own_names: Mapping[str, str]) -> None:
        self._lexicon, self._own_names = lexicon, own_names

    def of(self, word: str) -> Word:
        return self._capital(word) if _is_capital(word) else _small(word)

    def _capital(self, word: str) -> Word:
        small, shape, known = word.lower(), _shape(word), self._known(word)
        common = self._lexicon.commonness(word) or _UNKNOWN
        own = [
            f"w={word}",
            f"s2={small[-2:]}",
            f"s3={small[-3:]}",
            f"s4={small[-4:]}",
            f"p2={small[:2]}",
            f"p3={small[:3]}",
            f"sh={shape}",
            f"g={known}",
            f"gf={known}{common}",
            f"f={common}",
        ]
        if ending := _LAST_NAME.search(small):
            own.append(f"last={ending[1]}")
        if len(word) <= 2:
            own.append("short")
        told = (f"w={word}", f"sh={shape}", f"g={known}", f"gf={known}{common}", f"s3={small[-3:]}")
        return Word(True, True, known, shape, own, *_told_to_neighbours(small, told), f"{known}c")

    def _known(self, word: str) -> str:
        return self._own_names.get(word.lower()) or self._lexicon.marks(word) or "0"


class Features:
    """``own_names``: marks of words, in small letters, that the firm itself has in names of persons."""

    def __init__(self, lexicon: Lexicon, own_names: Mapping[str, str] = NOTHING_OWN) -> None:
        self._lexicon, self._own_names = lexicon, own_names
        # A cache for each: what counts as known differs from firm to firm.
        self.word = lru_cache(_REMEMBERED)(_Words(lexicon, own_names).of)

    def knowing(self, marks: Mapping[str, str]) -> "Features":
        return Features(self._lexicon, {**marks, **self._own_names})

    def is_unknown(self, word: str) -> bool:
        """Whether it is neither a known name nor a common word."""
        return not self._lexicon.commonness(word) and self.word(word).known == "0"

    def is_small_word(self, word: str) -> bool:
        """Whether it holds sentences together and is no known name."""
        return self.word(word).known == "0" and self._lexicon.is_small_word(word)

    def of(self, words: Sequence[str], begin: int, end: int) -> list[list[str]]:
        """For the words from ``begin`` to before ``end`` of a sentence, each with its neighbours."""
        around = [self._at(words, place) for place in range(begin - 2, end + 2)]
        return [_of_one(*around[place : place + 5]) for place in range(end - begin)]

    def _at(self, words: Sequence[str], place: int) -> Word:
        return self.word(words[place]) if 0 <= place < len(words) else _NO_WORD

    def stretches(self, words: Sequence[str]) -> Iterator[tuple[int, int]]:
        """Where capitalised words are, with a neighbour on either side: all else is no name and isn't asked about."""
        begin, end = 0, -1
        for place, word in enumerate(words):
            if not _is_capital(word):
                continue
            if place - 1 > end:
                if end > 0:
                    yield begin, end
                begin = max(place - 1, 0)
            end = min(place + 2, len(words))
        if end > 0:
            yield begin, end


def _of_one(second_before: Word, before: Word, word: Word, after: Word, second_after: Word) -> list[str]:
    if not word.is_told:
        return word.own
    told = word.own + before.to_the_next + after.to_the_one_before
    if word.is_capital:
        told += (
            f"g-1={before.known},{word.known}",
            f"g+1={word.known},{after.known}",
            f"gg={before.known},{word.known},{after.known}",
            f"ss={before.shape}|{word.shape}|{after.shape}",
            f"gs={word.known}|{before.shape}|{after.shape}",
            f"-2={second_before.from_afar}",
            f"+2={second_after.from_afar}",
        )
    return told


def _is_capital(word: str) -> bool:
    """Not numbers of accounts, mail addresses and words like ``Ordernr``, which begin with capitals, too."""
    return word[0].isupper() and not _NO_NAME.search(word)


def _small(word: str) -> Word:
    small, shape = word.lower(), _shape(word)
    is_particle = small in _PARTICLES
    own = [f"w={small}"] if is_particle else _OF_SMALL
    told = (f"w={small}", f"sh={shape}", f"s4={small[-4:]}")
    return Word(False, is_particle, "0", shape, own, *_told_to_neighbours(small, told), small[-3:])


def _told_to_neighbours(small: str, told: Sequence[str]) -> tuple[list[str], list[str]]:
    """What the next word is told, and the one before."""
    if small.rstrip(".") in _TITLES:
        told = (*told, "title")
    return [f"-1{one}" for one in told], [f"+1{one}" for one in told]


def _shape(word: str) -> str:
    """``Anna`` is ``Xx``, ``IKEA`` ``XX``, ``Karl-Erik`` ``Xx-Xx``."""
    if word.isalpha() and word.islower():
        return "x"
    shape = "".join(
        "X" if sign.isupper() else "x" if sign.islower() else "0" if sign.isdigit() else sign for sign in word
    )
    for run, short in _RUNS:
        shape = run.sub(short, shape)
    return shape[:_LONGEST_SHAPE]
