"""What a scan comes to: findings as columns with what tells their places, and what could not be read."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Protocol

from tryggve.domains.datamap.engine.kinds import KINDS, Confidence, Kind
from tryggve.domains.datamap.engine.masking import masked
from tryggve.domains.datamap.engine.spans import Spans

Where = Mapping[str, object]


class Place(Protocol):
    """Tells where in a file a span of text stands: ``{"offset", "length"}``, ``{"sheet", "cell"}``, ``{"page"}``."""

    def where(self, start: int, end: int) -> Where: ...


@dataclass(frozen=True, slots=True)
class Finding:
    kind: Kind
    confidence: Confidence
    where: Where
    value: str

    @property
    def sample(self) -> str:
        return masked(self.kind, self.value)


@dataclass(frozen=True, slots=True)
class Findings:
    """Those of one text; they become single ones as they are asked for. ``inside``: names of what the text lies in."""

    content: bytes
    spans: Spans
    place: Place
    inside: tuple[str, ...] = ()

    def __len__(self) -> int:
        return len(self.spans)

    def __iter__(self) -> Iterator[Finding]:
        found = self.spans
        columns = (column.tolist() for column in (found.start, found.end, found.kind, found.confidence))
        for start, end, kind, confidence in zip(*columns, strict=True):
            value = self.content[start:end].decode(errors="replace")
            where = dict(self.place.where(start, end))
            if self.inside:
                where = {"part": "/".join(self.inside), **where}
            yield Finding(KINDS[kind], Confidence(confidence), where, value)


@dataclass(frozen=True, slots=True)
class NotScanned:
    """A file, or a part of one, that nobody looked into. ``reason`` is a code: ``encrypted``, ``damaged``, ``time``…"""

    inside: tuple[str, ...]
    reason: str
