"""Copies that came back whole and aren't what they should be: a restore test finds each of them out."""

import os
import sqlite3
import subprocess
import sys
from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from typing import Final

import pytest

from tests import ground
from tests.backups.backed_up import (
    DATABASE,
    BackedUp,
    firm_backed_up,
    in_manifest,
    manifest_in,
)
from tryggve.domains.backups.services.restore_tests import beside
from tryggve.lib.folders import Folders

__all__ = ["firm_backed_up"]
pytestmark = [pytest.mark.process, pytest.mark.both_databases, pytest.mark.django_db(transaction=True)]
_PASSED, _FAILED = "PASSED", "FAILED"
_BACKWARDS: Final = (
    "import django; django.setup(); from django.core.management import call_command; "
    "call_command('migrate', 'exposure', '0003', verbosity=0, skip_checks=True)"
)
on_sqlite = pytest.mark.skipif(ground.on_postgresql(), reason="changes the copied file of the database")


def _without_file(copy: Path) -> None:
    (copy / "files" / "of-cilla").unlink()


def _with_another_file(copy: Path) -> None:
    (copy / "files" / "of-nobody").write_bytes(b"?")


def _with_another_hash(copy: Path) -> None:
    [one] = manifest_in(copy)["files"]
    in_manifest(files=[one | {"sha256": "0" * 64}])(copy)


def _of_another_pair(copy: Path) -> None:
    in_manifest(pair="01890000-0000-7000-8000-000000000000")(copy)


@pytest.mark.parametrize(
    ("edit", "step", "cause", "count"),
    [
        (_without_file, "hashes", "files-missing", 1),
        (_with_another_file, "hashes", "files-too-many", 1),
        (_with_another_hash, "hashes", "files-differ", 1),
        (_of_another_pair, "fetch", "other-pair", 0),
        (in_manifest(counts={"customers_customer": 7}), "database", "rows-differ", 1),
    ],
)
def test_copy_that_isnt_what_it_says_fails(
    firm_backed_up: BackedUp, edit: Callable[[Path], None], step: str, cause: str, count: int
) -> None:
    with firm_backed_up.data_changed(edit):
        assert firm_backed_up.came_to() == (_FAILED, step, cause, count)


def _in_database(*statements: str) -> Callable[[Path], None]:
    def edit(copy: Path) -> None:
        with closing(sqlite3.connect(copy / DATABASE)) as database, database:
            for statement in statements:
                database.execute(statement)

    return edit


def _damaged(copy: Path) -> None:
    content = bytearray((copy / DATABASE).read_bytes())
    content[4096 * 20 : 4096 * 40] = os.urandom(4096 * 20)
    (copy / DATABASE).write_bytes(content)


def _of_the_future(copy: Path) -> None:
    _in_database(
        "INSERT INTO django_migrations (app, name, applied) VALUES ('exposure', '9999_future', '2031-01-01')"
    )(copy)
    told = manifest_in(copy)
    counts = told["counts"] | {"django_migrations": told["counts"]["django_migrations"] + 1}
    migrations = [
        "exposure.9999_future" if one.startswith("exposure.") else one for one in told["migrations"]
    ]
    in_manifest(counts=counts, migrations=migrations)(copy)


_LOG_CHANGED = (
    "DROP TRIGGER audit_entry_no_update",
    "UPDATE audit_entry SET actor = 'machine:mallory' WHERE id = (SELECT min(entry) FROM audit_leaf)",
)


@on_sqlite
@pytest.mark.parametrize(
    ("edit", "step", "cause", "count"),
    [
        (_damaged, "database", "database-damaged", 0),
        (_in_database("DELETE FROM customers_customerchange"), "database", "rows-differ", 1),
        (_of_the_future, "database", "newer-copy", 1),
        (_in_database(*_LOG_CHANGED), "log", "log-broken", 0),
        (_in_database("UPDATE customers_customer SET revision = 9"), "customers", "customers-unreadable", 2),
    ],
)
def test_database_that_isnt_what_it_was_fails(
    firm_backed_up: BackedUp, edit: Callable[[Path], None], step: str, cause: str, count: int
) -> None:
    with firm_backed_up.data_changed(edit):
        assert firm_backed_up.came_to() == (_FAILED, step, cause, count)


def _made_older(copy: Path) -> None:
    """As the version before wrote it that lacked the last migration."""
    (copy / DATABASE).rename(copy / "tryggve.sqlite3")
    environment = beside.environment(Folders(copy, copy / "config"))
    subprocess.run([sys.executable, "-P", "-c", _BACKWARDS], env=environment, check=True)
    (copy / "tryggve.sqlite3").rename(copy / DATABASE)
    told = manifest_in(copy)
    counts = told["counts"] | {"django_migrations": told["counts"]["django_migrations"] - 1}
    migrations = [
        "exposure.0003_receiver_reports" if one.startswith("exposure.") else one for one in told["migrations"]
    ]
    in_manifest(counts=counts, migrations=migrations)(copy)


@on_sqlite
def test_copy_from_an_older_version_is_brought_to_this_one(firm_backed_up: BackedUp) -> None:
    with firm_backed_up.data_changed(_made_older):
        assert firm_backed_up.came_to() == (_PASSED, "", "", 0)
