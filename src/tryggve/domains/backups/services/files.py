"""A file of the firm's own, out of a copy: handed over as a stream, or put beside the one that is there now."""

import os
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import BinaryIO, ClassVar, Final
from uuid import UUID

from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from tryggve.audit import services as audit
from tryggve.domains.backups import actions
from tryggve.domains.backups.restic import Listed, ResticFailed
from tryggve.domains.backups.selectors import files, folders
from tryggve.domains.backups.selectors.files import CopyOutOfReach
from tryggve.lib.errors import Refusal

_MOST_OF_A_NAME: Final = 99
_READ_AND_WRITE: Final = 0o666
_OWNER_ALONE: Final = 0o600


class NoFolderForIt(Refusal):
    """The folder that it lay in isn't there any more, or isn't backed up any more."""

    sentence: ClassVar = gettext_lazy(
        "The folder that the file lay in isn't there any more. Nothing was changed. Download the file instead."
    )


class NotPutBack(Refusal):
    """It couldn't be written there."""

    sentence: ClassVar = gettext_lazy(
        "Tryggve may not write in that folder, or the disk is full. Nothing was changed. Download the file instead."
    )


@dataclass(frozen=True, slots=True)
class Taken:
    """A file that is being handed over."""

    name: str
    size: int
    pieces: Iterator[bytes]


def take_out(*, run: UUID, path: str, actor: str, at: datetime) -> Taken:
    """Its content as a stream. Raises as files.file; the stream raises ResticFailed where it isn't whole."""
    source, one = files.file(run, path)
    audit.record(actions.FILE_RESTORED, actor=actor, at=at, run=str(run), is_put_back=False)
    return Taken(one.name, one.size, source.repository.dump_file(source.snapshot, path))


def put_back(*, run: UUID, path: str, actor: str, at: datetime) -> str:
    """Write it beside the original, under a name that says what it is; that name. What is there stays as it is.

    Raises as files.file, NoFolderForIt and NotPutBack.
    """
    source, one = files.file(run, path)
    folder = _folder_of(path)
    try:
        with _new_file(folder) as new:
            for piece in source.repository.dump_file(source.snapshot, path):
                new.write(piece)
            _finish(new, folder, one)
            name = _named(Path(new.name), folder, one.name, at)
    except ResticFailed:
        raise CopyOutOfReach from None
    except OSError:
        raise NotPutBack from None
    audit.record(actions.FILE_RESTORED, actor=actor, at=at, run=str(run), is_put_back=True)
    return name


def _folder_of(path: str) -> Path:
    """Where it lay, if that is in one of the firm's folders still. Raises NoFolderForIt."""
    folder = Path(path).parent
    try:
        real = folder.resolve(strict=True)
    except (OSError, RuntimeError):
        raise NoFolderForIt from None
    if not real.is_dir() or not any(real.is_relative_to(own.resolve()) for own in folders.paths()):
        raise NoFolderForIt
    return real


@contextmanager
def _new_file(folder: Path) -> Iterator[BinaryIO]:
    """Without a name that anybody looks at until it is whole; nothing is left of half a file."""
    descriptor, name = tempfile.mkstemp(prefix=".tryggve-", dir=folder)
    try:
        with open(name, "wb", opener=lambda _name, _flags: descriptor) as new:
            yield new
    finally:
        Path(name).unlink(missing_ok=True)


def _finish(new: BinaryIO, folder: Path, one: Listed) -> None:
    """As old as it was then, and for nobody who couldn't read it then, or who may not look into the folder."""
    new.flush()
    os.fchmod(new.fileno(), folder.stat().st_mode & one.mode & _READ_AND_WRITE | _OWNER_ALONE)
    moment = one.changed_at.timestamp()
    os.utime(new.fileno(), (moment, moment))


def _named(new: Path, folder: Path, name: str, at: datetime) -> str:
    """The whole file gets its name, one that nothing has."""
    for number in range(1, _MOST_OF_A_NAME):
        told = name_put_back(name, at, number)
        if not (folder / told).exists() and _gets(new, folder / told):
            return told
    raise NotPutBack


def _gets(new: Path, name: Path) -> bool:
    try:
        os.link(new, name)
    except FileExistsError:
        return False
    except OSError:
        new.rename(name)  # such as on a disk of Windows', which knows no second name
    return True


def name_put_back(name: str, at: datetime, number: int = 1) -> str:
    """``Offer (restored 2026-11-23).pdf``, with a number from the second of a day on."""
    mark = _("restored %(day)s") % {"day": date_format(timezone.localtime(at), "Y-m-d")}
    told = Path(name)
    return f"{told.stem} ({mark}{f' {number}' if number > 1 else ''}){told.suffix}"
