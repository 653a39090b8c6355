"""A folder of the owner's, on a disk or share, that checkpoints are written to: which will do, and the writing."""

import errno
import os
import stat
from pathlib import Path

from django.db.models import TextChoices
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from tryggve.lib import durable, write_points
from tryggve.lib.errors import Refusal
from tryggve.lib.folders import Folders

_FOR_ALL_TO_READ = 0o644
# Others may write there: a pipe by that name must not stop the worker, nor a link lead it to an endless device.
_AS_IT_LIES = os.O_RDONLY | os.O_CLOEXEC | os.O_NOFOLLOW | os.O_NONBLOCK | os.O_NOCTTY
_NO_FILE = (errno.ELOOP, errno.ENXIO)  # a link, a socket


class UnsuitableFolder(Refusal):
    """Checkpoints can't be left there, or would prove nothing there."""


class Trouble(TextChoices):
    """Why a checkpoint couldn't be left; its label says what to do. It is tried again by itself."""

    MISSING = (
        "missing",
        gettext_lazy(
            "The folder isn't there. Plug in the disk or connect the share, or choose another folder."
        ),
    )
    DISCONNECTED = (
        "disconnected",
        gettext_lazy(
            "The other disk isn't connected: only its empty place is there. Plug it in or connect the share."
        ),
    )
    FORBIDDEN = (
        "forbidden",
        gettext_lazy(
            "Tryggve isn't allowed to write in the folder. Give the user that runs Tryggve the right to."
        ),
    )
    FULL = (
        "full",
        gettext_lazy("The disk with the folder is full. Make room on it, or choose another folder."),
    )
    CHANGED = (
        "changed",
        gettext_lazy(
            "A checkpoint in the folder isn't what Tryggve wrote there, or is another installation's. Nothing was "
            "written over. Keep the file, and verify the log with it."
        ),
    )
    UNREACHABLE = (
        "unreachable",
        gettext_lazy(
            "The folder can't be reached or written. Check the disk or the share, or choose another folder."
        ),
    )


class NotLeft(Exception):
    """The checkpoint isn't in the folder."""

    def __init__(self, trouble: Trouble) -> None:
        super().__init__(trouble)
        self.trouble = trouble


def require_suitable(text: str, folders: Folders) -> Path:
    """The folder, if it is there, can be written, and isn't Tryggve's own. Raises UnsuitableFolder."""
    path = Path(text)
    if not path.is_absolute():
        raise UnsuitableFolder(_("Write the whole path, from the first /. Nothing was changed."))
    found = path.resolve()
    if any(found.is_relative_to(own.resolve()) for own in (folders.data, folders.config)):
        raise UnsuitableFolder(
            _(
                "This folder belongs to Tryggve itself: who changes the log there could change its proof, too. Nothing "
                "was changed. Choose a folder on another disk or on another computer."
            )
        )
    if not found.is_dir():
        raise UnsuitableFolder(
            _("There is no such folder. Nothing was changed. Make it, or plug in its disk.")
        )
    if not os.access(found, os.W_OK | os.X_OK):
        raise UnsuitableFolder(
            _(
                "Tryggve may not write in this folder. Nothing was changed. Give the user that runs it the right to."
            )
        )
    return path


def is_on_other_disk(folder: Path, folders: Folders) -> bool:
    """Whether the folder lies on another file system than the data. Raises OSError."""
    return folder.stat().st_dev != folders.data.stat().st_dev


def leave(note: bytes, *, name: str, folder: Path, folders: Folders, is_elsewhere: bool) -> None:
    """Write the note there, whole and lasting; nothing if it is there already, never over another. Raises NotLeft."""
    try:
        if not folder.is_dir():
            raise NotLeft(Trouble.MISSING)
        if is_elsewhere and not is_on_other_disk(folder, folders):
            raise NotLeft(Trouble.DISCONNECTED)
        _keep(folder / name, note)
    except OSError as error:
        raise NotLeft(_trouble_of(error)) from None


def _keep(path: Path, note: bytes) -> None:
    if _is_there(path, note):
        return
    durable.clear_unfinished(path)
    # It is no secret, and its reader is somebody else than the user that runs Tryggve.
    unfinished = durable.write_unfinished(path, note, rights=_FOR_ALL_TO_READ)
    write_points.reached("checkpoint written elsewhere")
    unfinished.rename(path)  # memory sticks know no hard links
    _sync(path.parent)
    write_points.reached("checkpoint left elsewhere")


def _is_there(path: Path, note: bytes) -> bool:
    """Whether that note lies there already. Raises NotLeft if something else does, and OSError."""
    try:
        descriptor = os.open(path, _AS_IT_LIES)
    except FileNotFoundError:
        return False
    except OSError as error:
        if error.errno in _NO_FILE:
            raise NotLeft(Trouble.CHANGED) from None
        raise
    try:
        is_file = stat.S_ISREG(os.fstat(descriptor).st_mode)
        if not is_file or os.pread(descriptor, len(note) + 1, 0) != note:
            raise NotLeft(Trouble.CHANGED)
    finally:
        os.close(descriptor)
    return True


def _sync(folder: Path) -> None:
    try:
        durable.sync_folder(folder)
    except OSError as error:
        if error.errno not in (errno.EINVAL, errno.ENOTSUP):  # some shares can't; they write at once
            raise


def _trouble_of(error: OSError) -> Trouble:
    match error.errno:
        case errno.ENOENT | errno.ENOTDIR:
            return Trouble.MISSING
        case errno.EACCES | errno.EPERM | errno.EROFS:
            return Trouble.FORBIDDEN
        case errno.ENOSPC | errno.EDQUOT:
            return Trouble.FULL
    return Trouble.UNREACHABLE
