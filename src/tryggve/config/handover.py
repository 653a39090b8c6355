"""Root gives a folder to the user that Tryggve runs as.

Other users of the computer may have made the path to lead where they want it: to a folder of the system's, or to
another one by the time it is given away. So only a path that root alone can bend is taken, and what was looked
at is held open and changed through that, never by name again.
"""

import os
import pwd
import re
import stat
from pathlib import Path

from tryggve.lib.errors import Refusal
from tryggve.lib.language import early_words

_ = early_words()
_ROOT = 0
_FOR_OTHERS = stat.S_IWGRP | stat.S_IWOTH
# What Tryggve itself puts in its folders; a disk of one's own brings lost+found.
DATA = re.compile(
    r"(id|(keys|tryggve|before-upgrade)\.sqlite3)([.-][0-9a-z.]+)?|in-use|files|index|audit|backups|run|logs|lost\+found"
)
CONFIG = re.compile(
    r"(id|key|service-key|secret-key|machine|database-url)([.-][0-9a-z.]+)?|[0-9a-f]{16}|lost\+found"
)


class ForeignFolder(Refusal):
    """The folder isn't Tryggve's, or others can change what lies at that path."""


def give(place: Path, user: pwd.struct_passwd, *, parts: re.Pattern[str]) -> None:
    """Make sure that the folder is the user's: one that is new, empty or holds only ``parts`` and is root's.

    Raises ForeignFolder, with nothing changed.
    """
    if place.exists():
        descriptor = os.open(place, os.O_RDONLY | os.O_DIRECTORY | os.O_CLOEXEC)
    else:
        _require_path_of_root(place)
        place.mkdir(mode=0o700, parents=True)
        descriptor = os.open(place, os.O_RDONLY | os.O_DIRECTORY | os.O_CLOEXEC)
    try:
        if os.fstat(descriptor).st_uid != user.pw_uid:
            _require_path_of_root(place)
            _require_own(descriptor, place, parts)
            _change_owner(descriptor, user)
    finally:
        os.close(descriptor)


def _require_path_of_root(place: Path) -> None:
    above = {*place.parents, *place.resolve().parents}
    if not all(_only_root_changes(folder.stat()) for folder in above if folder.exists()):
        raise ForeignFolder(
            _(
                "%(folder)s lies in a folder that others can change, so root doesn't make or give it away. "
                "Nothing was changed. Start Tryggve as the user that it belongs to, or choose another folder."
            )
            % {"folder": place}
        )


def _only_root_changes(folder: os.stat_result) -> bool:
    """Whether nobody else can put something else in place of what lies in it."""
    is_shared = folder.st_mode & _FOR_OTHERS and not folder.st_mode & stat.S_ISVTX
    return folder.st_uid == _ROOT and not is_shared


def _require_own(descriptor: int, place: Path, parts: re.Pattern[str]) -> None:
    status = os.fstat(descriptor)
    inside = os.listdir(descriptor)
    is_shared = bool(status.st_mode & _FOR_OTHERS)
    if status.st_uid != _ROOT or is_shared or not all(parts.fullmatch(name) for name in inside):
        raise ForeignFolder(
            _(
                "%(folder)s belongs to somebody else, or holds other things. Nothing was changed. "
                "Choose an empty or new folder."
            )
            % {"folder": place}
        )


def _change_owner(descriptor: int, user: pwd.struct_passwd) -> None:
    """From the leaves up: nothing is the user's, who could move it, before all below it is done."""
    owner = user.pw_uid, user.pw_gid
    for _folder, folders, files, within in os.fwalk(".", topdown=False, dir_fd=descriptor):
        for name in (*folders, *files):
            os.chown(name, *owner, dir_fd=within, follow_symlinks=False)
    os.fchown(descriptor, *owner)
    os.fchmod(descriptor, stat.S_IRWXU)
