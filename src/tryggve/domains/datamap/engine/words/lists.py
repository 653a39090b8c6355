"""What the lists of words say, all languages together."""

import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any, Final

from tryggve.domains.datamap.engine.kinds import Kind

_LANGUAGES: Final = ("sv", "da", "nb", "fi", "en")

NUMBERS: Final = "numbers"
WORDS: Final = "words"
_BOTH: Final = "both"


@dataclass(frozen=True, slots=True)
class Meaning:
    """``kinds``: what a label names; none if it names what nobody looks for. ``about``: whether values that it may
    stand before are numbers, words or both. ``only_headings``: too common in sentences to be a label there."""

    kinds: frozenset[Kind]
    about: frozenset[str]
    only_headings: bool

    def __or__(self, other: "Meaning") -> "Meaning":
        """Of a word that two languages share."""
        return Meaning(
            self.kinds | other.kinds, self.about | other.about, self.only_headings and other.only_headings
        )


_SECRET: Final = Meaning(frozenset((Kind.SECRET,)), frozenset((WORDS,)), only_headings=True)


@cache
def labels() -> Mapping[str, Meaning]:
    """By word as it is listed."""
    found: dict[str, Meaning] = {}
    for table in _tables():
        for group in table["labels"]:
            meaning = _meaning(group)
            for word in group["words"]:
                found[word] = found[word] | meaning if word in found else meaning
    return found | dict.fromkeys(passwords(), _SECRET)


@cache
def special() -> Mapping[str, str]:
    """Category of GDPR's articles 9 and 10 by stem."""
    return {
        stem: category
        for table in _tables()
        for category, stems in table["special"].items()
        for stem in stems
    }


@cache
def passwords() -> frozenset[str]:
    """Words that stand before a password."""
    return _secret("passwords")


@cache
def keys() -> frozenset[str]:
    """Words that stand before a key for a program."""
    return _secret("keys")


def _secret(group: str) -> frozenset[str]:
    return frozenset(word for table in _tables() for word in table["secret"][group])


def _meaning(group: Mapping[str, Any]) -> Meaning:
    about = group.get("about", NUMBERS)
    return Meaning(
        frozenset(map(Kind, group["kinds"])),
        frozenset((NUMBERS, WORDS) if about == _BOTH else (about,)),
        group.get("only_headings", False),
    )


def _tables() -> Iterator[dict[str, Any]]:
    for language in _LANGUAGES:
        yield tomllib.loads(files(__package__).joinpath("lists", f"{language}.toml").read_text("utf-8"))
