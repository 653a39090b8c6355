import json
import zlib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby, islice
from typing import Any

_FASTEST = 1
_TOGETHER = 1000
_WRITTEN = json.JSONEncoder(ensure_ascii=False, separators=(",", ":"))


@dataclass(frozen=True, slots=True)
class Packed:
    """Many entries, a thousand to a block that is compressed by itself: who wants a few opens few."""

    blocks: tuple[bytes, ...]

    @classmethod
    def of(cls, entries: Iterable[Any]) -> "Packed":
        """Some at a time: a long list would otherwise stand in memory once more, as text."""
        rest = iter(entries)
        return cls(tuple(_block(some) for some in iter(lambda: list(islice(rest, _TOGETHER)), [])))

    @classmethod
    def from_bytes(cls, document: bytes, sizes: Sequence[int]) -> "Packed":
        ends = [sum(sizes[: number + 1]) for number in range(len(sizes))]
        return cls(tuple(document[end - size : end] for size, end in zip(sizes, ends, strict=True)))

    def to_bytes(self) -> bytes:
        return b"".join(self.blocks)

    @property
    def sizes(self) -> list[int]:
        """The length of each block in bytes."""
        return [len(block) for block in self.blocks]

    def __iter__(self) -> Iterator[Any]:
        for block in self.blocks:
            yield from _opened(block)

    def at(self, places: Iterable[int]) -> dict[int, Any]:
        """Some of the entries, by their places."""
        found: dict[int, Any] = {}
        opened: tuple[int, list[Any]] = (-1, [])
        for place in sorted(set(places)):
            number, within = divmod(place, _TOGETHER)
            if opened[0] != number:
                opened = number, _opened(self.blocks[number])
            found[place] = opened[1][within]
        return found

    def changed(self, entries: Mapping[int, Any]) -> "Packed":
        """The same with other entries at those places."""
        blocks = list(self.blocks)
        for number, places in groupby(sorted(entries), lambda place: place // _TOGETHER):
            some = _opened(blocks[number])
            for place in places:
                some[place % _TOGETHER] = entries[place]
            blocks[number] = _block(some)
        return Packed(tuple(blocks))


def _block(entries: list[Any]) -> bytes:
    return zlib.compress(_WRITTEN.encode(entries).encode(), _FASTEST)


def _opened(block: bytes) -> list[Any]:
    entries: list[Any] = json.loads(zlib.decompress(block))
    return entries
