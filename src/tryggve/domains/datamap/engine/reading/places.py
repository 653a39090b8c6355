"""Where a span stands that has no bytes of its own in the file."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from tryggve.domains.datamap.engine.findings import Where


@dataclass(frozen=True, slots=True)
class OnPage:
    """Pages are counted from one."""

    number: int

    def where(self, start: int, end: int) -> Where:
        return {"page": self.number}


@dataclass(frozen=True)
class InLines:
    """Each line of ``content`` is something that the file counts or calls by ``key``: a row, a field of a mail."""

    key: str
    names: Sequence[object]
    content: bytes

    def where(self, start: int, end: int) -> Where:
        return {self.key: self.names[int(np.searchsorted(self._line_ends, start))]}

    @cached_property
    def _line_ends(self) -> NDArray[np.int64]:
        return np.flatnonzero(np.frombuffer(self.content, np.uint8) == ord("\n"))
