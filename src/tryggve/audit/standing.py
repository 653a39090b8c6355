"""Whether the table of leaves and the disk tell of one and the same log, as far as each of them reaches."""

from django.utils.translation import gettext_lazy

from tryggve.audit import checkpoint_files, leaves, tiles
from tryggve.audit.leaves import Place
from tryggve.audit.tiles import EpochTiles
from tryggve.lib.errors import Refusal

_ROLLED_BACK = gettext_lazy(
    "The database holds an older audit log than the folder beside it: a copy was put back, or entries were removed. "
    "Nothing was written. If you have put back a backup, finish that restore; if not, keep a copy of the data folder "
    "and find out who was at it."
)
_DISAGREES = gettext_lazy(
    "The audit log lacks an entry that it has a place for. Nothing was written. "
    "Someone may have changed the log: keep a copy of the whole data folder, and verify the log."
)


class RolledBack(Refusal):
    """The database has less of the log than the tiles and checkpoints, or other entries in the same places."""

    def __init__(self) -> None:
        super().__init__(str(_ROLLED_BACK))


class LogDisagrees(Refusal):
    """A place of the log holds no entry."""

    def __init__(self) -> None:
        super().__init__(str(_DISAGREES))


def newest() -> Place | None:
    """The last leaf of the log, once nothing on the disk contradicts it. Raises RolledBack and Unreadable."""
    known = tiles.epochs()  # before the table, which may grow meanwhile
    last = leaves.newest()
    if last is None:
        if any(is_written(epoch) for epoch in known):
            raise RolledBack
        return None
    if any(is_written(epoch) for epoch in known if epoch > last.epoch):
        raise RolledBack
    _require_reached(last)
    return last


def is_written(epoch: int) -> bool:
    """Whether anything of the epoch ever reached the disk."""
    return bool(EpochTiles(epoch).size() or checkpoint_files.sizes(epoch))


def _require_reached(last: Place) -> None:
    folder = EpochTiles(last.epoch)
    size = folder.size()
    if max(size, *checkpoint_files.sizes(last.epoch), 0) > last.index + 1:
        raise RolledBack
    if size and folder.entry_at(size - 1) != leaves.entry_at(last.epoch, size - 1):
        raise RolledBack
