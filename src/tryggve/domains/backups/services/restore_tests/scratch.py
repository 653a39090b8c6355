"""Where a restored copy lies for the few minutes of its test: in memory, for its owner alone, and gone afterwards."""

import hashlib
import os
import shutil
import stat
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from tryggve.domains.backups.services.pairs import causes
from tryggve.domains.backups.services.restore_tests.outcomes import CouldNotTest
from tryggve.lib import folders
from tryggve.lib.folders import Folders

MEMORY: Final = Path("/dev/shm")  # noqa: S108 - each folder in it has a random name and is its maker's alone
_MOUNTS: Final = Path("/proc/self/mounts")
_IN_MEMORY: Final = frozenset({"tmpfs", "ramfs"})
# A database that is brought to this version and served grows; SQLite's log may hold all of it once more.
_ROOM_FOR_WORK: Final = 2
_MARGIN_BYTES: Final = 16 * 1024 * 1024
_MEMORY: Final = Path("/proc/meminfo")
# Of memory, for restic and for the programs that look into the copy and serve it.
_LEFT_FREE: Final = 256 * 1024 * 1024


@dataclass(frozen=True, slots=True)
class Scratch:
    """``memory`` lies on no disk. ``disk`` holds what is sealed or encrypted, and no database."""

    memory: Path
    disk: Path

    @property
    def folders(self) -> Folders:
        """A data folder, and a folder of keys that holds none."""
        return Folders(data=self.memory / "data", config=self.memory / "config")

    @property
    def cache(self) -> Path:
        """Of restic, for this test alone: encrypted as in the place, and as large as its index and its folders."""
        return self.disk / "cache"


def require_room(*, database_bytes: int, files_bytes: int) -> bool:
    """Whether the sealed files have room in memory, too. Raises CouldNotTest where not even the database has."""
    if not _is_memory(MEMORY):
        raise CouldNotTest("no-private-memory")
    needed = database_bytes * _ROOM_FOR_WORK + _MARGIN_BYTES
    room, memory = free_bytes(MEMORY), memory_bytes() - _LEFT_FREE
    if room < needed:
        raise CouldNotTest("no-private-memory")
    if memory < needed:
        raise CouldNotTest("memory")
    if min(room, memory) >= needed + files_bytes:
        return True
    if free_bytes(folders.current().run) < files_bytes + _MARGIN_BYTES:
        raise CouldNotTest(causes.FULL_HERE)
    return False


def memory_bytes() -> int:
    """How much memory programs could have without any being moved to a disk (proc(5), MemAvailable)."""
    told = _MEMORY.read_text(encoding="ascii").splitlines()
    [available] = [line.split()[1] for line in told if line.startswith("MemAvailable:")]
    return int(available) * 1024


def free_bytes(folder: Path) -> int:
    """How much more could be written there."""
    return shutil.disk_usage(folder).free


@contextmanager
def made() -> Iterator[Scratch]:
    """Empty, and removed with all that is in it, whatever happens. Raises CouldNotTest."""
    if not _is_memory(MEMORY):
        raise CouldNotTest("no-private-memory")
    try:
        memory = Path(tempfile.mkdtemp(prefix=_prefix(), dir=MEMORY))
        disk = Path(tempfile.mkdtemp(prefix=_prefix(), dir=folders.current().run))
    except OSError:
        raise CouldNotTest("no-private-memory") from None
    scratch = Scratch(memory, disk)
    try:
        for one in (scratch.folders.data, scratch.folders.config):
            one.mkdir(mode=0o700)
        yield scratch
    finally:
        _remove(memory)
        _remove(disk)


def remove_left_behind() -> int:
    """What a test left that was killed; how many folders. To be called by who holds the turn."""
    found = [one for home in (MEMORY, folders.current().run) for one in _ours_in(home)]
    for one in found:
        _remove(one)
    return len(found)


def _ours_in(home: Path) -> Iterator[Path]:
    if home.is_dir():
        yield from (one for one in home.glob(f"{_prefix()}*") if _is_our_folder(one))


def _is_our_folder(path: Path) -> bool:
    status = path.lstat()
    return stat.S_ISDIR(status.st_mode) and status.st_uid == os.geteuid()


def _prefix() -> str:
    """Of this register's alone: another on the same computer may be testing, too."""
    known = hashlib.sha256(str(folders.current().data.resolve()).encode()).hexdigest()[:12]
    return f"tryggve-restore-test-{known}-"


def _is_memory(path: Path) -> bool:
    """Whether what is written there lies in memory (proc(5), /proc/self/mounts)."""
    try:
        mounts = [line.split() for line in _MOUNTS.read_text(encoding="utf-8", errors="replace").splitlines()]
    except OSError:
        return False
    kinds = [words[2] for words in mounts if words[1] == str(path)]
    return bool(kinds) and kinds[-1] in _IN_MEMORY and os.access(path, os.W_OK)


def _remove(path: Path) -> None:
    """Also what restic gave the rights that it had: a folder that its owner may not write."""
    for folder, _names, _files in os.walk(path):
        Path(folder).chmod(0o700)
    shutil.rmtree(path, ignore_errors=True)
