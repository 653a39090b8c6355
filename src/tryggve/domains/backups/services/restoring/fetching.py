"""Bringing a copy of the data to this computer, and holding it against what was written down with it."""

import hashlib
import os
import shutil
import sqlite3
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, Final

from django.utils.translation import gettext_lazy

from tryggve.domains.backups.database_copies import sqlite_copies
from tryggve.domains.backups.engine.manifest import KeptFile
from tryggve.domains.backups.restic import Damaged, LockedByAnother, Repository, ResticFailed
from tryggve.domains.backups.services.restoring import silence
from tryggve.domains.backups.services.restoring.data_found import CopyDamaged, DataCopy
from tryggve.lib.errors import Refusal
from tryggve.lib.folders import Folders

COPY: Final = Path("backups") / "copy"
SQLITE: Final = COPY / "tryggve.sqlite3"
POSTGRESQL: Final = COPY / "database.pgdump"
_LOOK_EVERY_SECONDS: Final = 2.0

Percent = Callable[[int], None]


class NotBrought(Refusal):
    sentence = gettext_lazy(
        "The data could not be brought here: %(cause)s. Nothing was lost. Mend that and run «./tryggve restore» again; "
        "it begins with this step."
    )


def fetch(copy: DataCopy, where: Folders, *, percent: Percent) -> Path:
    """The copy's folder on this computer, within the data folder. Raises NotBrought and CopyDamaged."""
    target = where.data / "restored"
    shutil.rmtree(target, ignore_errors=True)
    target.mkdir(mode=0o700)
    in_all = sum(one.size for one in copy.manifest.files)
    with _watched(target, in_all, percent) as watch:
        bring(copy.place.repository, copy.snapshot.id, to=target, watch=watch)
    percent(100)
    _require_whole_database(target, copy.manifest.vendor)
    return target


def bring(
    repository: Repository, snapshot: str, *, to: Path, watch: Callable[[dict[str, Any]], None] | None = None
) -> None:
    """All of a snapshot. Raises NotBrought and CopyDamaged."""
    try:
        try:
            repository.restore(snapshot, to=to, watch=watch)
        except LockedByAnother:
            repository.free()
            repository.restore(snapshot, to=to, watch=watch)
    except Damaged:
        raise CopyDamaged from None
    except ResticFailed as failed:
        raise NotBrought(cause=silence.cause_in_words(failed)) from None


def damaged_files(copy: DataCopy, brought: Path, *, percent: Percent) -> int:
    """How many sealed files aren't what was written down, or aren't there."""
    in_all, done, wrong = sum(one.size for one in copy.manifest.files), 0, 0
    for one in copy.manifest.files:
        wrong += not _is_same(brought / "files" / one.name, one)
        done += one.size
        percent(done * 100 // max(in_all, 1))
    return wrong


def _is_same(path: Path, one: KeptFile) -> bool:
    try:
        with path.open("rb") as file:
            return hashlib.file_digest(file, "sha256").hexdigest() == one.sha256
    except OSError:
        return False


def _require_whole_database(brought: Path, vendor: str) -> None:
    if vendor == "postgresql":
        is_whole = (brought / POSTGRESQL).is_file()
    else:
        try:
            is_whole = sqlite_copies.is_whole(brought / SQLITE)
        except sqlite3.Error:
            is_whole = False
    if not is_whole:
        raise CopyDamaged


@contextmanager
def _watched(target: Path, in_all: int, percent: Percent) -> Iterator[Callable[[dict[str, Any]], None]]:
    """How far it is: as restic tells (from 0.17 on), or as much as lies in the folder already."""
    ended, has_told = threading.Event(), threading.Event()

    def told(message: dict[str, Any]) -> None:
        if message.get("message_type") == "status" and "percent_done" in message:
            has_told.set()
            percent(int(float(message["percent_done"]) * 100))

    def look() -> None:
        while not ended.wait(_LOOK_EVERY_SECONDS) and not has_told.is_set():
            percent(min(99, _bytes_in(target) * 100 // max(in_all, 1)))

    looking = threading.Thread(target=look, daemon=True)
    looking.start()
    try:
        yield told
    finally:
        ended.set()
        looking.join()


def _bytes_in(folder: Path) -> int:
    return sum(_size(Path(at) / name) for at, _inner, names in os.walk(folder) for name in names)


def _size(path: Path) -> int:
    try:
        return path.stat().st_size
    except OSError:
        return 0
