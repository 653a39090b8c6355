"""Text of a document as it comes out of its parts: a paragraph or a row of a table a line."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import Final

import numpy as np

from tryggve.domains.datamap.engine.findings import Where
from tryggve.domains.datamap.engine.reading import deceptive_letters
from tryggve.domains.datamap.engine.reading.parts import Part

_LETTERS_A_PART: Final = 1 << 20
_LAST_SPACE: Final = re.compile(r"\s(?=\S*\Z)")


@dataclass(frozen=True)
class Lines:
    """A Place: lines of a text, counted from ``first``; ``within`` says in what, such as ``{"slide": 3}``."""

    content: bytes
    first: int = 1
    within: Mapping[str, object] = field(default_factory=dict)

    def where(self, start: int, end: int) -> Where:
        line = int(np.searchsorted(self._line_ends, start))
        return {**self.within, "paragraph": self.first + line}

    @cached_property
    def _line_ends(self) -> np.ndarray[tuple[int], np.dtype[np.int64]]:
        return np.flatnonzero(np.frombuffer(self.content, np.uint8) == ord("\n"))


class RunningText:
    """Takes words in their order and gives parts of about a megabyte.

    What stands beside the text, notes and text boxes, is put behind the paragraph in which it hangs. Paragraphs of
    one cell are one line, so that a row is one, too.
    """

    def __init__(self, inside: tuple[str, ...] = (), within: Mapping[str, object] | None = None) -> None:
        self._inside, self._within = inside, within or {}
        self._words: list[str] = []
        self._outer: list[tuple[list[str], int]] = []
        self._beside: list[str] = []
        self._cells = 0
        self._letters = 0
        self._line = 1

    def add(self, words: str) -> None:
        self._words.append(words)
        self._letters += len(words)

    def end_paragraph(self) -> None:
        self.add(" " if self._cells else "\n")
        if self._beside and not self._outer and not self._cells:
            self._words += self._beside
            self._beside = []

    def begin_cell(self) -> None:
        self._cells += 1

    def end_cell(self) -> None:
        self._cells -= 1
        self.add(" " if self._cells else "\t")

    def begin_beside(self) -> None:
        self._outer.append((self._words, self._cells))
        self._words, self._cells = [], 0

    def end_beside(self) -> None:
        words = self._words
        self._words, self._cells = self._outer.pop()
        self._beside += [*words, "\n"]

    def taken(self, *, is_end: bool = False) -> Iterator[Part]:
        """What has come together, if it is enough or the end."""
        if is_end:
            while self._outer:
                self.end_beside()
            self._words += ["\n", *self._beside]
            self._beside = []
        elif self._letters < _LETTERS_A_PART or self._outer:
            return
        text = "".join(self._words)
        cut = len(text) if is_end else _cut(text)
        self._words, self._letters = [text[cut:]], len(text) - cut
        content = deceptive_letters.resolved(_utf8(text[:cut]))[0]
        if content.strip():
            yield Part(content, Lines(content, self._line, self._within), self._inside)
        self._line += content.count(b"\n")


def _utf8(text: str) -> bytes:
    """Halves of a letter that were told one after the other are one; a half alone is none."""
    try:
        return text.encode()
    except UnicodeEncodeError:
        return text.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "replace").encode()


def _cut(text: str) -> int:
    """Behind the last line; in one that is longer than a part, behind its last word."""
    if line := text.rfind("\n") + 1:
        return line
    space = _LAST_SPACE.search(text, max(len(text) - 10_000, 0))
    return space.end() if space else len(text)
