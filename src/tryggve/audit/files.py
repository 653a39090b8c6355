"""Files of the log: whole or not there at all, and never written over with anything else."""

from pathlib import Path

from django.utils.translation import gettext_lazy

from tryggve.lib import durable, write_points
from tryggve.lib.errors import Refusal

_DISAGREES = gettext_lazy(
    "The file %(path)s of the audit log isn't what Tryggve would write there. Nothing was changed. "
    "Someone may have changed the log: keep a copy of the whole data folder, and verify the log."
)


class FileDisagrees(Refusal):
    """A file that is never changed holds something else."""

    def __init__(self, path: Path) -> None:
        super().__init__(_DISAGREES % {"path": path})


def keep(path: Path, content: bytes) -> None:
    """Write a file that stays as it is for ever; nothing if it is there. Raises FileDisagrees and OSError."""
    if path.exists():
        if path.read_bytes() != content:
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
