"""A deleted file is put where it lay: whole, and over no other."""

import os
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import BinaryIO, ClassVar, Final
from uuid import UUID

from django.utils.translation import gettext_lazy as _

from tryggve import vault
from tryggve.domains.datamap import sealing
from tryggve.domains.datamap.services import exact_files
from tryggve.lib.errors import Refusal

_AT_ONCE: Final = 1 << 20
_READ: Final = os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK | os.O_CLOEXEC
_NEW: Final = os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_NOFOLLOW | os.O_CLOEXEC
_RIGHTS: Final = 0o600


class PlaceTaken(Refusal):
    sentence: ClassVar = _("Another file lies there now. Move it away first; then take this one back.")


class FolderGone(Refusal):
    sentence: ClassVar = _(
        "The folder in which it lay isn't there any more, or is a link now. Make it again first; then take this file "
        "back."
    )


class CannotWrite(Refusal):
    sentence: ClassVar = _(
        "This computer doesn't let Tryggve write there, or its disk is full. Nothing was changed."
    )


def write(copy: UUID, sealed: Path, path: str) -> None:
    """Nothing more to do where it lies there already, after having been cut off.

    Raises PlaceTaken, FolderGone, CannotWrite and vault.CannotOpen.
    """
    try:
        with exact_files.folder_of(path) as (folder, name):
            if not _is_there(copy, sealed, folder, name):
                _put(copy, sealed, folder, name)
    except FileExistsError:
        raise PlaceTaken from None
    except FileNotFoundError:
        raise FolderGone from None
    except OSError as failed:
        raise (FolderGone if exact_files.is_another(failed) else CannotWrite) from None


def _is_there(copy: UUID, sealed: Path, folder: int, name: str) -> bool:
    """Raises FileExistsError where it is another file."""
    try:
        os.stat(name, dir_fd=folder, follow_symlinks=False)
    except FileNotFoundError:
        return False
    try:
        lying = os.open(name, _READ, dir_fd=folder)
    except OSError:
        raise FileExistsError from None
    with os.fdopen(lying, "rb") as other, _opened(copy, sealed) as kept:
        while some := kept.read(_AT_ONCE):
            if other.read(len(some)) != some:
                raise FileExistsError
        if other.read(1):
            raise FileExistsError
    return True


def _put(copy: UUID, sealed: Path, folder: int, name: str) -> None:
    unfinished = f".{copy.hex}.tryggve"
    with suppress(FileNotFoundError):
        os.unlink(unfinished, dir_fd=folder)
    try:
        with os.fdopen(os.open(unfinished, _NEW, _RIGHTS, dir_fd=folder), "wb") as out:
            with _opened(copy, sealed) as kept:
                while some := kept.read(_AT_ONCE):
                    out.write(some)
            out.flush()
            os.fsync(out.fileno())
        _name(folder, unfinished, name)
    finally:
        with suppress(FileNotFoundError):
            os.unlink(unfinished, dir_fd=folder)


def _name(folder: int, unfinished: str, name: str) -> None:
    """In one step, and never over a file that is there: a hard link, where the disk knows such."""
    try:
        os.link(unfinished, name, src_dir_fd=folder, dst_dir_fd=folder)
    except FileExistsError:
        raise
    except OSError:
        # As on memory sticks: the name is taken first, then an empty file of our own is replaced.
        os.close(os.open(name, _NEW, _RIGHTS, dir_fd=folder))
        os.rename(unfinished, name, src_dir_fd=folder, dst_dir_fd=folder)


@contextmanager
def _opened(copy: UUID, sealed: Path) -> Iterator[BinaryIO]:
    with vault.open_file(sealed, bound_to=sealing.copy_binding(copy)) as kept:
        yield kept
