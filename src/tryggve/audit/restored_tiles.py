"""What is left on the disk of a log whose database was put back from a backup."""

from tryggve.audit import checkpoint_files, leaves, tiles, tree
from tryggve.audit.checkpoint_files import Checkpoint
from tryggve.audit.standing import LogDisagrees
from tryggve.audit.tiles import EpochTiles
from tryggve.audit.tree import WIDTH
from tryggve.lib import folders, write_points

_AT_A_TIME = 16 * WIDTH


def newest_known(known: Checkpoint) -> Checkpoint:
    """The newer of this one and the newest on the disk. Raises NotANote."""
    on_disk = [found for epoch in tiles.epochs() if (found := checkpoint_files.newest(epoch))]
    return max([known, *on_disk], key=lambda one: (one.epoch, one.size))


def root_of_rows(epoch: int, size: int) -> bytes:
    """The root over the first leaves of an epoch, as the database forms them. Raises LogDisagrees."""
    growth = tree.Growth()
    last: list[list[bytes]] = [[]]
    for start in range(0, size, _AT_A_TIME):
        found = leaves.stretch(epoch, start, min(start + _AT_A_TIME, size))
        hashes = tree.leaf_hashes([leaf for leaf in found.leaves if leaf is not None])
        if len(hashes) != min(_AT_A_TIME, size - start):
            raise LogDisagrees
        for at in range(0, len(hashes), WIDTH):
            last = tree.pyramid(hashes[at : at + WIDTH])
            if len(last[0]) == WIDTH:
                growth.add(last[-1][0])
    rest = size % WIDTH
    return tree.root(growth.summits() + (tree.peaks(last, rest) if rest else []))


def agree(epoch: int, size: int, root: bytes) -> bool:
    """Whether the disk, as far as it reaches, has the same leaves."""
    folder = EpochTiles(epoch)
    reached = folder.size()
    if reached >= size:
        return folder.root(size) == root
    return folder.root(reached) == root_of_rows(epoch, reached)


def reached(epoch: int) -> int:
    """How many leaves of the epoch the disk ever had, those set aside by a run that was cut off included."""
    aside = [path.name.split("-")[2] for path in folders.current().audit.glob(f"lost-{epoch:04}-*")]
    return max([EpochTiles(epoch).size(), *map(int, aside)])


def set_aside(epoch: int, *, kept: int) -> None:
    """Move the tiles of lost leaves to ``lost-…``: those of this epoch beyond ``kept``, and of all after it.

    Checkpoints stay. Tiles of the epoch that reach beyond are moved whole, and formed anew from the rows.
    """
    for number in tiles.epochs():
        folder = EpochTiles(number)
        size = folder.size()
        if number >= epoch and size > (kept if number == epoch else 0):
            (folder.folder / "tile").rename(_unused(f"lost-{number:04}-{size}"))
            write_points.reached("audit: lost tiles set aside")


def _unused(name: str) -> str:
    audit = folders.current().audit
    numbers = (f"{name}-{number}" for number in range(1, 1000))
    return str(next(audit / each for each in (name, *numbers) if not (audit / each).exists()))
