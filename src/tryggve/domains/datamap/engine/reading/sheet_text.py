"""Rows of a sheet as text: a row a line, cells parted by tabs, so that a place in the text is a cell."""

from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from typing import Final

import numpy as np

from tryggve.domains.datamap.engine.findings import Where
from tryggve.domains.datamap.engine.reading import deceptive_letters
from tryggve.domains.datamap.engine.reading.parts import Part

_ROWS_A_PART: Final = 4096
_LETTERS_A_PART: Final = 1 << 20
# They end a line elsewhere, some once deceptive letters are resolved.
_BREAKS: Final = "\r\x85\u2028\u2029"


@dataclass(frozen=True)
class Cells:
    """A Place: cells of ``sheet``; the text's first row and column count from 0."""

    sheet: str
    content: bytes
    first_row: int
    first_column: int

    def where(self, start: int, end: int) -> Where:
        row = bisect_right(self._line_starts, start) - 1
        column = self.first_column + self.content.count(b"\t", self._line_starts[row], start)
        return {"sheet": self.sheet, "cell": f"{column_name(column)}{self.first_row + row + 1}"}

    @cached_property
    def _line_starts(self) -> list[int]:
        codes = np.frombuffer(self.content, np.uint8)
        return [0, *(np.flatnonzero(codes == ord("\n")) + 1).tolist()]


class SheetText:
    """Takes the rows of a sheet in their order and gives parts; rows and columns count from 0."""

    def __init__(self, sheet: str, first_column: int = 0) -> None:
        self._sheet, self._first_column = sheet, first_column
        self._first_row, self._heading = 0, b""
        self._rows: list[str] = []
        self._letters = 0

    @property
    def next_row(self) -> int:
        return self._first_row + len(self._rows)

    def add(self, rows: list[list[str]]) -> None:
        lines = ["\t".join(cells) for cells in rows]
        if sum([line.count("\t") for line in lines]) > sum([len(cells) - 1 for cells in rows if cells]):
            lines = ["\t".join(cell.replace("\t", " ") for cell in cells) for cells in rows]
        self._rows += lines
        self._letters += sum(map(len, lines))

    def pass_to(self, row: int) -> Iterator[Part]:
        """Leave empty what lies between; a row that has passed is the next one."""
        missing = row - self.next_row
        if missing > _ROWS_A_PART:
            yield from self.taken(is_end=True)
            self._first_row = row
        elif missing > 0:
            self._rows += [""] * missing

    def taken(self, *, is_end: bool = False) -> Iterator[Part]:
        """What has come together, if it is enough or the end."""
        if not is_end and len(self._rows) < _ROWS_A_PART and self._letters < _LETTERS_A_PART:
            return
        content = deceptive_letters.resolved(_text(self._rows).encode("utf-8", "replace"))[0]
        if content.strip():
            place = Cells(self._sheet, content, self._first_row, self._first_column)
            yield Part(content, place, is_table=True, heading=self._heading)
            self._heading = self._heading or content.lstrip(b"\n").partition(b"\n")[0]
        self._first_row += len(self._rows)
        self._rows, self._letters = [], 0


def _text(rows: list[str]) -> str:
    text = "\n".join(rows)
    if text.count("\n") >= len(rows):
        text = "\n".join(row.replace("\n", " ") for row in rows)
    return (
        text
        if not any(letter in text for letter in _BREAKS)
        else text.translate(dict.fromkeys(map(ord, _BREAKS), " "))
    )


def column_name(number: int) -> str:
    """A, B … Z, AA …; from 0."""
    name = ""
    number += 1
    while number:
        number, letter = divmod(number - 1, 26)
        name = chr(ord("A") + letter) + name
    return name


def column_number(name: str) -> int:
    """A is 1."""
    number = 0
    for letter in name.upper():
        number = number * 26 + ord(letter) - ord("A") + 1
    return number
