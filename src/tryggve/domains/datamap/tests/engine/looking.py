"""How the tests of numbers ask finders, and what they read in the answers."""

from collections.abc import Callable, Mapping
from datetime import date

import numpy as np
from numpy.typing import NDArray

from tryggve.domains.datamap.engine.kinds import KINDS, Confidence, Kind
from tryggve.domains.datamap.engine.said import Says
from tryggve.domains.datamap.engine.spans import Places, Spans
from tryggve.domains.datamap.engine.text import Text

TODAY = date(2026, 11, 23)
Found = tuple[Kind, str, Confidence]


class Called:
    """A text all of whose places are called so."""

    def __init__(self, says: Mapping[Kind, Says]) -> None:
        self.says = says

    def of(self, kind: Kind, start: Places, end: Places) -> NDArray[np.int8]:
        return np.full(len(start), self.says.get(kind, Says.NOTHING), np.int8)


def called(*kinds: Kind) -> Called:
    return Called(dict.fromkeys(kinds, Says.THIS))


def called_other(*kinds: Kind) -> Called:
    return Called(dict.fromkeys(kinds, Says.OTHER))


def look(
    finder: Callable[[Text], Spans], text: str, said: Called | None = None, on: date = TODAY
) -> list[Found]:
    content = text.encode()
    found = finder(Text(content, said or Called({}), on))
    columns = (column.tolist() for column in (found.start, found.end, found.kind, found.confidence))
    return [
        (KINDS[kind], content[start:end].decode(), Confidence(sure))
        for start, end, kind, sure in zip(*columns, strict=True)
    ]


def digits_of(*numbers: str) -> NDArray[np.uint8]:
    """A row of digits for each, all as long as the first."""
    return np.array([[int(digit) for digit in number] for number in numbers], np.uint8)


def random_digits(count: int, size: int) -> NDArray[np.uint8]:
    return np.random.default_rng(9).integers(0, 10, (count, size), np.uint8)
