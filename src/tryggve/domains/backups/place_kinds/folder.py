"""A folder on this computer: on another disk, a share, or a disk that is carried away."""

import os
from collections.abc import Mapping
from pathlib import Path
from typing import Final

from django.utils.translation import gettext as _

from tryggve.domains.backups import place_marks
from tryggve.domains.backups.place_access import Access
from tryggve.domains.backups.place_kinds.told import Untold
from tryggve.lib import folders

FIELDS: Final = ("path",)


def access_of(fields: Mapping[str, str]) -> Access:
    """Raises Untold for a folder that isn't there, can't be written, or is Tryggve's own."""
    lies = whole_path(fields.get("path", ""))
    if not lies.is_dir():
        raise Untold(_("There is no such folder. Nothing was changed. Make it, or plug in its disk."))
    if not os.access(lies, os.W_OK | os.X_OK):
        raise Untold(
            _(
                "Tryggve may not write in this folder. Nothing was changed. Give the user that runs it the right to."
            )
        )
    return Access(str(lies), on_mount=_on_mount(lies))


def whole_path(told: str) -> Path:
    """Where it lies, links followed. Raises Untold for half a path, and for what is Tryggve's own."""
    path = Path(told)
    if not path.is_absolute():
        raise Untold(_("Write the whole path, from the first /. Nothing was changed."))
    lies = path.resolve()
    here = folders.current()
    if any(lies.is_relative_to(own.resolve()) for own in (here.data, here.config)):
        raise Untold(
            _(
                "This folder belongs to Tryggve itself: the copy would be lost together with what it is a copy of. "
                "Nothing was changed. Choose a folder on another disk or on another computer."
            )
        )
    return lies


def _on_mount(folder: Path) -> str:
    """Empty for what lies on the system's own disk, which isn't plugged in elsewhere."""
    mount = place_marks.mount_of(folder)
    if mount is None or mount.point == Path("/"):
        return ""
    return str(folder.relative_to(mount.point))
