"""The database of a register before anything serves: whether it is there, whole, and of this version."""

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager

from django.db import DatabaseError, connection
from django.db.migrations.loader import MigrationLoader
from django.utils.translation import gettext as _

from tryggve.audit import triggers
from tryggve.lib.errors import Refusal
from tryggve.lib.folders import Folders


class NewerData(Refusal):
    """The data folder was written by a newer program."""


class DatabaseUnreachable(Refusal):
    """The database doesn't answer."""


class DatabaseDamaged(Refusal):
    """The file of the database isn't one, or holds nonsense."""


class DatabaseMissing(Refusal):
    """There are keys, and nothing that they could open."""


def require_there(folders: Folders) -> None:
    """Refuse when it is missing or empty, without making it. Raises DatabaseMissing and what `answers` raises."""
    is_lost = connection.vendor == "sqlite" and not folders.database.exists()  # to look inside would make it
    if is_lost or not has_tables():
        raise DatabaseMissing(
            _(
                "There are keys in %(folder)s, but the database is missing or empty. If Tryggve was used here, put "
                "the newest copy of the database back; nothing was changed. If not, run «./tryggve up»."
            )
            % {"folder": folders.data}
        )


def waits_for_upgrade() -> bool:
    """Whether this version has migrations that it lacks. Raises NewerData and what `answers` raises."""
    with answers():
        loader = MigrationLoader(connection)
    unknown = set(loader.applied_migrations) - set(loader.disk_migrations)
    if unknown:
        raise NewerData(
            _(
                "This data was written by a newer Tryggve. Nothing was changed. Get the newest version and start again."
            )
        )
    return bool(set(loader.graph.nodes) - set(loader.applied_migrations))


def lost_its_keys() -> bool:
    """Whether it was used before: then a missing key store was lost, and a new one would open nothing."""
    return (
        connection.vendor != "sqlite" and has_tables()
    )  # SQLite's file is looked at: to open it would make it


def has_tables() -> bool:
    """Whether anything was ever made in it. Raises what `answers` raises."""
    with answers():
        return bool(connection.introspection.table_names())


def require_guarded_log() -> None:
    """Refuse when it would let someone change the audit log. Raises LogUnguarded and what `answers` raises."""
    with answers():
        triggers.verify()


@contextmanager
def answers() -> Iterator[None]:
    """What the database says when it can't be used, as a refusal: DatabaseDamaged or DatabaseUnreachable."""
    try:
        yield
    except (DatabaseError, sqlite3.Error) as cause:
        code = getattr(cause.__cause__ or cause, "sqlite_errorcode", 0) & 0xFF
        if code in {sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB}:
            raise DatabaseDamaged(
                _(
                    "The database is damaged. Tryggve has changed nothing in it: keep the file, and put the newest "
                    "whole copy in its place."
                )
            ) from cause
        raise DatabaseUnreachable(
            _(
                "The database can't be used. Nothing was changed. Is the disk there, with room and the rights to "
                "write on it? Is the database started?"
            )
        ) from cause
