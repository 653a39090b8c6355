"""Whether the table of leaves and the disk tell of one and the same log, as far as each of them reaches."""

from django.utils.translation import gettext_lazy

from tryggve.audit import checkpoint_files, leaves, tiles
from tryggve.audit.leaves import Place
from tryggve.audit.tiles import EpochTiles
from tryggve.lib.errors import Refusal

# How far the files may ever lag behind the table: a run brings them up to it after each batch.
MOST_BEHIND = 1_000


class RolledBack(Refusal):
    """The database has less of the log than the tiles and checkpoints, or other entries in the same places."""

    sentence = gettext_lazy(
        "The database holds an older audit log than the folder beside it: a copy was put back, or entries were "
        "removed. Nothing was written. If you have put back a backup, finish that restore; if not, keep a copy of "
        "the data folder and find out who was at it."
    )


class LogDisagrees(Refusal):
    """A place of the log holds no entry."""

    sentence = gettext_lazy(
        "The audit log lacks an entry that it has a place for. Nothing was written. Someone may have changed the "
        "log: keep a copy of the whole data folder, and verify the log."
    )


class FilesMissing(Refusal):
    """The files lack more of the log than a run that was cut off leaves behind."""

    sentence = gettext_lazy(
        "Files of the audit log are missing: the database holds entries whose files, in the folder «audit» below "
        "the data folder, aren't there. They are not made anew from the database, which may have been changed. "
        "Nothing was changed. Put the folder «audit» back from a copy. If you have none, keep a copy of the whole "
        "data folder and find out who was at it."
    )


def newest() -> Place | None:
    """The last leaf of the log, once nothing on the disk contradicts it.

    Raises RolledBack, FilesMissing, Unreadable, and as ``checkpoint_files.signed`` does.
    """
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
    return bool(EpochTiles(epoch).size() or any(checkpoint_files.signed(epoch)))


def are_files_missing(rows: int, on_disk: int) -> bool:
    """Whether the files of the newest epoch hold less than any run that was cut off leaves behind."""
    # The first leaf of an epoch is on the disk before a second one is placed.
    return rows - on_disk > MOST_BEHIND or (rows > 1 and not on_disk)


def _require_reached(last: Place) -> None:
    folder, rows = EpochTiles(last.epoch), last.index + 1
    size = folder.size()
    if size > rows or any(checkpoint_files.signed(last.epoch, above=rows)):
        raise RolledBack
    if size and folder.entry_at(size - 1) != leaves.entry_at(last.epoch, size - 1):
        raise RolledBack
    if are_files_missing(rows, size):
        raise FilesMissing
