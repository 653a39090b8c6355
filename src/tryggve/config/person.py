"""Which user of the machine a command runs as. Nothing of the product runs as root."""

import os
import pwd
from collections.abc import Sequence
from pathlib import Path

from tryggve.config import handover
from tryggve.lib import folders as folder
from tryggve.lib import opened
from tryggve.lib.errors import Refusal
from tryggve.lib.folders import Folders
from tryggve.lib.language import early_words

_ = early_words()
_ROOT = 0


class NoSuchUser(Refusal):
    """The user who should run it has no account on this computer."""


class FolderRefused(Refusal):
    """The folder can't be made or read by this user."""


def become_owner(*, data: str | None, config: str | None, arguments: Sequence[str]) -> Folders:
    """Drop to the user who owns the data folder, with the named files opened before.

    A folder that is new, empty or root's own Tryggve folder is given to the product's user first.
    Raises NoSuchUser, FolderRefused, handover.ForeignFolder and identity.IdentityLost.
    """
    if data == "" or config == "":
        raise FolderRefused(_("Write the name of a folder after --data and --config."))
    try:
        return _become_owner(_place(data), _place(config), arguments)
    except OSError as cause:
        raise FolderRefused(
            _(
                "The folder %(folder)s can't be used: the rights or the disk don't allow it. Nothing was changed."
            )
            % {"folder": cause.filename or data or ""}
        ) from cause


def _place(named: str | None) -> Path | None:
    if named is None:
        return None
    place = Path(named).absolute()
    nearest = next(path for path in (place, *place.parents) if os.path.lexists(path))
    if not nearest.is_dir():
        raise FolderRefused(_("%(folder)s is not a folder. Nothing was changed.") % {"folder": nearest})
    return place


def _become_owner(data: Path | None, config: Path | None, arguments: Sequence[str]) -> Folders:
    if os.getuid() != _ROOT:
        user = _user(os.getuid())
    else:
        user = _owner_for_root(data or folder.SYSTEM_DATA)
        data = data or folder.default_data(user)
        handover.give(data, user, parts=handover.DATA)
        if config is not None or user.pw_name == folder.SYSTEM_USER:
            handover.give(config or folder.SYSTEM_CONFIG, user, parts=handover.CONFIG)
        opened.open_named_files(arguments)
        _drop_to(user)
    place = data or folder.default_data(user)
    return Folders(data=place, config=config or folder.config_for(place, user))


def _user(number: int) -> pwd.struct_passwd:
    try:
        return pwd.getpwuid(number)
    except KeyError as cause:
        raise NoSuchUser(
            _(
                "User number %(number)d has no account on this computer, so Tryggve can't run as that user. "
                "Nothing was changed. Start it as a user with a name, or give the data folder to one."
            )
            % {"number": number}
        ) from cause


def _owner_for_root(place: Path) -> pwd.struct_passwd:
    """Who the folder belongs to; a new one, or root's, is for the product's own user."""
    owner = place.stat().st_uid if place.exists() else _ROOT
    if owner != _ROOT:
        return _user(owner)
    try:
        return pwd.getpwnam(folder.SYSTEM_USER)
    except KeyError as cause:
        raise NoSuchUser(
            _("Tryggve doesn't run as root. Start it with the script ./tryggve, which makes a user for it.")
        ) from cause


def _drop_to(user: pwd.struct_passwd) -> None:
    os.initgroups(user.pw_name, user.pw_gid)
    os.setresgid(user.pw_gid, user.pw_gid, user.pw_gid)
    os.setresuid(user.pw_uid, user.pw_uid, user.pw_uid)
    os.environ["HOME"] = user.pw_dir
    os.environ["USER"] = os.environ["LOGNAME"] = user.pw_name
    if not os.access(".", os.X_OK):
        os.chdir("/")
