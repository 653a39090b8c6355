"""Files of the log: whole or not there at all, and never written over with anything else."""

import errno
import io
import os
import stat
from pathlib import Path

from django.utils.translation import gettext_lazy

from tryggve.lib import durable, write_points
from tryggve.lib.errors import Refusal

_DISAGREES = gettext_lazy(
    "The file %(path)s of the audit log isn't what Tryggve would write there. Nothing was changed. "
    "Someone may have changed the log: keep a copy of the whole data folder, and verify the log."
)


# Not blocking: whoever puts a pipe in a file's place must not make a reader wait for its other end.
_READING = os.O_RDONLY | os.O_CLOEXEC | os.O_NONBLOCK | os.O_NOCTTY


class NotAFile(OSError):
    """What lies there is a pipe, a device, a socket or a folder."""


class FileDisagrees(Refusal):
    """A file that is never changed holds something else."""

    def __init__(self, path: Path) -> None:
        super().__init__(_DISAGREES % {"path": path})


def read(path: Path) -> bytes:
    """What a file holds; what isn't one is neither read nor waited for. Raises NotAFile and OSError."""
    try:
        descriptor = os.open(path, _READING)
    except OSError as fault:
        if fault.errno == errno.ENXIO:  # open(2): a socket, or a device that nothing stands behind
            raise NotAFile(path) from None
        raise
    try:
        if not stat.S_ISREG(os.fstat(descriptor).st_mode):
            raise NotAFile(path)
        return io.FileIO(descriptor, closefd=False).readall()
    finally:
        os.close(descriptor)


def keep(path: Path, content: bytes) -> None:
    """Write a file that stays as it is for ever; nothing if it is there. Raises FileDisagrees and OSError."""
    if path.exists():
        if _held(path) != content:
            raise FileDisagrees(path)
        durable.clear_unfinished(path)
        return
    _write_unfinished(path, content)
    durable.put_in_place(path)


def replace(path: Path, content: bytes) -> None:
    """Put the content in place of what was there, in one step. Raises OSError."""
    _write_unfinished(path, content).replace(path)
    durable.sync_folder(path.parent)
    write_points.reached(f"{path.name} replaced")


def _held(path: Path) -> bytes | None:
    try:
        return read(path)
    except NotAFile:
        return None


def _write_unfinished(path: Path, content: bytes) -> Path:
    _make_folder(path.parent)
    durable.clear_unfinished(path)
    unfinished = durable.write_unfinished(path, content)
    write_points.reached(f"{path.name} written")
    return unfinished


def _make_folder(folder: Path) -> None:
    if not folder.is_dir():
        _make_folder(folder.parent)
        folder.mkdir(mode=0o700)
        durable.sync_folder(folder.parent)
