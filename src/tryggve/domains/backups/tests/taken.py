"""Backups that were taken, as they are noted down: for tests of what is read from that."""

from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import Any

from tryggve.domains.backups.models import Copy, Place, Run

BOTH = (Copy.Kind.DATA, Copy.Kind.KEYS)


def place(title: str = "Disk", *, at: datetime, **fields: Any) -> Place:
    """One that holds both; nothing that is read from rows opens what lets into it."""
    told = {"kind": Place.Kind.FOLDER, "holds_data": True, "holds_keys": True, "access_sealed": b"-"}
    return Place.objects.create(title=title, added_at=at, **{**told, **fields})


def run(where: Place, *, at: datetime, kinds: Iterable[Copy.Kind] = BOTH, **fields: Any) -> Run:
    """One that ended well a minute later, with a copy of each kind; a usual night of a small company."""
    told = {"why": Run.Why.DUE, "state": Run.State.DONE, "ended_at": at + timedelta(minutes=1)}
    usual = {"files": 12_000, "changed_files": 40, "bytes_added": 20_000_000, "rows": 48_000}
    row = Run.objects.create(began_at=at, **{**told, **usual, **fields})
    for kind in kinds:
        Copy.objects.create(run=row, place=where, kind=kind, snapshot=f"{row.pk.hex}{kind}", at=at)
    return row


def nights(where: Place, count: int, *, until: datetime, **fields: Any) -> list[Run]:
    """So many, a day apart, the last a day before then; the oldest first."""
    return [run(where, at=until - timedelta(days=ago), **fields) for ago in range(count, 0, -1)]
