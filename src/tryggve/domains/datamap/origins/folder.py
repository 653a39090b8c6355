"""A folder, a disk or a network drive."""

import os
from collections.abc import Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass, field
from pathlib import Path

from tryggve.domains.datamap import walking
from tryggve.domains.datamap.origins import Unreachable, digests


@dataclass(slots=True)
class Folder:
    root: str
    leave_out: Sequence[str] = ()
    look_at: Sequence[str] = ()
    _root: tuple[int, int] | None = field(default=None, init=False)

    def files(self) -> Sequence[walking.File]:
        self._root = _identity(self.root)
        found = walking.files_below(self.root, leave_out=self.leave_out, look_at=self.look_at)
        self.require_there()
        return found

    def given(self, file: walking.File) -> AbstractContextManager[int]:
        return walking.opened(file)

    def digest(self, file: walking.File) -> str:
        return "" if file.refused else digests.of(file)

    def filesystem(self) -> str:
        """The identifier that statvfs(3) tells: with most file systems it is the same after a restart."""
        try:
            return f"{os.statvfs(self.root).f_fsid:x}"
        except OSError:
            raise Unreachable from None

    def require_there(self) -> None:
        """Also where another disk, or nothing, has come in its place since it was listed."""
        if _identity(self.root) != self._root:
            raise Unreachable


def _identity(root: str) -> tuple[int, int]:
    """Raises Unreachable, also for a folder that can't be listed: what lies in it isn't known then."""
    try:
        with os.scandir(root):
            status = Path(root).stat()
    except OSError:
        raise Unreachable from None
    return status.st_dev, status.st_ino
