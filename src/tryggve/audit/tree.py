"""The Merkle tree of RFC 6962 §2.1, grown from the left, in tiles of 256 hashes (c2sp.org/tlog-tiles)."""

from collections.abc import Sequence
from hashlib import sha256

WIDTH = 256
HEIGHT = 8  # of a tile: 2**8 hashes wide
EMPTY_ROOT = sha256(b"").digest()


def leaf_hashes(leaves: Sequence[bytes]) -> list[bytes]:
    return [sha256(b"\0" + leaf).digest() for leaf in leaves]


def pyramid(hashes: Sequence[bytes]) -> list[list[bytes]]:
    """The hashes and, level by level above them, those of every whole subtree that they hold."""
    levels = [list(hashes)]
    while len(levels[-1]) > 1:
        pairs = iter(levels[-1])
        levels.append(
            [sha256(b"\1" + left + right).digest() for left, right in zip(pairs, pairs, strict=False)]
        )
    return levels


def peaks(levels: Sequence[Sequence[bytes]], size: int) -> list[bytes]:
    """The whole subtrees that make up the first ``size`` hashes of a pyramid, the largest first."""
    return [
        levels[height][(size >> height + 1) * 2]
        for height in reversed(range(len(levels)))
        if size >> height & 1
    ]


def root(summits: Sequence[bytes]) -> bytes:
    """The root over whole subtrees, the largest first."""
    if not summits:
        return EMPTY_ROOT
    found = summits[-1]
    for left in reversed(summits[:-1]):
        found = sha256(b"\1" + left + found).digest()
    return found


class Growth:
    """The tiles above level 0 while level 0 grows by whole tiles: of each level the one not yet full."""

    def __init__(self, above: Sequence[Sequence[bytes]] = (), *, tiles: int = 0) -> None:
        self.above = [list(hashes) for hashes in above]
        self.tiles = tiles

    def add(self, tile_root: bytes) -> list[tuple[int, int, list[bytes]]]:
        """Take in the root of the next full tile of level 0; the tiles (level, number, hashes) it made full."""
        self.tiles += 1
        full: list[tuple[int, int, list[bytes]]] = []
        for level in range(1, len(self.above) + 2):
            if level > len(self.above):
                self.above.append([])
            hashes = self.above[level - 1]
            hashes.append(tile_root)
            if len(hashes) < WIDTH:
                break
            full.append((level, (self.tiles >> HEIGHT * level) - 1, hashes))
            self.above[level - 1] = []
            tile_root = pyramid(hashes)[-1][0]
        return full

    def partial(self) -> list[tuple[int, int, list[bytes]]]:
        """The tiles (level, number, hashes) that are begun and not full."""
        return [
            (level, self.tiles >> HEIGHT * level, hashes)
            for level, hashes in enumerate(self.above, 1)
            if hashes
        ]

    def summits(self) -> list[bytes]:
        """The whole subtrees over all full tiles of level 0, the largest first."""
        return [peak for hashes in reversed(self.above) for peak in peaks(pyramid(hashes), len(hashes))]
