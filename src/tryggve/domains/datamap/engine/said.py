"""What a text itself calls its places: words before a number, headings of columns."""

from enum import IntEnum
from typing import Final, Protocol, runtime_checkable

import numpy as np
from numpy.typing import NDArray

from tryggve.domains.datamap.engine.kinds import Kind
from tryggve.domains.datamap.engine.spans import Places


class Says(IntEnum):
    """``OTHER``: the nearest label calls it something else (an order, an article)."""

    OTHER = -1
    NOTHING = 0
    THIS = 1


class Said(Protocol):
    def of(self, kind: Kind, start: Places, end: Places) -> NDArray[np.int8]:
        """For each place in the text one of Says, for that kind."""


@runtime_checkable
class KnowsColumns(Protocol):
    """What is said where a text has tables."""

    def cells_of(self, kind: Kind) -> tuple[Places, Places]:
        """Begin and end of each cell whose heading names that kind; empty ones and quotation marks too."""


class _NothingSaid:
    def of(self, kind: Kind, start: Places, end: Places) -> NDArray[np.int8]:
        return np.zeros(len(start), np.int8)


NOTHING_SAID: Final[Said] = _NothingSaid()
