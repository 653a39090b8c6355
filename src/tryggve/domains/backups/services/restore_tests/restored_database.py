"""Where the restored database is looked into: the file itself, or a database of its own on the register's server."""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from typing import Any, Final

from django.db import connection

from tryggve.domains.backups.database_copies import postgresql_trials
from tryggve.domains.backups.engine.manifest import Manifest
from tryggve.domains.backups.services.restore_tests.outcomes import CouldNotTest, TestFailed
from tryggve.domains.backups.services.restore_tests.scratch import Scratch

_SQLITE: Final = "sqlite"


def require_usable(manifest: Manifest) -> None:
    """Before anything is fetched: whether it could be looked into here. Raises CouldNotTest."""
    if manifest.vendor == _SQLITE:
        return
    if manifest.vendor != connection.vendor:
        raise CouldNotTest("other-database")
    try:
        postgresql_trials.require_usable()
    except postgresql_trials.MayNotCreate:
        raise CouldNotTest("no-test-database") from None
    except postgresql_trials.NoRestoreProgram:
        raise CouldNotTest("no-pg-restore") from None


@contextmanager
def put_in_place(manifest: Manifest, scratch: Scratch) -> Iterator[Mapping[str, Any] | None]:
    """How to look into it, as Django's settings; None for the file. What was made for it is gone with the block.

    Raises TestFailed and CouldNotTest.
    """
    if manifest.vendor == _SQLITE:
        if not scratch.folders.database.is_file():
            raise TestFailed("database-missing")
        yield None
        return
    dump = scratch.folders.data / "backups" / "copy" / "database.pgdump"
    if not dump.is_file():
        raise TestFailed("database-missing")
    if manifest.vendor != connection.vendor:
        raise CouldNotTest("other-database")
    try:
        with postgresql_trials.restored(dump) as trial:
            scratch.folders.database_url_file.touch(mode=0o600)
            scratch.folders.database_url_file.write_text(trial.address)
            yield trial.settings
    except postgresql_trials.MayNotCreate:
        raise CouldNotTest("no-test-database") from None
    except postgresql_trials.NoRestoreProgram:
        raise CouldNotTest("no-pg-restore") from None
    except postgresql_trials.RestoreFailed:
        raise TestFailed("database-damaged") from None


def remove_left_behind() -> None:
    """Databases that a test left which was killed."""
    if connection.vendor != _SQLITE:
        postgresql_trials.remove_left_behind()
