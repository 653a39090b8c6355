"""Logs for the tests: filled, tampered with by Mallory, begun anew."""

import os
import shutil
import signal
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path
from uuid import UUID

from django.db import connection, transaction

from tryggve.audit import leaves, registry, services, tile_writing, tiles, triggers, verification
from tryggve.audit.models import Entry, Leaf
from tryggve.audit.tests.append_only import drop_triggers
from tryggve.lib import folders, write_points

NOW = datetime(2026, 3, 2, 8, 0, tzinfo=UTC)
TOMORROW = NOW + timedelta(days=1)
ANNA = "user:01890a5d-ac96-774b-bcce-b302099a8057"
CILLA = UUID("01890a5d-ac96-774b-bcce-b302099a8058")


def fill(seen: registry.Action, count: int, *, at: datetime = NOW) -> None:
    """That many looks at Cilla, by Anna."""
    with transaction.atomic():
        for number in range(count):
            services.look(seen, actor=ANNA, at=at, subject=CILLA, number=number)


def folder() -> Path:
    return folders.current().audit


def verdict(*saved: bytes, with_details: bool = False) -> tuple[str, int | None] | str:
    """What a verification on the next day finds: «ok», or why and at which place."""
    found = verification.verify(saved, now=TOMORROW, with_details=with_details)
    return "ok" if found.first_bad is None else (found.first_bad.why, found.first_bad.index)


def tamper(statement: str, *values: str | int | bytes) -> None:
    """Mallory owns the database: the triggers don't stop him."""
    drop_triggers()
    with connection.cursor() as cursor:
        cursor.execute(statement, values)


def start_over_on_disk() -> None:
    """Mallory removes all tiles and checkpoints of the first epoch, and forms the tiles anew from the rows."""
    shutil.rmtree(folder() / "epoch-0001")
    tile_writing.catch_up(1, to=leaves.sizes()[1])


def entry_at(index: int, *, epoch: int = 1) -> int:
    return Leaf.objects.get(epoch=epoch, leaf_index=index).entry


def flip(path: Path, at: int, by: int = 1) -> None:
    content = bytearray(path.read_bytes())
    content[at] ^= by
    path.write_bytes(bytes(content))


def written() -> dict[str, bytes]:
    """The log on the disk, but for its lock."""
    files = (path for path in folder().rglob("*") if path.is_file() and path.name != "lock")
    return {str(path.relative_to(folder())): path.read_bytes() for path in files}


def begin_anew() -> None:
    """No entry was ever written."""
    drop_triggers()
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM audit_leaf")
        cursor.execute("DELETE FROM audit_entry")
    triggers.put_back(using="default")
    shutil.rmtree(folder())
    folder().mkdir(mode=0o700)


def roll_back(*, to: int, epoch: int = 1) -> None:
    """The database as a backup had it, when the epoch had that many leaves."""
    tamper("DELETE FROM audit_leaf WHERE epoch > %s OR (epoch = %s AND leaf_index >= %s)", epoch, epoch, to)
    tamper("DELETE FROM audit_entry WHERE id NOT IN (SELECT entry FROM audit_leaf)")
    triggers.put_back(using="default")


def killed_at(number: int, deed: Callable[[], object]) -> bool:
    """Do it in a process of its own that dies by SIGKILL at its write point of that number; whether it did."""
    connection.close()  # two processes must not share one
    process = os.fork()
    if process == 0:
        try:
            _die_at(number)
            deed()
            os._exit(0)
        finally:
            os._exit(1)
    _pid, status = os.waitpid(process, 0)
    assert status in (0, signal.SIGKILL), status
    return status == signal.SIGKILL


def _die_at(number: int) -> None:
    passed = 0

    def reached(name: str) -> None:
        nonlocal passed
        passed += 1
        if passed == number:
            os.kill(os.getpid(), signal.SIGKILL)

    write_points.cut_with(reached)


def sequenced() -> list[int]:
    """The entries in the order of their leaves."""
    return [leaf.entry for leaf in Leaf.objects.order_by("epoch", "leaf_index")]


def recorded() -> list[int]:
    return list(Entry.objects.order_by("pk").values_list("pk", flat=True))


def disk_size(epoch: int = 1) -> int:
    return tiles.EpochTiles(epoch).size()
