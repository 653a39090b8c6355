"""Restore tests of a register on PostgreSQL: a database of their own, made for each and dropped after it."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from django.db import connection

from tests import ground
from tests.backups.backed_up import BackedUp, child, firm_backed_up

__all__ = ["firm_backed_up"]
pytestmark = [
    pytest.mark.process,
    pytest.mark.django_db(transaction=True),
    pytest.mark.skipif(not ground.on_postgresql(), reason="asks PostgreSQL"),
]
_KILLED_INSIDE = """
import django, os, pathlib, signal, sys; django.setup()
from tryggve.domains.backups.database_copies import postgresql_trials
postgresql_trials._create(postgresql_trials._prefix() + "12345678")
os.kill(os.getpid(), signal.SIGKILL)
"""


def _trials() -> list[str]:
    with connection.cursor() as cursor:
        cursor.execute("SELECT datname FROM pg_database WHERE datname LIKE 'tryggve_restore_test_%'")
        return [name for (name,) in cursor.fetchall()]


@contextmanager
def _somebody_plain() -> Iterator[None]:
    """The register's user may not make databases."""
    with connection.cursor() as cursor:
        cursor.execute("DROP ROLE IF EXISTS plain")
        cursor.execute("CREATE ROLE plain LOGIN")
    before = connection.settings_dict["USER"]
    connection.settings_dict["USER"] = "plain"
    try:
        yield
    finally:
        connection.settings_dict["USER"] = before
    with connection.cursor() as cursor:
        cursor.execute("DROP ROLE plain")


def test_its_database_is_gone_afterwards_also_what_a_killed_one_left(firm_backed_up: BackedUp) -> None:
    child(_KILLED_INSIDE).wait(timeout=60)
    assert len(_trials()) == 1
    assert firm_backed_up.came_to() == ("PASSED", "", "", 0)
    assert _trials() == []


def test_user_who_may_not_make_databases_is_told_so(firm_backed_up: BackedUp) -> None:
    with _somebody_plain():
        row = firm_backed_up.test()
    assert (row.state, row.cause, row.step) == ("UNKNOWN", "no-test-database", "fetch")
    # Nothing was fetched for that.
    assert "bytes" not in row.found


def _halved(copy: Path) -> None:
    dump = copy / "backups" / "copy" / "database.pgdump"
    content = dump.read_bytes()
    dump.write_bytes(content[: len(content) // 2])


def test_dump_that_is_damaged_fails(firm_backed_up: BackedUp) -> None:
    with firm_backed_up.data_changed(_halved):
        assert firm_backed_up.came_to()[:3] == ("FAILED", "database", "database-damaged")
