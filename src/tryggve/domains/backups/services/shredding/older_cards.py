"""The card of somebody made up, as a copy of the database has it."""

import tempfile
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Final
from uuid import UUID

from tryggve.domains.backups.database_copies import copied_rows
from tryggve.domains.backups.database_copies.copied_rows import (
    POSTGRESQL,
    SQLITE,
    Asked,
    CopyUnreadable,
    NoRestoreProgram,
)
from tryggve.domains.backups.models import Copy, Shredding
from tryggve.domains.backups.restic import Repository, ResticFailed
from tryggve.domains.backups.selectors import places
from tryggve.domains.customers import api as customers
from tryggve.domains.customers.api import SealedCard

__all__ = ["CopyUnreadable", "NoRestoreProgram", "NowhereNow", "SnapshotGone", "card_below", "card_of"]

_COPY: Final = "/backups/copy"


class SnapshotGone(Exception):
    """No place has the snapshot any more: all have let go of it, or lost it."""


class NowhereNow(Exception):
    """It can't be had now; ``places`` are the ids of those that may have it."""

    def __init__(self, places: frozenset[UUID]) -> None:
        super().__init__()
        self.places = places


def card_below(data: Path, customer: UUID) -> SealedCard | None:
    """From what was restored below it; None where nobody has that id. Raises CopyUnreadable, NoRestoreProgram."""
    copy = data / "backups" / "copy"
    for found in (data / SQLITE, copy / SQLITE, copy / POSTGRESQL):
        if found.is_file():
            return _card_in(found, customer)
    raise CopyUnreadable


@dataclass(frozen=True, slots=True)
class Restored:
    """The data of that run, as it came back from a place, below a folder."""

    run: UUID
    data: Path


def card_of(one: Shredding, *, scratch: Path, restored: Restored | None = None) -> SealedCard:
    """From the very snapshot that it was read back from; the copy lies in ``scratch`` for a moment.

    Raises SnapshotGone, NowhereNow.
    """
    if restored is not None and restored.run == one.run_id:
        with suppress(CopyUnreadable, NoRestoreProgram):
            if (card := card_below(restored.data, one.customer)) is not None:
                return card
    brought = Copy.objects.filter(run=one.run_id, kind=Copy.Kind.DATA, forgotten_at=None).exclude(snapshot="")
    snapshots = dict(brought.values_list("place", "snapshot"))
    waiting: set[UUID] = set()
    for place in places.in_use():
        if place.data is None or place.id not in snapshots:
            continue
        try:
            if not _is_there(place.data, snapshots[place.id]):
                continue
            return _fetched(place.data, snapshots[place.id], one.customer, scratch)
        except (ResticFailed, CopyUnreadable, NoRestoreProgram):
            waiting.add(place.id)
    if waiting:
        raise NowhereNow(frozenset(waiting))
    raise SnapshotGone


def _is_there(data: Repository, snapshot: str) -> bool:
    return any(one.id.startswith(snapshot) for one in data.snapshots())


def _fetched(data: Repository, snapshot: str, customer: UUID, scratch: Path) -> SealedCard:
    names = {one.name for one in data.list_files(snapshot, _COPY) if not one.is_folder}
    name = next((name for name in (SQLITE, POSTGRESQL) if name in names), None)
    if name is None:
        raise CopyUnreadable
    with tempfile.TemporaryDirectory(dir=scratch) as folder:
        copy = Path(folder) / name
        with copy.open("wb") as out:
            out.writelines(data.dump_file(snapshot, f"{_COPY}/{name}"))
        card = _card_in(copy, customer)
    if card is None:
        raise CopyUnreadable
    return card


def _card_in(copy: Path, customer: UUID) -> SealedCard | None:
    table = customers.CARD_TABLE
    asked = Asked(table.name, id=table.customer, number=table.revision, content=table.blob)
    found = copied_rows.row(copy, asked, id=customer)
    return None if found is None else SealedCard(customer, *found)
