"""The small file by which a disk is known again, wherever it is plugged in; an empty mount point hasn't got it."""

import os
import re
import threading
from dataclasses import dataclass
from pathlib import Path
from typing import Final
from uuid import UUID

from tryggve.lib import durable

NAME: Final = "tryggve-place"
MOUNTS: Path = Path("/proc/self/mountinfo")
_NETWORK: Final = frozenset(
    {"nfs", "nfs4", "cifs", "smb3", "smbfs", "9p", "ceph", "afs", "fuse.sshfs", "fuse.glusterfs"}
)
_OCTAL: Final = re.compile(r"\\([0-7]{3})")
_LONGEST: Final = 200
# A pipe by that name must stop nobody.
_AS_IT_LIES = os.O_RDONLY | os.O_CLOEXEC | os.O_NOFOLLOW | os.O_NONBLOCK | os.O_NOCTTY

# A disk that sleeps needs some of them to wake up.
ANSWER_SECONDS: float = 20.0
_hanging: dict[Path, threading.Thread] = {}


@dataclass(frozen=True, slots=True)
class Mount:
    """A file system that is mounted: where, and of which kind, as Linux calls it."""

    point: Path
    kind: str

    @property
    def is_network(self) -> bool:
        """Whether another computer holds what lies there."""
        return self.kind in _NETWORK


def write(folder: Path, place: UUID) -> None:
    """Mark the folder as this place, in place of what it was before. Raises OSError."""
    path = folder / NAME
    durable.clear_unfinished(path)
    durable.write_unfinished(path, f"{place}\n".encode()).rename(path)


def read(folder: Path) -> UUID | None:
    """Which place the folder is; None where nothing says so, nobody can read it, or it doesn't answer.

    A share of a computer that is off answers perhaps never, and nothing ends who asks it: then it isn't asked anew.
    """
    hanging = _hanging.get(folder)
    if hanging is not None and hanging.is_alive():
        return None
    found: list[UUID | None] = []
    asking = threading.Thread(target=lambda: found.append(_read(folder)), daemon=True)
    asking.start()
    asking.join(ANSWER_SECONDS)
    if asking.is_alive():
        _hanging[folder] = asking
    return found[0] if found else None


def _read(folder: Path) -> UUID | None:
    try:
        descriptor = os.open(folder / NAME, _AS_IT_LIES)
        try:
            return UUID(os.read(descriptor, _LONGEST).decode("ascii").strip())
        finally:
            os.close(descriptor)
    except (OSError, ValueError):
        return None


def remove(folder: Path) -> None:
    """It is no place of ours any more. Raises OSError."""
    (folder / NAME).unlink(missing_ok=True)


def found(folder: Path, place: UUID, *, on_mount: str) -> Path | None:
    """Where the place's folder lies now: where it was, or at the same path of a disk that was mounted elsewhere."""
    if read(folder) == place:
        return folder
    elsewhere = (mount.point / on_mount for mount in mounts())
    return next((one for one in elsewhere if read(one) == place), None) if on_mount else None


def mounts() -> list[Mount]:
    """What is mounted, the last first, as that hides what was mounted there before; empty where nothing tells."""
    try:
        lines = MOUNTS.read_text(encoding="utf-8", errors="surrogateescape").splitlines()
    except OSError:
        return []
    return [_mount(line.split()) for line in reversed(lines)]


def mount_of(path: Path) -> Mount | None:
    """The file system that the path lies on; None where nothing tells."""
    lies = path.resolve()
    over = [one for one in mounts() if lies.is_relative_to(one.point)]
    return max(over, key=lambda one: len(one.point.parts), default=None)


def _mount(words: list[str]) -> Mount:
    """proc_pid_mountinfo(5): the fifth field is the mount point, the kind stands after the lonely hyphen."""
    return Mount(Path(_OCTAL.sub(_letter, words[4])), words[words.index("-") + 1])


def _letter(escaped: re.Match[str]) -> str:
    return chr(int(escaped[1], 8))
