"""Making, upgrading and refusing a data folder, before anything serves."""

import os
import secrets
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from django.core.management import call_command
from django.db import DatabaseError, connection
from django.db.migrations.loader import MigrationLoader
from django.utils.translation import gettext as _

from tryggve import vault
from tryggve.audit import triggers
from tryggve.lib import folders as folder
from tryggve.lib.errors import Refusal
from tryggve.lib.folders import Folders
from tryggve.vault import durable


class NewerData(Refusal):
    """The data folder was written by a newer program."""


class NotYetStarted(Refusal):
    """There is no register in that folder."""


class UpgradeNeeded(Refusal):
    """The database waits for an upgrade, which only `up` does."""


class DatabaseUnreachable(Refusal):
    """The database doesn't answer, or is damaged."""


class DatabaseMissing(Refusal):
    """There are keys, and nothing that they could open."""


def prepare(folders: Folders) -> None:
    """Make what is missing and bring the database to this version. Safe to cut at any point and run again.

    Raises NewerData, DatabaseUnreachable, LogUnguarded and the refusals of folders and of the vault.
    """
    folder.create(folders)
    with durable.alone(folders.run / "preparing"):  # a command that writes may begin a register beside `up`
        if not is_begun(folders):
            vault.create(folders, has_data=_has_tables())
        vault.keyring()
        _keep_secret_key(folders.secret_key_file)
        if _waiting_migrations():
            _upgrade(folders)
        _upgrade_mark(folders).unlink(missing_ok=True)
    require_guarded_log()


def require(folders: Folders) -> None:
    """Refuse unless the folder holds a register that this version can use as it is. Makes nothing.

    Raises NotYetStarted, DatabaseMissing, UpgradeNeeded, NewerData, DatabaseUnreachable and the vault's refusals.
    """
    if not is_begun(folders):
        raise NotYetStarted(
            _(
                "There is no register in %(folder)s. Start with «./tryggve up», or name the right folder with --data."
            )
            % {"folder": folders.data}
        )
    vault.keyring()
    if connection.vendor == "sqlite" and not folders.database.exists():
        raise DatabaseMissing(
            _(
                "The database %(file)s is missing. If it was there before, put the newest copy of it back. "
                "If Tryggve was never used here, run «./tryggve up»."
            )
            % {"file": folders.database}
        )
    if _waiting_migrations():
        raise UpgradeNeeded(
            _("The data was made by an older Tryggve. Run «./tryggve up» once, it upgrades the data.")
        )


def require_guarded_log() -> None:
    """Refuse when the database would let someone change the audit log. Raises LogUnguarded."""
    with _reachable():
        triggers.verify()


def is_begun(folders: Folders) -> bool:
    """Whether a register was ever made here, whatever is left of it."""
    return folders.keys.exists() or folders.database.exists()


def _waiting_migrations() -> bool:
    with _reachable():
        loader = MigrationLoader(connection)
    unknown = set(loader.applied_migrations) - set(loader.disk_migrations)
    if unknown:
        raise NewerData(
            _(
                "This data was written by a newer Tryggve. Nothing was changed. Get the newest version and start again."
            )
        )
    return bool(set(loader.graph.nodes) - set(loader.applied_migrations))


def _has_tables() -> bool:
    """Whether the database was used before: then a missing key store was lost, and a new one would open nothing."""
    if connection.vendor == "sqlite":  # its file is looked at, not opened: that would make it
        return False
    return _has_any_table()


@contextmanager
def _reachable() -> Iterator[None]:
    try:
        yield
    except (DatabaseError, sqlite3.Error) as cause:
        raise DatabaseUnreachable(
            _("The database can't be read. Nothing was changed. Is the disk there and the database started?")
        ) from cause


def _keep_secret_key(path: Path) -> None:
    """Sessions are signed with this; it encrypts nothing. Written whole or not at all."""
    if path.exists():
        return
    fresh = path.with_suffix(".new")
    fresh.unlink(missing_ok=True)
    descriptor = os.open(fresh, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(descriptor, "w") as out:
        out.write(secrets.token_urlsafe(48))
        out.flush()
        os.fsync(out.fileno())
    fresh.rename(path)


def _upgrade(folders: Folders) -> None:
    """An upgrade that goes wrong must not cost the register: the database is kept as it was before."""
    mark = _upgrade_mark(folders)
    if not mark.exists():  # else one was cut off, and the copy from before it is the one to keep
        _keep_copy(folders)
        mark.touch(mode=0o600)
    call_command("migrate", verbosity=0, interactive=False, skip_checks=True)


def _upgrade_mark(folders: Folders) -> Path:
    return folders.run / "upgrading"


def _keep_copy(folders: Folders) -> None:
    if connection.vendor != "sqlite" or not _has_any_table():
        return
    copy = folders.data / "before-upgrade.sqlite3"
    fresh = copy.with_name(copy.name + ".new")
    fresh.unlink(missing_ok=True)
    fresh.touch(mode=0o600)
    source, target = sqlite3.connect(folders.database), sqlite3.connect(fresh)
    try:
        source.backup(target)
    finally:
        source.close()
        target.close()
    fresh.replace(copy)


def _has_any_table() -> bool:
    with _reachable():
        return bool(connection.introspection.table_names())
