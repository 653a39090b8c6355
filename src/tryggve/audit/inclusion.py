"""Proof to who has one checkpoint, and no log, that an entry stands in the log (RFC 6962 §2.1.1)."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from tryggve.audit import epochs, leaves, tiles, tree
from tryggve.audit.checkpoint_files import Checkpoint
from tryggve.audit.leaves import Place
from tryggve.audit.tiles import EpochTiles, Unreadable
from tryggve.audit.tree import HEIGHT, WIDTH


class NotCovered(LookupError):
    """The checkpoint says nothing of an entry: it is younger, or a restore lost it."""


@dataclass(frozen=True, slots=True)
class Proof:
    """A leaf, its place, and the hashes that lead from it up to the root, the lowest first."""

    epoch: int
    index: int
    leaf: bytes
    path: tuple[bytes, ...]


class EpochPaths:
    """Ways to the root over the first ``size`` leaves of an epoch; each tile is read once."""

    def __init__(self, epoch: int, size: int) -> None:
        self.epoch, self.size = epoch, size
        self._folder = EpochTiles(epoch)
        self._tiles: dict[tuple[int, int], list[bytes]] = {}

    def proof(self, index: int) -> Proof:
        """Raises NotCovered and Unreadable."""
        if not 0 <= index < self.size:
            raise NotCovered(index)
        number, width = index // WIDTH, index % WIDTH + 1
        leaf = self._folder.leaves(number, width)[-1]
        return Proof(self.epoch, index, leaf, tuple(self._path(index)))

    def _path(self, index: int) -> list[bytes]:
        beside: list[bytes] = []
        start, end = 0, self.size
        while end - start > 1:
            middle = start + (1 << (end - start - 1).bit_length() - 1)
            if index < middle:
                beside.append(self._root(middle, end))
                end = middle
            else:
                beside.append(self._root(start, middle))
                start = middle
        return beside[::-1]

    def _root(self, start: int, end: int) -> bytes:
        """Of a stretch whose beginning is a multiple of every whole subtree in it."""
        summits = []
        while start < end:
            height = (end - start).bit_length() - 1
            summits.append(self._subtree(start, height))
            start += 1 << height
        return tree.root(summits)

    def _subtree(self, start: int, height: int) -> bytes:
        level, within = divmod(height, HEIGHT)
        first = start >> HEIGHT * level
        number, at = divmod(first, WIDTH)
        hashes = self._tile(level, number)[at : at + (1 << within)]
        return tree.pyramid(hashes)[-1][0]

    def _tile(self, level: int, number: int) -> list[bytes]:
        if (level, number) not in self._tiles:
            width = min(WIDTH, (self.size >> HEIGHT * level) - number * WIDTH)
            self._tiles[level, number] = self._folder.begun(level, number, width)
        return self._tiles[level, number]


@dataclass(frozen=True, slots=True)
class Bundle:
    """Proofs that all lead to one checkpoint.

    ``links`` are the first entries of the checkpoint's epoch and of those before it, as far as there are proofs of
    older entries: each tells the size and root with which the one before it ended.
    """

    checkpoint: Checkpoint
    links: tuple[Proof, ...]
    proofs: tuple[Proof, ...]


def bundle(entries: Sequence[int], *, checkpoint: Checkpoint) -> Bundle:
    """The proof of each of the entries, in their order. Raises NotCovered and Unreadable."""
    places = [_place_of(entry) for entry in entries]
    oldest = min((place.epoch for place in places), default=checkpoint.epoch)
    known: dict[int, EpochPaths] = {}
    links: list[Proof] = []
    for paths in _chain(checkpoint):
        known[paths.epoch] = paths
        if paths.epoch <= oldest:
            break
        links.append(paths.proof(0))
    return Bundle(checkpoint, tuple(links), tuple(_proof_in(known, place) for place in places))


def _place_of(entry: int) -> Place:
    place = leaves.place_of(entry)
    if place is None:
        raise NotCovered(entry)
    return place


def _proof_in(known: dict[int, EpochPaths], place: Place) -> Proof:
    if place.epoch not in known:
        raise NotCovered(place.entry)
    return known[place.epoch].proof(place.index)


def _chain(checkpoint: Checkpoint) -> Iterator[EpochPaths]:
    """The checkpoint's epoch as it was signed, then those before it as the next one tells how they ended."""
    epoch, size = checkpoint.epoch, checkpoint.size
    while size:
        yield EpochPaths(epoch, size)
        opening = epochs.opening(epoch)
        if opening is None:
            raise Unreadable(tiles.EpochTiles(epoch).folder)
        size = int(opening.facts["previous_size"])
        epoch = int(opening.facts.get("previous_epoch", epoch - 1))
