"""The log on the disk: one folder an epoch, laid out as c2sp.org/tlog-tiles says."""

import json
from collections.abc import Iterator, Sequence
from contextlib import suppress
from functools import cache
from itertools import chain
from pathlib import Path
from typing import Literal

from tryggve.audit import files, tree
from tryggve.audit.tree import HEIGHT, WIDTH
from tryggve.lib import folders

HASH_BYTES = 32
_LENGTH_BYTES = 2
_TRIES = 3

Level = int | Literal["entries"]


class Unreadable(Exception):
    """A tile, a bundle or a checkpoint isn't there, or isn't one; the path says which."""

    def __init__(self, path: Path) -> None:
        super().__init__(str(path))
        self.path = path


def epochs() -> list[int]:
    """The epochs that have a folder, the first first."""
    names = (path.name for path in folders.current().audit.glob("epoch-*"))
    return sorted(int(number) for name in names if (number := name.removeprefix("epoch-")).isdecimal())


def name_of(level: Level, number: int, width: int = WIDTH) -> str:
    """Where a tile lies below its epoch's folder."""
    digits = f"{number:03}"
    digits = digits.zfill(-(-len(digits) // 3) * 3)
    parts = [digits[start : start + 3] for start in range(0, len(digits), 3)]
    path = "/".join([*(f"x{part}" for part in parts[:-1]), parts[-1]])
    return f"tile/{level}/{path}" + ("" if width == WIDTH else f".p/{width}")


def bundle_of(leaves: Sequence[bytes]) -> bytes:
    """The content of an entry bundle."""
    return b"".join(chain.from_iterable(zip(map(_length, map(len, leaves)), leaves, strict=True)))


@cache
def _length(length: int) -> bytes:
    return length.to_bytes(_LENGTH_BYTES)


class EpochTiles:
    """The tiles of one epoch. They only grow: whatever was read stays so."""

    def __init__(self, epoch: int) -> None:
        self.folder = folders.current().audit / f"epoch-{epoch:04}"

    def path(self, level: Level, number: int, width: int = WIDTH) -> Path:
        return self.folder / name_of(level, number, width)

    def size(self) -> int:
        """How many leaves the tiles of level 0 hold; what lies above them was written before."""
        tiles = self._full_tiles()
        return tiles * WIDTH + max(self.partial_widths(0, tiles), default=0)

    def partial_widths(self, level: Level, number: int) -> list[int]:
        folder = self.path(level, number, 1).parent
        names = [path.name for path in folder.iterdir()] if folder.is_dir() else []
        return sorted(int(name) for name in names if name.isdecimal())

    def content(self, level: Level, number: int, width: int) -> tuple[bytes, int]:
        """What a tile of at least that width holds, and its width. Raises Unreadable."""
        full = self.path(level, number)
        for _try in range(
            _TRIES
        ):  # between looking and reading, a narrower tile may have made way for a wider one
            with suppress(FileNotFoundError, NotADirectoryError, files.NotAFile):
                return files.read(full), WIDTH
            for found in self.partial_widths(level, number):
                if found >= width:
                    with suppress(FileNotFoundError, files.NotAFile):
                        return files.read(self.path(level, number, found)), found
        raise Unreadable(self.path(level, number, width))

    def hashes(self, level: int, number: int, width: int = WIDTH) -> list[bytes]:
        """The first ``width`` hashes of a tile. Raises Unreadable."""
        content, found = self.content(level, number, width)
        if len(content) != found * HASH_BYTES:
            raise Unreadable(self.path(level, number, found))
        return [content[at : at + HASH_BYTES] for at in range(0, width * HASH_BYTES, HASH_BYTES)]

    def leaves(self, number: int, width: int = WIDTH) -> list[bytes]:
        """The first ``width`` leaves of an entry bundle. Raises Unreadable."""
        content, found = self.content("entries", number, width)
        leaves, at = [], 0
        for _leaf in range(found):
            start = at + _LENGTH_BYTES
            at = start + int.from_bytes(content[at:start])
            leaves.append(content[start:at])
        if at != len(content):
            raise Unreadable(self.path("entries", number, found))
        return leaves[:width]

    def entry_at(self, index: int) -> int:
        """The id of the entry that was logged there. Raises Unreadable."""
        number, width = index // WIDTH, index % WIDTH + 1
        try:
            return int(json.loads(self.leaves(number, width)[-1])["entry"])
        except (ValueError, KeyError, TypeError):
            raise Unreadable(self.path("entries", number, width)) from None

    def root(self, size: int) -> bytes:
        """The root over the first ``size`` leaves, from as few tiles as can be. Raises Unreadable."""
        summits: list[bytes] = []
        for level, number, width in reversed(list(unfinished_tiles(size))):
            summits += tree.peaks(tree.pyramid(self.begun(level, number, width)), width)
        return tree.root(summits)

    def begun(self, level: int, number: int, width: int) -> list[bytes]:
        """The hashes of a tile that isn't full; formed anew where a run was cut off before it wrote them.

        Raises Unreadable.
        """
        try:
            return self.hashes(level, number, width)
        except Unreadable:
            if level == 0:
                raise
        below = range(number * WIDTH, number * WIDTH + width)
        return [tree.pyramid(self.hashes(level - 1, one))[-1][0] for one in below]

    def _full_tiles(self) -> int:
        """Found by doubling and halving, since no full tile is missing before one that is there."""
        above = 1
        while self.path(0, above - 1).exists():
            above *= 2
        below = above // 2
        while above - below > 1:
            middle = (above + below) // 2
            below, above = (middle, above) if self.path(0, middle - 1).exists() else (below, middle)
        return below


def unfinished_tiles(size: int) -> Iterator[tuple[int, int, int]]:
    """(level, number, width) of the tile that isn't full on each level of a tree of that size, lowest first."""
    level = 0
    while size >> HEIGHT * level:
        count = size >> HEIGHT * level
        if count % WIDTH:
            yield level, count // WIDTH, count % WIDTH
        level += 1
