"""What is planted: values as they are written, the words around them, and tables of both."""

import random
import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import TypeVar

Dice = random.Random
_T = TypeVar("_T")

LANGUAGES = ("sv", "da", "nb", "fi", "en")


@dataclass(frozen=True, slots=True)
class Value:
    """``text`` is how it is written, ``value`` what it means, with no spaces or hyphens to choose.

    A near miss looks like one of its kind and is none. What is optional is neither missed nor wrong: a postal code
    in a column of its own. ``days``: what a sheet holds in place of a date.
    """

    kind: str
    text: str
    value: str
    is_near: bool = False
    is_optional: bool = False
    days: int | None = None


Piece = str | Value
Phrase = tuple[Piece, ...]
Near = Callable[[Dice, str], Phrase]


@dataclass(frozen=True)
class Forms:
    """How a kind is met.

    ``said``: labels by language, with {} where the value goes. ``written``: any way it is written beside a label or
    under a heading. ``alone``: ways that are plain without one; None if there are none. ``near``: makers of near
    misses with the words that go with them. ``whole``: makes the phrase where a label isn't enough.
    """

    kind: str
    said: Mapping[str, Sequence[str]]
    written: Callable[[Dice], Value]
    near: Sequence[Near]
    alone: Callable[[Dice], Value] | None = None
    headings: Sequence[str] = ()
    whole: Callable[[Dice, str], Phrase] | None = None

    def phrase(self, dice: Dice, language: str) -> Phrase:
        if self.whole:
            return self.whole(dice, language)
        if self.alone and dice.random() < _ALONE:
            return (self.alone(dice),)
        return said(dice.choice(self.said[language]), self.written(dice))


_ALONE = 0.35


def said(label: str, value: Value) -> Phrase:
    before, _mark, after = label.partition("{}")
    return tuple(piece for piece in (before, value, after) if piece)


def near(kind: str, text: str) -> Value:
    return Value(kind, text, "", is_near=True)


def pick(dice: Dice, weighted: Sequence[tuple[int, _T]]) -> _T:
    """One of them, by weight."""
    return dice.choices([one for _weight, one in weighted], [weight for weight, _one in weighted])[0]


def until(make: Callable[[], _T], is_good: Callable[[_T], bool]) -> _T:
    """What is made first that is good."""
    while not is_good(made := make()):
        pass
    return made


Cell = str | Value


@dataclass(frozen=True)
class Table:
    title: str
    headings: Sequence[str]
    rows: Sequence[Sequence[Cell]]


@dataclass(frozen=True)
class Text:
    """``paragraphs`` hold lines, those hold pieces."""

    title: str
    paragraphs: Sequence[Sequence[Phrase]] = field(default=())

    def lines(self) -> Iterator[Phrase]:
        """A line after another, an empty one between paragraphs."""
        for number, paragraph in enumerate(self.paragraphs):
            if number:
                yield ()
            yield from paragraph


@dataclass(frozen=True, slots=True)
class Planted:
    """A value and where it stands, in the words of the report."""

    value: Value
    where: Mapping[str, object]

    def inside(self, part: str) -> "Planted":
        """The same, in a file that lies in another."""
        inner = f"{part}/{self.where['part']}" if "part" in self.where else part
        return replace(self, where={**self.where, "part": inner})


Made = tuple[bytes, list[Planted]]


def wrapped(phrase: Sequence[Piece], width: int) -> Iterator[Phrase]:
    """In lines of that many letters; values are never broken."""
    line, used = list[Piece](), 0
    for piece in phrase:
        for word in [piece] if isinstance(piece, Value) else _WORD.findall(piece):
            length = len(word.text if isinstance(word, Value) else word)
            if used and used + length > width and (isinstance(word, str) and not word.startswith(_STICKING)):
                yield tuple(line)
                line, used = [], 0
            line.append(word)
            used += length
    if line:
        yield tuple(line)


_WORD = re.compile(r"\S+\s*|\s+")
_STICKING = tuple(").,;:!?» ")


def plain(phrase: Sequence[Piece]) -> str:
    return "".join(piece if isinstance(piece, str) else piece.text for piece in phrase)


def values_of(phrase: Sequence[Piece]) -> list[Value]:
    return [piece for piece in phrase if isinstance(piece, Value)]
