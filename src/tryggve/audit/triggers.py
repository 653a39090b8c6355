"""Append-only tables: the database itself refuses to change, remove or replace their rows."""

import logging
from collections.abc import Sequence

from django.db import connections
from django.db.backends.base.base import BaseDatabaseWrapper
from django.utils.translation import gettext as _

from tryggve.audit import triggers_postgresql, triggers_sqlite
from tryggve.lib.errors import Refusal

logger = logging.getLogger(__name__)

TABLES = ("audit_entry", "audit_leaf")
_DIALECTS = {"sqlite": triggers_sqlite, "postgresql": triggers_postgresql}


class LogUnguarded(Refusal):
    """The database would let someone change the audit log."""


def missing(connection: BaseDatabaseWrapper, tables: Sequence[str] = TABLES) -> list[str]:
    """The names of triggers that are absent, switched off or not as we made them."""
    dialect = _DIALECTS[connection.vendor]
    return [
        name
        for table in tables
        for name in sorted(dialect.triggers_of(table).keys() - dialect.sound(connection, table))
    ]


def install(connection: BaseDatabaseWrapper, tables: Sequence[str] = TABLES) -> list[str]:
    """Make what is missing, and answer its names."""
    absent = missing(connection, tables)
    dialect = _DIALECTS[connection.vendor]
    with connection.cursor() as cursor:
        for table in tables:
            for name in dialect.triggers_of(table).keys() & set(absent):
                for statement in dialect.statements(table, name):
                    cursor.execute(statement)
    return absent


def verify(using: str = "default") -> None:
    """Raise LogUnguarded unless every trigger is in place. Called at start, after the migrations."""
    if absent := missing(connections[using]):
        raise LogUnguarded(
            _(
                "Tryggve didn't start, because its log is not protected against changes. "
                "Your customers and the log are as they were. Show this to whoever looks after your computer: "
                "%(triggers)s"
            )
            % {"triggers": ", ".join(absent)}
        )


def put_back(*, using: str, **kwargs: object) -> None:
    """After every migrate: SQLite drops a table's triggers without a word when Django remakes the table."""
    connection = connections[using]
    there = [table for table in TABLES if table in connection.introspection.table_names()]
    if absent := install(connection, there):
        logger.warning("append-only triggers were missing, now back", extra={"facts": {"triggers": absent}})
