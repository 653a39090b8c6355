"""What restic tells of a repository, as it is passed on."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

from tryggve.domains.backups.restic.errors import Incomplete

# Above them restic tells what it is in bits of its own (Go's io/fs.FileMode).
_RIGHTS: Final = 0o777


@dataclass(frozen=True, slots=True)
class Added:
    """What one backup came to: its snapshot's id, and bytes and files as restic counts them."""

    snapshot: str
    files: int
    changed_files: int
    bytes_in_all: int
    bytes_added: int


@dataclass(frozen=True, slots=True)
class Snapshot:
    """One that lies in the repository."""

    id: str
    taken_at: datetime
    tags: frozenset[str]
    paths: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Listed:
    """A file or a folder within a snapshot, by its whole path; ``size`` is 0 for a folder.

    ``mode``: who might read and write it then, as stat(2) has it; 0 where that isn't told.
    """

    path: str
    is_folder: bool
    size: int
    changed_at: datetime
    mode: int = 0

    @property
    def name(self) -> str:
        return self.path.rpartition("/")[2]


@dataclass(frozen=True, slots=True)
class Password:
    """One of those that open it: its id there, what it was called when added, and whether it is the one in use."""

    id: str
    label: str
    is_current: bool


def added(told: Sequence[Mapping[str, Any]]) -> Added:
    """What a backup came to. Raises Incomplete where it isn't told."""
    summary = next((one for one in told if one.get("message_type") == "summary"), None)
    if summary is None or not summary.get("snapshot_id"):
        raise Incomplete
    return Added(
        snapshot=str(summary["snapshot_id"]),
        files=int(summary["total_files_processed"]),
        changed_files=int(summary["files_new"]) + int(summary["files_changed"]),
        bytes_in_all=int(summary["total_bytes_processed"]),
        bytes_added=int(summary["data_added"]),
    )


def snapshot(told: Mapping[str, Any]) -> Snapshot:
    """One of those that are listed."""
    return Snapshot(
        id=str(told["id"]),
        taken_at=_moment(str(told["time"])),
        tags=frozenset(told.get("tags") or ()),
        paths=tuple(told["paths"]),
    )


def listed(told: Mapping[str, Any]) -> Listed:
    """One of those that lie in a snapshot."""
    return Listed(
        path=str(told["path"]),
        is_folder=told["type"] == "dir",
        size=int(told.get("size") or 0),
        changed_at=_moment(str(told["mtime"])),
        mode=int(told.get("mode") or 0) & _RIGHTS,
    )


def _moment(told: str) -> datetime:
    """restic writes nanoseconds, which Python doesn't read."""
    head, dot, tail = told.partition(".")
    if not dot:
        return datetime.fromisoformat(told)
    digits = tail[: len(tail) - len(tail.lstrip("0123456789"))]
    return datetime.fromisoformat(f"{head}.{digits[:6].ljust(6, '0')}{tail[len(digits) :]}")
