"""Folders of the company's own that are backed up, too."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from pathlib import Path
from typing import Final
from uuid import UUID

from tryggve.domains.backups.models import Folder
from tryggve.domains.backups.own_folders import sealed_paths
from tryggve.domains.backups.own_folders.walking import Walk

# So long what was removed can be taken back.
UNDO: Final = timedelta(days=30)
# A page waits for it.
_SECONDS: Final = 3.0
_MOST: Final = 200_000


@dataclass(frozen=True, slots=True)
class OwnFolder:
    """One of them; ``is_there`` as it is at this moment."""

    id: UUID
    path: Path = field(repr=False)
    added_at: datetime

    @property
    def is_there(self) -> bool:
        return self.path.is_dir()


@dataclass(frozen=True, slots=True)
class Size:
    """Files and bytes that were counted; at least so many where it isn't whole."""

    files: int
    bytes_in_all: int
    is_whole: bool


def own() -> Sequence[OwnFolder]:
    """Those that are backed up, the first added first. Raises vault.Locked without the service key."""
    return [_told(row) for row in Folder.objects.filter(removed_at=None)]


def removed(*, at: datetime) -> Sequence[OwnFolder]:
    """Those that can still be taken back. Raises as own."""
    return [_told(row) for row in Folder.objects.filter(removed_at__gt=at - UNDO)]


def paths() -> Sequence[Path]:
    """Where they lie. Raises as own."""
    return [one.path for one in own()]


def size_of(path: Path) -> Size:
    """What copying it would take, as far as it can be counted in a few seconds."""
    walk, files, size = Walk(path, most=_MOST, seconds=_SECONDS), 0, 0
    for entry in walk:
        files += 1
        size += _bytes(entry.path)
    return Size(files, size, walk.is_whole)


def _bytes(path: str) -> int:
    try:
        return Path(path).lstat().st_size
    except OSError:
        return 0


def _told(row: Folder) -> OwnFolder:
    return OwnFolder(row.pk, sealed_paths.opened(row.path_sealed), row.added_at)
