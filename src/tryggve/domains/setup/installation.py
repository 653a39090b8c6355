"""Making, upgrading and refusing a data folder, before anything serves."""

import secrets
from collections.abc import Callable
from contextlib import AbstractContextManager
from datetime import datetime
from pathlib import Path

from django.utils.translation import gettext as _

from tryggve import vault
from tryggve.domains.setup import database, home, upgrade
from tryggve.lib import before_upgrade, durable
from tryggve.lib import folders as folder
from tryggve.lib.errors import Refusal
from tryggve.lib.folders import Folders
from tryggve.supervisor import lock
from tryggve.vault import custody


class NotYetStarted(Refusal):
    """There is no register in that folder."""


class UpgradeNeeded(Refusal):
    """The database waits for an upgrade, which only `up` does."""


class RestoreUnfinished(Refusal):
    """A register is just being put back from a backup here."""


class OnlyRehearsed(Refusal):
    """A restore was tried out here: the register itself lies elsewhere, and is in use."""


def _unheard(_text: str) -> None:
    """For who starts where nobody reads."""


def prepare(folders: Folders, *, at: datetime, say: Callable[[str], None] = _unheard) -> None:
    """Make what is missing and bring the database to this version. Safe to cut at any point and run again.

    A register that was used and lost its database isn't begun anew: somebody else could claim it. ``say`` gets what a
    person at the screen should know. Raises NewerData, BelongsElsewhere, UpgradeFailed, NotPutBack,
    RestoreUnfinished, OnlyRehearsed, LogUnguarded, a refusal of the database, and those of the folders and the vault.
    """
    _require_restored(folders)
    folder.create(folders)
    with _alone(folders):
        if not is_begun(folders):
            vault.create(folders, has_data=database.lost_its_keys())
        custody.require_way_in()
        if is_used(folders):
            database.require_there(folders)
            _put_back(folders, say)
        waits = database.waits_for_upgrade()
        home.require(folders)  # before anything of the database is changed: another may be using it
        if waits and is_used(folders):
            before_upgrade.do_all(at, say)
        _complete(folders, waits=waits)
        home.settle(folders, at=at)
        _use_mark(folders).touch(mode=0o600)
    database.require_guarded_log()
    if home.is_taken_over(folders):
        say(home.told_taken_over())


def take_over(folders: Folders, *, actor: str, at: datetime) -> None:
    """Bring a register here that belongs elsewhere, and to this version.

    Raises NotYetStarted, AlreadyRunning, and as prepare does but for BelongsElsewhere.
    """
    _require_begun(folders)
    folder.create(folders)
    # An `up` that serves this very folder, perhaps from another container, goes on undisturbed.
    with lock.hold(folders), _alone(folders):
        _bring_to_this_version(folders)
        home.move_here(folders, actor=actor, at=at)
    database.require_guarded_log()


def try_out(folders: Folders) -> None:
    """Bring a copy of a register to this version and leave it where it belongs. Raises as take_over does."""
    _require_begun(folders)
    folder.create(folders)
    with lock.hold(folders), _alone(folders):
        _bring_to_this_version(folders)


def require(folders: Folders) -> None:
    """Refuse unless the folder holds a register that this version can use as it is. Makes nothing.

    Raises NotYetStarted, RestoreUnfinished, OnlyRehearsed, UpgradeNeeded, NewerData, BelongsElsewhere, a refusal of the
    database, and those of the vault.
    """
    _require_restored(folders)
    _require_begun(folders)
    custody.require_way_in()
    database.require_there(folders)
    waits = database.waits_for_upgrade()
    home.require(folders)
    if waits:
        raise UpgradeNeeded(
            _("The data was made by an older Tryggve. Run «./tryggve up» once, it upgrades the data.")
        )


def is_begun(folders: Folders) -> bool:
    """Whether a register was ever made here, whatever is left of it."""
    return folders.keys.exists() or folders.database.exists() or is_used(folders)


def is_used(folders: Folders) -> bool:
    """Whether a register was made here to its end."""
    return _use_mark(folders).exists()


def _require_begun(folders: Folders) -> None:
    if not is_begun(folders):
        raise NotYetStarted(
            _(
                "There is no register in %(folder)s. Start with «./tryggve up», or name the right folder with --data."
            )
            % {"folder": folders.data}
        )


def _require_restored(folders: Folders) -> None:
    if folders.rehearsal_mark.exists():
        raise OnlyRehearsed(
            _(
                "What lies in %(folder)s is only a rehearsal of a restore: it is never started, and the register goes "
                "on where it is. Nothing was changed. Delete the folder, and the one with its keys, when you have "
                "seen enough."
            )
            % {"folder": folders.data}
        )
    if folders.restore_mark.exists():
        raise RestoreUnfinished(
            _(
                "A register is being put back from a backup in %(folder)s, and that isn't finished. Nothing was "
                "changed. Go on with «./tryggve restore»: it takes up where it ended."
            )
            % {"folder": folders.data}
        )


def _bring_to_this_version(folders: Folders) -> None:
    custody.require_way_in()
    database.require_there(folders)
    upgrade.put_back_if_cut_off(folders)
    _complete(folders, waits=database.waits_for_upgrade())


def _put_back(folders: Folders, say: Callable[[str], None]) -> None:
    if upgrade.put_back_if_cut_off(folders):
        say(_("An upgrade was cut off. The data were put back as they were before it."))


def _alone(folders: Folders) -> AbstractContextManager[None]:
    """A command that writes may begin a register beside `up`."""
    return durable.alone(folders.run / "preparing")


def _complete(folders: Folders, *, waits: bool) -> None:
    _keep_secret_key(folders.secret_key_file)
    if waits:
        upgrade.upgrade(folders)
    upgrade.note_end(folders)


def _use_mark(folders: Folders) -> Path:
    return folders.data / "in-use"


def _keep_secret_key(path: Path) -> None:
    """Sessions are signed with this; it encrypts nothing. Written whole or not at all."""
    if path.exists():
        return
    durable.clear_unfinished(path)
    durable.write_unfinished(path, secrets.token_urlsafe(48).encode())
    durable.put_in_place(path)
