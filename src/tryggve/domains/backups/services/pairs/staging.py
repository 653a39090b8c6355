"""The data of one moment, laid out in a folder of its own before it is taken anywhere.

Files of the audit log and sealed files stand there by a second name (a hard link): neither is ever written again, and
what is removed meanwhile stays until the copy is taken. The log comes first, so that it never tells of more than the
database does; the sealed files come last, so that none is missing that the database names.
"""

import contextlib
import errno
import os
import shutil
import sqlite3
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Final
from uuid import UUID

from django.db import DatabaseError, connection, transaction

import tryggve
from tryggve.audit import lease, tiles
from tryggve.domains.backups.database_copies import (
    copy_asking,
    copy_questions,
    postgresql_copies,
    sqlite_copies,
)
from tryggve.domains.backups.database_copies.copy_looking import Looked
from tryggve.domains.backups.engine import manifest
from tryggve.domains.backups.engine.manifest import Manifest, Tree
from tryggve.domains.backups.services.pairs import causes, hashes
from tryggve.domains.backups.services.pairs.causes import CannotCopy
from tryggve.lib import folders, write_points
from tryggve.lib.errors import Refusal
from tryggve.vault import owners

# Beside the big things; each is there or not.
_MARKS: Final = ("id", "in-use", "demo")
_NO_SECOND_NAME: Final = (errno.EXDEV, errno.EPERM, errno.EMLINK, errno.ENOTSUP)
_COPY: Final = Path("backups") / "copy"
_COPY_SECONDS: Final = 1800.0
_DUMP_SECONDS: Final = 6 * 3600.0


@dataclass(frozen=True, slots=True)
class Staged:
    """``folder`` holds all that is taken; ``keys`` are those that the copy names."""

    folder: Path
    manifest: Manifest
    keys: frozenset[UUID]


def own_folder() -> Path:
    """What is kept of backups on this computer, for its owner alone."""
    folder = folders.current().data / "backups"
    folder.mkdir(mode=0o700, exist_ok=True)
    return folder


@contextlib.contextmanager
def staged(*, pair: UUID, at: datetime) -> Iterator[Staged]:
    """The copy, for as long as the block lasts. Raises CannotCopy."""
    folder = own_folder() / "staged"
    try:
        with _told():
            clear()
            (folder / _COPY).mkdir(mode=0o700, parents=True)
            copy = _laid_out(folder, pair, at)
        yield copy
    finally:
        clear()


def clear() -> None:
    """Remove what a run left behind that was cut off."""
    shutil.rmtree(own_folder() / "staged", ignore_errors=True)


def _laid_out(folder: Path, pair: UUID, at: datetime) -> Staged:
    here = folders.current()
    with lease.held():
        _link_all(here.audit, folder / "audit", without=("lock",))
        tree = _tree()
    write_points.reached("backups: log laid out")
    looked = _sqlite(folder) if connection.vendor == "sqlite" else _postgresql(folder)
    write_points.reached("backups: database copied")
    _link_all(here.files, folder / "files", without=("incoming",))
    for mark in _MARKS:
        if (here.data / mark).is_file():
            _link(here.data / mark, folder / mark)
    kept = (path for path in sorted((folder / "files").rglob("*")) if path.is_file())
    told = Manifest(
        pair=pair,
        taken_at=at,
        program=tryggve.__version__,
        vendor=connection.vendor,
        migrations=tuple(looked.migrations),
        counts=looked.counts,
        files=tuple(hashes.of_files(kept, below=folder / "files", cache=own_folder() / "hashes.json")),
        audit=tree,
    )
    _write(folder / _COPY / "manifest.json", manifest.written(told))
    write_points.reached("backups: copy laid out")
    return Staged(folder, told, looked.keys)


def _sqlite(folder: Path) -> Looked:
    source, copy = Path(str(connection.settings_dict["NAME"])), folder / _COPY / "tryggve.sqlite3"
    copy.touch(mode=0o600)
    sqlite_copies.copy(source, copy, seconds=_COPY_SECONDS)
    with copy_asking.asked(copy):
        if not copy_questions.is_whole(thoroughly=False):
            raise CannotCopy(causes.COPY_DAMAGED)
        return _looked()


def _postgresql(folder: Path) -> Looked:
    with transaction.atomic(durable=True):
        postgresql_copies.stand_still()
        postgresql_copies.dump(folder / _COPY / "database.pgdump", seconds=_DUMP_SECONDS)
        return _looked()


def _looked() -> Looked:
    return Looked(
        is_whole=True,
        counts=copy_questions.counts(),
        migrations=copy_questions.migrations(),
        keys=frozenset(copy_questions.named_keys()),
    )


def _tree() -> Tree | None:
    for epoch in reversed(tiles.epochs()):
        written = tiles.EpochTiles(epoch)
        if size := written.size():
            return Tree(epoch, size, written.root(size).hex())
    return None


def _link_all(source: Path, target: Path, *, without: tuple[str, ...]) -> None:
    """The whole tree by second names, but for those right in it and what isn't finished."""
    target.mkdir(mode=0o700)
    for path, inner, names in os.walk(source):
        at = Path(path)
        if at == source:
            inner[:] = [name for name in inner if name not in without]
            names = [name for name in names if name not in without]
        for name in inner:
            (target / at.relative_to(source) / name).mkdir(mode=0o700)
        for name in names:
            if not name.endswith((".new", ".unfinished")):
                _link(at / name, target / at.relative_to(source) / name)


def _link(source: Path, target: Path) -> None:
    """What was removed since the folder was read is in no copy; on another disk there is no second name."""
    with contextlib.suppress(FileNotFoundError):
        try:
            os.link(source, target, follow_symlinks=False)
        except OSError as error:
            if error.errno not in _NO_SECOND_NAME:
                raise
            shutil.copy2(source, target, follow_symlinks=False)


def _write(path: Path, content: bytes) -> None:
    with os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as out:
        out.write(content)


@contextlib.contextmanager
def _told() -> Iterator[None]:
    """What goes wrong here, by its code."""
    try:
        yield
    except sqlite_copies.CopyTookTooLong:
        raise CannotCopy(causes.COPY_TOOK_TOO_LONG) from None
    except sqlite3.Error as error:
        is_full = error.sqlite_errorcode == sqlite3.SQLITE_FULL
        raise CannotCopy(causes.FULL_HERE if is_full else causes.NOT_COPIED) from None
    except postgresql_copies.NoDumpProgram:
        raise CannotCopy(causes.NO_DUMP_PROGRAM) from None
    except postgresql_copies.DumpFailed:
        raise CannotCopy(causes.DUMP_FAILED) from None
    except (DatabaseError, Refusal, owners.NobodyOwnsKeys):
        raise CannotCopy(causes.COPY_DAMAGED) from None
    except OSError as error:
        is_full = error.errno in (errno.ENOSPC, errno.EDQUOT, errno.EFBIG)
        raise CannotCopy(causes.FULL_HERE if is_full else causes.NOT_COPIED) from None
