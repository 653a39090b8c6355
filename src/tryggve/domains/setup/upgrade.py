"""Bringing a database to this version, or leaving it as it was.

On SQLite a copy is kept, and put back when the upgrade fails, or by the next start when it was cut off. On PostgreSQL
the whole upgrade is one transaction, which the server itself takes back.
"""

import logging
import sqlite3
from contextlib import closing, nullcontext
from pathlib import Path
from typing import Any, Final

from django.core.management import call_command
from django.core.management.commands.migrate import Command as Migrate
from django.db import connection, transaction
from django.utils.translation import gettext_lazy

from tryggve.domains.setup import database
from tryggve.lib import write_points
from tryggve.lib.errors import Refusal
from tryggve.lib.folders import Folders

logger = logging.getLogger(__name__)

_APPLIED: Final = "SELECT app, name FROM django_migrations ORDER BY app, name"


class UpgradeFailed(Refusal):
    """The data could not be brought to this version, and are as they were."""

    sentence = gettext_lazy(
        "This version of Tryggve could not bring your data up to date (%(kind)s). They were put back as they were "
        "before, so nothing is lost. Start the version that you had until now, and send that word in brackets to "
        "whoever looks after Tryggve for you."
    )


class NotPutBack(Refusal):
    """The upgrade failed, and the copy from before it could not be put back."""

    sentence = gettext_lazy(
        "This version of Tryggve could not bring your data up to date, and the disk doesn't let them be put back as "
        "they were. Nothing is lost: a whole copy from before lies in %(copy)s. Make room on the disk and start "
        "again; the copy is then put back by itself."
    )


def upgrade(folders: Folders) -> None:
    """An upgrade that goes wrong must not cost the register. Raises UpgradeFailed and NotPutBack.

    A first start has nothing to lose, and raises what it raises.
    """
    if not database.has_tables():
        _migrate()
        return
    _keep_copy(folders)
    _mark(folders).touch(mode=0o600)
    write_points.reached("setup: upgrade begun")
    try:
        with transaction.atomic() if connection.vendor == "postgresql" else nullcontext():
            _migrate()
    except BaseException as cause:
        _put_back(folders)
        note_end(folders)
        if not isinstance(cause, Exception):
            raise
        logger.error("an upgrade failed", extra={"facts": {"error": type(cause).__name__}})
        raise UpgradeFailed(kind=type(cause).__name__) from cause


def note_end(folders: Folders) -> None:
    """From now on no upgrade is under way: the next one keeps a copy of its own."""
    _mark(folders).unlink(missing_ok=True)


def put_back_if_cut_off(folders: Folders) -> bool:
    """Where an upgrade began and didn't end, the database becomes again what it was before; whether it was another.

    Raises NotPutBack.
    """
    if not _mark(folders).exists():
        return False
    # With the same migrations nothing of the upgrade stayed, and the older program may have worked on since.
    is_half = _has_copy(folders) and _applied(folders.database) != _applied(_copy(folders))
    if is_half:
        _put_back(folders)
    note_end(folders)
    return is_half


class _InOneTransaction(Migrate):
    """Rows that wait for their references to be looked at would keep PostgreSQL from changing their table."""

    def migration_progress_callback(
        self, action: str, migration: Any | None = None, fake: bool = False
    ) -> None:
        if action == "apply_success" and connection.vendor == "postgresql" and connection.in_atomic_block:
            connection.check_constraints()  # at once, and from then on at the end again
        if action == "apply_success":
            write_points.reached("setup: migrated one step")
        super().migration_progress_callback(action, migration, fake)


def _migrate() -> None:
    call_command(_InOneTransaction(), verbosity=0, interactive=False, skip_checks=True)


def _mark(folders: Folders) -> Path:
    return folders.run / "upgrading"


def _copy(folders: Folders) -> Path:
    return folders.data / "before-upgrade.sqlite3"


def _keep_copy(folders: Folders) -> None:
    if connection.vendor != "sqlite":
        return
    copy = _copy(folders)
    fresh = copy.with_name(copy.name + ".new")
    fresh.unlink(missing_ok=True)
    fresh.touch(mode=0o600)
    with (
        database.answers(),
        closing(sqlite3.connect(folders.database)) as source,
        closing(sqlite3.connect(fresh)) as target,
    ):
        source.backup(target)
    fresh.replace(copy)


def _has_copy(folders: Folders) -> bool:
    return connection.vendor == "sqlite" and _copy(folders).exists()


def _applied(file: Path) -> list[tuple[str, str]]:
    with database.answers(), closing(sqlite3.connect(file)) as read:
        return read.execute(_APPLIED).fetchall()


def _put_back(folders: Folders) -> None:
    """Page by page within one transaction of the database itself: cut off, it is begun again."""
    if not _has_copy(folders):
        return
    connection.close()
    try:
        with (
            closing(sqlite3.connect(_copy(folders))) as source,
            closing(sqlite3.connect(folders.database)) as half,
        ):
            source.backup(half)
    except sqlite3.Error:
        raise NotPutBack(copy=_copy(folders)) from None
    write_points.reached("setup: put back after an upgrade")
