"""Bringing the tiles on the disk up to the table of leaves; cut off anywhere, the next run goes on from there."""

from collections.abc import Iterator, Sequence

from tryggve.audit import files, leaves, tiles, tree
from tryggve.audit.standing import LogDisagrees
from tryggve.audit.tiles import EpochTiles, Level
from tryggve.audit.tree import HEIGHT, WIDTH
from tryggve.lib import durable

_TILES_AT_A_TIME = 16


def catch_up(epoch: int, *, to: int) -> None:
    """Write the tiles of the epoch's first ``to`` leaves. Under the lease only.

    What is on the disk stays as it is and is built upon, not formed anew from rows that may have changed since.
    Raises LogDisagrees, FileDisagrees, Unreadable and OSError.
    """
    folder = EpochTiles(epoch)
    size = folder.size()
    _tidy(folder, size)
    if size >= to:
        return
    growth = _growth(folder, size)
    for number, fresh in _by_tile(epoch, size, to):
        old, size = size % WIDTH, number * WIDTH
        _write_tile(folder, growth, number, old, fresh, is_last=size + WIDTH >= to)


def _write_tile(
    folder: EpochTiles, growth: tree.Growth, number: int, old: int, fresh: Sequence[bytes], *, is_last: bool
) -> None:
    bundle = (folder.leaves(number, old) if old else []) + list(fresh)
    hashes = (folder.hashes(0, number, old) if old else []) + tree.leaf_hashes(fresh)
    width = len(hashes)
    files.keep(folder.path("entries", number, width), tiles.bundle_of(bundle))
    if width == WIDTH:
        for level, above, full in growth.add(tree.pyramid(hashes)[-1][0]):
            files.keep(folder.path(level, above), b"".join(full))
    if is_last:
        for level, above, begun in growth.partial():
            files.keep(folder.path(level, above, len(begun)), b"".join(begun))
    # Last, because the tiles of level 0 say how far the others reach.
    files.keep(folder.path(0, number, width), b"".join(hashes))
    _tidy(folder, number * WIDTH + width)


def _by_tile(epoch: int, start: int, stop: int) -> Iterator[tuple[int, list[bytes]]]:
    """(number, leaves) of each tile that the leaves from ``start`` to before ``stop`` reach into."""
    while start < stop:
        end = min(stop, (start // WIDTH + _TILES_AT_A_TIME) * WIDTH)
        found = leaves.stretch(epoch, start, end)
        formed = [leaf for leaf in found.leaves if leaf is not None]
        if found.indexes != list(range(start, end)) or len(formed) != end - start:
            raise LogDisagrees
        for number in range(start // WIDTH, -(-end // WIDTH)):
            yield number, formed[max(number * WIDTH - start, 0) : (number + 1) * WIDTH - start]
        start = end


def _growth(folder: EpochTiles, size: int) -> tree.Growth:
    """The begun tiles above level 0."""
    above: list[list[bytes]] = []
    level = 1
    while count := size >> HEIGHT * level:
        width = count % WIDTH
        above.append(folder.begun(level, count // WIDTH, width) if width else [])
        level += 1
    return tree.Growth(above, tiles=size // WIDTH)


def _tidy(folder: EpochTiles, size: int) -> None:
    """Remove the narrower tiles that a wider one has taken the place of."""
    for level in range(4):
        count = size >> HEIGHT * level
        for number in {max(count // WIDTH - 1, 0), count // WIDTH}:
            keep = WIDTH if number < count // WIDTH else count % WIDTH
            kinds: tuple[Level, ...] = (0, "entries") if level == 0 else (level,)
            for kind in kinds:
                durable.clear_unfinished(folder.path(kind, number, keep))
                _remove_narrower(folder, kind, number, keep)


def _remove_narrower(folder: EpochTiles, level: Level, number: int, width: int) -> None:
    widths = folder.partial_widths(level, number)
    if width not in widths and not folder.path(level, number).exists():
        return
    for narrower in widths:
        if narrower < width:
            folder.path(level, number, narrower).unlink()
    if width == WIDTH and widths:
        left = folder.path(level, number, 1).parent
        for unfinished in left.iterdir():
            unfinished.unlink()
        left.rmdir()
