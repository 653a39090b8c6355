"""The audit log after a restore: it goes on in a new epoch, which tells what was lost."""

from collections.abc import Iterable, Sequence
from datetime import datetime

from django.utils.translation import gettext_lazy

from tryggve.audit import checkpoint_files, checkpoints, epochs, leaves, restored_tiles
from tryggve.audit.checkpoint_files import Checkpoint
from tryggve.audit.notes import NotANote, NotSigned
from tryggve.lib.errors import Refusal


class NotACheckpoint(Refusal):
    sentence = gettext_lazy(
        "What was given as a checkpoint isn't one that this register's log has signed. The restore waits. Run "
        "«./tryggve restore» again without --checkpoint, or with another one."
    )


def open_next(*, with_keys: str, brought: Sequence[bytes], at: datetime) -> None:
    """Open the next epoch over the newest checkpoint that anybody has.

    ``with_keys``: the one that came with the keys. It lay where the kit alone lets in, and may be signed by a key that
    is younger than the copy of the data. Raises NotACheckpoint and AnotherLog.
    """
    known = [*_brought(brought), *_with_keys(with_keys)]
    if not known:
        known = list(_of_rows())
    if known:
        epochs.open_after_restore(max(known, key=lambda one: (one.epoch, one.size)), now=at)


def _brought(notes: Sequence[bytes]) -> Iterable[Checkpoint]:
    try:
        return [checkpoints.opened(note) for note in notes]
    except (NotANote, NotSigned):
        raise NotACheckpoint from None


def _with_keys(note: str) -> Iterable[Checkpoint]:
    try:
        return [checkpoint_files.read(note.encode())] if note else []
    except NotANote:
        return []


def _of_rows() -> Iterable[Checkpoint]:
    """What the copy itself says of its log, where nothing was ever signed."""
    last = leaves.newest()
    began = None if last is None else epochs.opening(last.epoch)
    if last is None or began is None:
        return
    size = last.index + 1
    root = restored_tiles.root_of_rows(last.epoch, size)
    yield Checkpoint(began.installation, last.epoch, size, root, (), b"")
