"""What is asked of a register's database, so that a copy can be held against it: the same of either kind."""

from typing import Final
from uuid import UUID

from django.db import connection
from django.db.migrations.recorder import MigrationRecorder

from tryggve.vault import owners

# What only helps to serve, and comes and goes meanwhile.
_OF_NOBODY: Final = frozenset({"django_session"})


def counts() -> dict[str, int]:
    """The rows of each table."""
    with connection.cursor() as cursor:
        tables = connection.introspection.table_names(cursor)
        return {table: _count(table) for table in sorted(tables) if table not in _OF_NOBODY}


def migrations() -> list[str]:
    """The last one of each app that was applied, as ``app.name``."""
    last: dict[str, str] = {}
    for app, name in sorted(MigrationRecorder(connection).applied_migrations()):
        last[app] = name
    return [f"{app}.{name}" for app, name in sorted(last.items())]


def named_keys() -> set[UUID]:
    """The ids of all keys that it names. Raises what their owners raise."""
    return set(owners.keys_in_use())


def is_whole(*, thoroughly: bool) -> bool:
    """Whether an SQLite database holds together; thoroughly with its indexes, and with who names whom."""
    with connection.cursor() as cursor:
        cursor.execute("PRAGMA integrity_check(1)" if thoroughly else "PRAGMA quick_check(1)")
        if cursor.fetchone() != ("ok",):
            return False
        if not thoroughly:
            return True
        cursor.execute("PRAGMA foreign_key_check")
        return cursor.fetchone() is None


def _count(table: str) -> int:
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT count(*) FROM {connection.ops.quote_name(table)}")  # noqa: S608 - a table's own name
        return int(cursor.fetchone()[0])
