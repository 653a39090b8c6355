"""The log is a chain of trees. Leaf 0 of each tells of the one before it, so that none can be left out.

Each of these first entries also names the installation, whose id is made with the first of them.
"""

from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID, uuid4

from django.db import transaction
from django.utils.translation import gettext_lazy

from tryggve.audit import actions, lease, leaves, restored_tiles, services, tile_writing
from tryggve.audit.checkpoint_files import Checkpoint
from tryggve.audit.leaves import Place
from tryggve.audit.models import Entry
from tryggve.audit.tiles import EpochTiles
from tryggve.lib import write_points
from tryggve.lib.errors import Refusal


class AnotherLog(Refusal):
    """A known checkpoint isn't one of the restored log."""

    sentence = gettext_lazy(
        "The checkpoint doesn't belong to the log that was put back: it is of another installation, or the two "
        "tell of different histories. Nothing was changed."
    )


@dataclass(frozen=True)
class Opening:
    """What leaf 0 of an epoch tells."""

    entry: int
    at: datetime
    facts: dict[str, Any]

    @property
    def installation(self) -> UUID:
        return UUID(self.facts["installation"])


def opening(epoch: int) -> Opening | None:
    """How the epoch began; None when it isn't there, or begins with anything else."""
    first = leaves.entry_at(epoch, 0)
    entry = None if first is None else Entry.objects.filter(pk=first).first()
    if entry is None or entry.action != actions.EPOCH_OPENED.code:
        return None
    return Opening(entry.pk, entry.recorded_at, entry.facts)


def open_first(*, now: datetime) -> Place:
    """Begin the log. Under the lease only."""
    return _open(1, now=now, installation=uuid4(), reason="first", previous_size=0)


def open_year(last: Place, *, now: datetime) -> Place:
    """Close the epoch whose tiles are whole and begin the next, if it began in an earlier year (UTC).

    Under the lease only. Answers the last leaf.
    """
    began = opening(last.epoch)
    if began is None or began.at.year >= now.year:
        return last
    size = last.index + 1
    root = EpochTiles(last.epoch).root(size).hex()
    return _open(
        last.epoch + 1,
        now=now,
        installation=began.installation,
        reason="year",
        previous_size=size,
        previous_root=root,
    )


def open_after_restore(known: Checkpoint, *, now: datetime) -> None:
    """Begin a new epoch over a database that was put back from a backup, and tell what of the log was lost.

    ``known`` is the newest checkpoint that anybody has, read with ``checkpoints.opened``; a newer one on this disk
    counts instead. Nothing else may have been sequenced since. Called again, it changes nothing. Raises AnotherLog.
    """
    with lease.held():
        known = restored_tiles.newest_known(known)
        last = leaves.newest()
        if last is not None and last.epoch > known.epoch:
            return
        began = None if last is None else opening(last.epoch)
        if began is not None and began.installation != known.installation:
            raise AnotherLog
        _open_over(last, known, now=now)


def _open_over(last: Place | None, known: Checkpoint, *, now: datetime) -> None:
    epoch, kept = (known.epoch, 0) if last is None else (last.epoch, last.index + 1)
    root = restored_tiles.root_of_rows(epoch, kept)
    of_known = kept if epoch == known.epoch else 0  # how much of the known checkpoint's own epoch is left
    if not restored_tiles.agree(epoch, kept, root) or (of_known == known.size and root != known.root):
        raise AnotherLog
    lost_to = max(known.size, restored_tiles.reached(known.epoch), of_known)
    restored_tiles.set_aside(epoch, kept=kept)
    tile_writing.catch_up(epoch, to=kept)
    _open(
        known.epoch + 1,
        now=now,
        installation=known.installation,
        reason="restore",
        previous_size=kept,
        previous_root=root.hex(),
        known_size=known.size,
        known_root=known.root.hex(),
        lost_from=of_known,
        lost_to=lost_to,
        **({} if epoch == known.epoch else {"previous_epoch": epoch}),
    )


def _open(epoch: int, *, now: datetime, installation: UUID, **told: int | str) -> Place:
    with transaction.atomic():
        facts: dict[str, Any] = {"epoch": epoch, "installation": str(installation), **told}
        entry = services.record(actions.EPOCH_OPENED, actor="system", at=now, **facts)
        leaves.append(epoch, 0, [entry.pk])
        write_points.reached("audit: epoch opened, not committed")
    write_points.reached("audit: epoch opened")
    return Place(epoch, 0, entry.pk)
