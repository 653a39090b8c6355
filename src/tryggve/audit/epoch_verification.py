"""One epoch held against itself: rows, tiles, entry bundles and the roots of checkpoints, in constant memory."""

from collections.abc import Sequence
from dataclasses import dataclass

from tryggve.audit import leaves, tiles, tree
from tryggve.audit.leaves import Stretch
from tryggve.audit.tiles import EpochTiles, Unreadable
from tryggve.audit.tree import HEIGHT, WIDTH
from tryggve.audit.verdict import Broken, Why

_AT_A_TIME = 16 * WIDTH


@dataclass(frozen=True, order=True)
class Mark:
    """A size at which the root is known."""

    size: int
    root: bytes


class EpochVerification:
    """The verification of one epoch of ``rows`` leaves, of which the tiles on the disk hold ``on_disk``.

    Where a tile and a row differ, the next root that a checkpoint states tells which of the two was changed.
    """

    def __init__(self, epoch: int, *, rows: int, on_disk: int, marks: Sequence[Mark]) -> None:
        self._epoch = epoch
        self._rows = rows
        self._on_disk = on_disk
        self._marks = sorted(set(marks), reverse=True)
        self._needed = max((mark.size for mark in marks), default=0)
        self._folder = EpochTiles(epoch)
        self._growth = tree.Growth()
        self._levels: list[list[bytes]] = [[]]
        self._suspect: int | None = None
        self.done = 0

    def root(self) -> bytes:
        """Look at all of it; the root over all rows. Raises Broken and Unreadable."""
        for start in range(0, self._rows, _AT_A_TIME):
            stop = min(start + _AT_A_TIME, self._rows)
            found = leaves.stretch(self._epoch, start, stop)
            formed = self._complete(start, stop, found)
            hashes = tree.leaf_hashes(formed)
            for at in range(0, len(hashes), WIDTH):
                self._tile((start + at) // WIDTH, formed[at : at + WIDTH], hashes[at : at + WIDTH])
        if self._suspect is not None:
            raise self._judged_by_bundle(self._suspect)
        for level, number, begun in self._growth.partial():
            self._require_begun(level, number, begun)
        if (stray := leaves.entry_before_first(self._epoch)) is not None:
            raise Broken("moved", epoch=self._epoch, index=None, entry=stray)
        return self._root_at(self._rows)

    def _complete(self, start: int, stop: int, found: Stretch) -> list[bytes]:
        """The leaves, once there is one in each place."""
        if found.indexes != list(range(start, stop)):
            raise self._absent(
                next(index for index in range(start, stop) if index not in found.indexes), None
            )
        formed = [leaf for leaf in found.leaves if leaf is not None]
        if len(formed) != len(found.leaves):
            at = found.leaves.index(None)
            raise self._absent(found.indexes[at], found.entries[at])
        return formed

    def _tile(self, number: int, formed: Sequence[bytes], hashes: Sequence[bytes]) -> None:
        self._levels = tree.pyramid(hashes)
        base, width = number * WIDTH, len(hashes)
        if self._suspect is None and (covered := min(width, self._on_disk - base)) > 0:
            self._compare(number, formed[:covered], hashes[:covered])
        while self._marks and self._marks[-1].size <= base + width:
            self._judge(self._marks.pop())
        if width == WIDTH:
            for level, above, full in self._growth.add(self._levels[-1][0]):
                self._require_full(level, above, full)
            self._levels = [[]]
        self.done += width

    def _compare(self, number: int, formed: Sequence[bytes], hashes: Sequence[bytes]) -> None:
        tile, _width = self._folder.content(0, number, len(hashes))
        joined = b"".join(hashes)
        if tile[: len(joined)] != joined:
            kept_hashes = self._folder.hashes(0, number, len(hashes))
            self._suspect = number * WIDTH + _first_difference(kept_hashes, hashes)
            return
        wanted = tiles.bundle_of(formed)
        bundle, width = self._folder.content("entries", number, len(formed))
        if bundle != wanted if width == len(formed) else not bundle.startswith(wanted):
            kept = self._folder.leaves(number, len(formed))
            raise self._changed_on_disk(number * WIDTH + _first_difference(kept, formed))

    def _judge(self, mark: Mark) -> None:
        is_tree = self._root_at(mark.size) == mark.root
        if self._suspect is not None and self._suspect < mark.size:
            raise self._changed_on_disk(self._suspect) if is_tree else self._changed_in_rows(self._suspect)
        if not is_tree:
            raise Broken("not-the-tree-of-checkpoint", epoch=self._epoch, index=mark.size)

    def _root_at(self, size: int) -> bytes:
        """The root at a size within the tile at hand."""
        rest = size - self._growth.tiles * WIDTH
        return tree.root(self._growth.summits() + tree.peaks(self._levels, rest))

    def _require_full(self, level: int, number: int, hashes: Sequence[bytes]) -> None:
        if self._suspect is None and self._on_disk >> HEIGHT * level >= (number + 1) * WIDTH:
            self._require_same(level, number, self._folder.hashes(level, number), hashes)

    def _require_begun(self, level: int, number: int, hashes: Sequence[bytes]) -> None:
        # A run that was cut off may not have written the newest of these: the newest checkpoint needs them.
        count = self._needed >> HEIGHT * level
        needed = count % WIDTH if count // WIDTH == number else 0
        widths = self._folder.partial_widths(level, number)
        if not widths or widths[-1] < needed:
            if needed:
                raise Unreadable(self._folder.path(level, number, needed))
            return
        width = min(widths[-1], len(hashes))
        self._require_same(level, number, self._folder.hashes(level, number, width), hashes[:width])

    def _require_same(self, level: int, number: int, found: Sequence[bytes], formed: Sequence[bytes]) -> None:
        if list(found) != list(formed):
            at = number * WIDTH + _first_difference(found, formed)
            raise self._changed_on_disk(at << HEIGHT * level)

    def _judged_by_bundle(self, index: int) -> Broken:
        """With no checkpoint to ask: the bundle and the tile against the row, or the tile alone."""
        number, width = index // WIDTH, index % WIDTH + 1
        logged = tree.leaf_hashes(self._folder.leaves(number, width)[-1:])
        is_tile_alone = logged != self._folder.hashes(0, number, width)[-1:]
        return self._changed_on_disk(index) if is_tile_alone else self._changed_in_rows(index)

    def _changed_on_disk(self, index: int) -> Broken:
        entry = leaves.entry_at(self._epoch, index)
        return Broken("tile-changed", epoch=self._epoch, index=index, entry=entry)

    def _changed_in_rows(self, index: int) -> Broken:
        entry, logged = leaves.entry_at(self._epoch, index), self._logged(index)
        if logged is not None and entry != logged:
            return Broken("moved", epoch=self._epoch, index=index, entry=logged)
        return Broken("changed", epoch=self._epoch, index=index, entry=entry)

    def _absent(self, index: int, entry: int | None) -> Broken:
        """A place without a row, or a row without an entry or without one that can be read."""
        logged = self._logged(index)
        if entry is not None and leaves.is_there(entry):
            return self._changed_in_rows(index)
        is_elsewhere = logged is not None and logged != entry and leaves.place_of(logged) is not None
        was_placed = logged is not None and entry is not None and logged != entry
        why: Why = "moved" if is_elsewhere or was_placed else "missing"
        return Broken(why, epoch=self._epoch, index=index, entry=logged if logged is not None else entry)

    def _logged(self, index: int) -> int | None:
        """The entry that the bundle has there."""
        try:
            return self._folder.entry_at(index)
        except Unreadable:
            return None


def _first_difference(one: Sequence[bytes], other: Sequence[bytes]) -> int:
    pairs = enumerate(zip(one, other, strict=False))
    return next((at for at, (left, right) in pairs if left != right), min(len(one), len(other)) - 1)
