"""Somebody else fills the database meanwhile: what was brought is noted all the same."""

import sqlite3
import threading
from collections.abc import Iterator
from contextlib import closing
from typing import Any

import pytest
from django.db import connection

from tests import ground
from tryggve.domains.backups.models import Run
from tryggve.domains.backups.selectors.places import PlaceInUse
from tryggve.domains.backups.tests import here
from tryggve.domains.backups.tests.here import near, safe, tidy
from tryggve.lib import write_points

__all__ = ["near", "safe", "tidy"]
pytestmark = [
    pytest.mark.process,
    pytest.mark.django_db(transaction=True),
    pytest.mark.skipif(ground.on_postgresql(), reason="only in SQLite one writer keeps out all others"),
]


@pytest.fixture
def impatient() -> Iterator[None]:
    """Whoever waits to write gives up at once."""
    with connection.cursor() as cursor:
        cursor.execute("PRAGMA busy_timeout = 1")
    yield
    connection.close()
    write_points.cut_with(None)


@pytest.mark.usefixtures("impatient")
def test_what_was_brought_is_noted_though_the_database_was_busy(near: PlaceInUse, safe: PlaceInUse) -> None:
    """Two tries to write meet somebody else, right after the data came to its place."""
    refused, is_brought = list[str](), threading.Event()

    def reached(point: str) -> None:
        if point == "backups: brought, not written down":
            is_brought.set()

    def refuse_two(execute: Any, sql: str, params: Any, many: bool, context: Any) -> Any:
        if not sql.startswith("BEGIN") or not is_brought.is_set() or len(refused) == 2:
            return execute(sql, params, many, context)
        refused.append(sql)
        with closing(sqlite3.connect(name, isolation_level=None)) as other:
            other.execute("BEGIN IMMEDIATE")
            return execute(sql, params, many, context)

    name = str(connection.settings_dict["NAME"])
    write_points.cut_with(reached)
    with connection.execute_wrapper(refuse_two):
        run = here.taken()
    assert len(refused) == 2
    assert (run.state, run.cause) == (Run.State.DONE, "")
    assert here.copies(run) == {"near DATA": "", "safe KEYS": ""}
