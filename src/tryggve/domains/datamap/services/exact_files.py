"""A file on a disk, and no other that lies in its place by now."""

import errno
import os
import stat
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path, PurePath
from typing import ClassVar, Final
from uuid import UUID

from django.utils.translation import gettext_lazy as _

from tryggve.domains.datamap import known, source_details
from tryggve.domains.datamap.known import NoSuchFile, Place
from tryggve.domains.datamap.models import File, Source
from tryggve.lib.errors import Refusal

# What opening says of something that has come in the place of a file or folder.
_IN_ITS_PLACE: Final = frozenset({errno.ELOOP, errno.ENOTDIR, errno.ENXIO, errno.ENODEV})
# For what lies in it alone: it needn't be readable.
_FOLDER: Final = os.O_PATH | os.O_DIRECTORY | os.O_CLOEXEC


class Changed(Refusal):
    sentence: ClassVar = _(
        "The file was changed since Tryggve looked into it, so nothing was done. Look through the place again first."
    )


class CannotRead(Refusal):
    sentence: ClassVar = _("This computer doesn't let Tryggve read the file. Nothing was changed.")


class NotOnDisk(Refusal):
    sentence: ClassVar = _("What lies in a mailbox is dealt with there. Nothing was changed.")


def on_disk(file: UUID) -> tuple[File, Place]:
    """The row of a file that is there, and where it lies. Raises NoSuchFile, NotOnDisk, vault.CannotOpen and Locked."""
    row = File.objects.select_related("source").filter(pk=file).exclude(state=File.State.GONE).first()
    if row is None:
        raise NoSuchFile(file)
    if row.source.kind != Source.Kind.FOLDER:
        raise NotOnDisk
    return row, known.place_of(row)


@contextmanager
def opened(place: Place) -> Iterator[int]:
    """A descriptor of exactly the file that was looked into. Raises NoSuchFile, Changed and CannotRead.

    Changed also at the end, where it was meanwhile.
    """
    held = _held(place)
    try:
        if not is_same(os.fstat(held), place):
            raise Changed
        yield held
        if not is_same(os.fstat(held), place):
            raise Changed
    finally:
        os.close(held)


def _held(place: Place) -> int:
    # Whatever stands there now must neither be followed nor waited for.
    flags = os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK | os.O_CLOEXEC
    try:
        with folder_of(place.path) as (folder, name):
            return os.open(name, flags, dir_fd=folder)
    except FileNotFoundError:
        raise NoSuchFile from None
    except OSError as failed:
        raise (Changed if is_another(failed) else CannotRead) from None


@contextmanager
def folder_of(path: str) -> Iterator[tuple[int, str]]:
    """A descriptor of the folder in which it lies, and its name there: what is done with both concerns no other folder.

    Below the place that is looked through no link is followed, as when it was: another user of this computer may have
    put one there since. Raises CannotRead where the place itself isn't there, and OSError: see ``is_another``.
    """
    root = _root_of(path)
    *folders, name = PurePath(path).relative_to(root).parts
    try:
        held = os.open(root, _FOLDER)
    except OSError:
        raise CannotRead from None
    try:
        for one in folders:
            inner = os.open(one, _FOLDER | os.O_NOFOLLOW, dir_fd=held)
            os.close(held)
            held = inner
        yield held, name
    finally:
        os.close(held)


def _root_of(path: str) -> str:
    """The innermost of the places in which it lies; without any no link is followed at all."""
    folders = Source.objects.filter(kind=Source.Kind.FOLDER)
    roots = [str(Path(source_details.opened(one).where).expanduser()) for one in folders]
    found = [root for one in roots for root in (one, os.path.realpath(one)) if _is_below(path, root)]
    return max(found, key=len, default="/")


def _is_below(path: str, root: str) -> bool:
    return path != root and PurePath(path).is_relative_to(root)


def is_another(failed: OSError) -> bool:
    """Whether something else has come in the place of what was opened."""
    return failed.errno in _IN_ITS_PLACE


def is_same(status: os.stat_result, place: Place) -> bool:
    is_file = stat.S_ISREG(status.st_mode)
    return is_file and (status.st_size, status.st_mtime_ns) == (place.size, place.changed_ns)
