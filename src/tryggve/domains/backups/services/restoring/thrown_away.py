"""Where a rehearsal puts a register back: in folders of its own that are gone afterwards.

What opens the keys, the key file and the service's, is in memory and on no disk. The keys themselves lie wrapped with
the data (``keys.sqlite3``): on a disk where somebody named one, else in memory, too.
"""

import fcntl
import os
import shutil
import stat
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Final

from django.utils.translation import gettext_lazy

from tryggve.domains.backups import place_marks
from tryggve.lib.errors import Refusal
from tryggve.lib.folders import Folders

MEMORY: Path = Path("/dev/shm")  # noqa: S108 - each folder in it has a random name and is its maker's alone
_IN_MEMORY: Final = frozenset({"tmpfs", "ramfs"})
_PREFIX: Final = "tryggve-rehearsal-"
_KEPT: Final = "tryggve-kept-rehearsal-"
_ON_DISK: Final = "on-disk"
_MARGIN_BYTES: Final = 64 * 1024 * 1024
# Of a row in the database, its indexes and the log of its upgrade among them.
_ROW_BYTES: Final = 4096


class NoPrivateMemory(Refusal):
    sentence = gettext_lazy(
        "A rehearsal puts keys back for a while, which mustn't be written to a disk, and this computer has no folder "
        "in memory (/dev/shm). Nothing was changed. Rehearse on another computer with Linux."
    )


class NoRoom(Refusal):
    sentence = gettext_lazy(
        "This copy is too large for the memory of this computer. The rehearsal ends here, and nothing of it is left. "
        "Name a folder on a disk with --on-disk: what is sealed lies there meanwhile, and the key never."
    )


class NoSuchFolder(Refusal):
    sentence = gettext_lazy(
        "Nothing can be written into the folder %(folder)s. Nothing was changed. Name another one."
    )


@contextmanager
def folders(*, on_disk: Path | None, is_kept: bool) -> Iterator[Folders]:
    """New ones, of which nothing is left in the end, unless they are kept; what others left that were killed goes, too.

    ``on_disk``: where the data lie, and the keys wrapped; what opens these stays in memory.
    Raises NoPrivateMemory and NoSuchFolder.
    """
    _require_memory()
    _remove_left_behind()
    memory = Path(tempfile.mkdtemp(prefix=_KEPT if is_kept else _PREFIX, dir=MEMORY))
    held = _locked(memory)
    try:
        made = Folders(data=_data_folder(memory, on_disk), config=memory / "config")
        for one in (made.data, made.config):
            one.mkdir(mode=0o700, exist_ok=True)
        made.rehearsal_mark.touch(mode=0o600)
        yield made
    finally:
        if not is_kept:
            _remove(memory)
        if held is not None:
            os.close(held)


def require_room(where: Folders, *, files_bytes: int, rows: int) -> None:
    """Raises NoRoom where the data would lie in memory and don't go in."""
    if not where.data.is_relative_to(MEMORY):
        return
    if shutil.disk_usage(where.data).free < files_bytes + rows * _ROW_BYTES + _MARGIN_BYTES:
        raise NoRoom


def all_of(where: Folders) -> list[Path]:
    """What has to be removed of a rehearsal that is kept."""
    memory = where.config.parent
    return [memory] if where.data.is_relative_to(memory) else [memory, where.data]


def _data_folder(memory: Path, on_disk: Path | None) -> Path:
    if on_disk is None:
        return memory / "data"
    try:
        made = Path(tempfile.mkdtemp(prefix=_PREFIX, dir=on_disk.resolve()))
    except OSError:
        raise NoSuchFolder(folder=on_disk) from None
    (memory / _ON_DISK).symlink_to(made)
    return made


def _require_memory() -> None:
    mount = place_marks.mount_of(MEMORY)
    if mount is None or mount.kind not in _IN_MEMORY or not os.access(MEMORY, os.W_OK):
        raise NoPrivateMemory


def _remove_left_behind() -> None:
    for one in MEMORY.glob(f"{_PREFIX}*"):
        status = one.lstat()
        if not stat.S_ISDIR(status.st_mode) or status.st_uid != os.geteuid():
            continue
        held = _locked(one)
        if held is not None:
            _remove(one)
            os.close(held)


def _locked(folder: Path) -> int | None:
    """By a lock that dies with its process; None where another has it."""
    with suppress(FileNotFoundError):
        held = os.open(folder, os.O_RDONLY | os.O_DIRECTORY | os.O_CLOEXEC)
        try:
            fcntl.flock(held, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            os.close(held)
        else:
            return held
    return None


def _remove(memory: Path) -> None:
    """Also what restic gave the rights that it had: a folder that its owner may not write."""
    parts = [memory]
    with suppress(OSError):
        parts.append((memory / _ON_DISK).readlink())
    for part in reversed(parts):
        for folder, _names, _files in os.walk(part):
            Path(folder).chmod(0o700)
        shutil.rmtree(part, ignore_errors=True)
