"""Files that are whole or not there at all, whatever cuts the write off."""

import contextlib
import fcntl
import os
from collections.abc import Iterator
from pathlib import Path

from tryggve.lib import write_points

_OWNER_ALONE = 0o600


def write_unfinished(path: Path, content: bytes, *, rights: int = _OWNER_ALONE) -> Path:
    """The content on the disk beside the path that it will get, for its owner alone (0600) unless told otherwise.

    Other rights are given as far as the disk knows any. Raises OSError.
    """
    unfinished = _unfinished(path)
    descriptor = os.open(unfinished, os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_CLOEXEC, _OWNER_ALONE)
    with os.fdopen(descriptor, "wb") as out:
        if rights != _OWNER_ALONE:
            with contextlib.suppress(OSError):
                os.fchmod(descriptor, rights)
        out.write(content)
        out.flush()
        os.fsync(out.fileno())
    return unfinished


def put_in_place(path: Path) -> None:
    """Give the unfinished file its name in one step; never over a file that is there. Raises OSError."""
    # A hard link, because a rename would replace what another start has put there meanwhile.
    path.hardlink_to(_unfinished(path))
    write_points.reached(f"{path.name} named")
    _unfinished(path).unlink()
    sync_folder(path.parent)
    write_points.reached(f"{path.name} in place")


def clear_unfinished(path: Path) -> None:
    """Remove what a start left behind that was cut off. Raises OSError."""
    unfinished = _unfinished(path)
    for left_behind in (unfinished, unfinished.with_name(unfinished.name + "-journal")):
        left_behind.unlink(missing_ok=True)


@contextlib.contextmanager
def alone(path: Path) -> Iterator[None]:
    """Wait in line for the lock file at this path, threads and processes alike; a dead holder lets go."""
    descriptor = os.open(path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, _OWNER_ALONE)
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX)
        yield
    finally:
        os.close(descriptor)


def _unfinished(path: Path) -> Path:
    return path.with_name(path.name + ".new")


def sync_folder(folder: Path) -> None:
    """Put the names in it on the disk: a new one survives a power cut only then. Raises OSError."""
    descriptor = os.open(folder, os.O_RDONLY | os.O_DIRECTORY | os.O_CLOEXEC)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
