import contextlib
import fcntl
import os
from collections.abc import Iterator
from pathlib import Path

from django.utils.translation import gettext as _

from tryggve.lib.errors import Refusal
from tryggve.lib.folders import Folders
from tryggve.supervisor import runfiles

_GRACE_SECONDS = 10.0


class AlreadyRunning(Refusal):
    """Another ``up`` works on this data folder."""


class Held:
    """The lock, while it is held."""

    def __init__(self, folders: Folders) -> None:
        self._address = _address_file(folders)

    def tell_address(self, address: str) -> None:
        """Keep the address for a second ``up`` to name."""
        self._address.write_text(address, encoding="utf-8")

    def forget_address(self) -> None:
        self._address.unlink(missing_ok=True)


@contextlib.contextmanager
def hold(folders: Folders, *, grace: float = _GRACE_SECONDS) -> Iterator[Held]:
    """Inside, no other ``up`` works on this data folder, and no child of an earlier one does.

    The system lets go of the lock when this process ends, however it ends; children don't inherit it. What a
    killed parent left behind gets ``grace`` seconds to end by itself. Raises AlreadyRunning.
    """
    descriptor = os.open(folders.run / "lock", os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
    try:
        _take(descriptor, folders)
        held = Held(folders)
        held.forget_address()
        runfiles.end_left_behind(folders, grace=grace)
        try:
            yield held
        finally:
            held.forget_address()
    finally:
        # Closing alone lets go only when a child that is just being started has closed its copy too.
        fcntl.flock(descriptor, fcntl.LOCK_UN)
        os.close(descriptor)


def running_at(folders: Folders) -> str | None:
    """The address of the ``up`` that works on this data folder, empty while it starts; None if none does.

    Asks the system who holds the lock (proc_locks(5)): trying to take it could turn away one that starts now.
    """
    try:
        number = (folders.run / "lock").stat().st_ino
    except OSError:
        return None
    # Of ``major:minor:inode`` only the inode: some file systems show another device here than to stat.
    held = (line.split() for line in Path("/proc/locks").read_text().splitlines())
    if not any("FLOCK" in words and words[-3].rpartition(":")[2] == str(number) for words in held):
        return None
    return _address(folders)


def _take(descriptor: int, folders: Folders) -> None:
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError as cause:
        raise AlreadyRunning(_told(folders)) from cause


def _told(folders: Folders) -> str:
    if address := _address(folders):
        return _(
            "Tryggve is already running with this data: open %(address)s. Nothing was started or changed. "
            "To run it from here instead, first stop the other one with Ctrl-C."
        ) % {"address": address}
    return _(
        "Tryggve is already running with this data, or is just starting or stopping. Nothing was started or "
        "changed. Wait a moment, or stop the other one with Ctrl-C, then start again."
    )


def _address(folders: Folders) -> str:
    try:
        return _address_file(folders).read_text(encoding="utf-8").strip()
    except OSError:
        return ""


def _address_file(folders: Folders) -> Path:
    return folders.run / "address"
