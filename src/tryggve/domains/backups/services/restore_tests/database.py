"""The fourth and the fifth step: the database is whole and has what it had, and so has its audit log."""

from typing import Final

from django.db.migrations.loader import MigrationLoader

from tryggve.domains.backups.database_copies import copy_looking
from tryggve.domains.backups.database_copies.copy_looking import CannotLook
from tryggve.domains.backups.services.restore_tests import restored_database
from tryggve.domains.backups.services.restore_tests.outcomes import TestFailed
from tryggve.domains.backups.services.restore_tests.trial import Trial

# Or an entry had waited long for its place: that is told last, of a log that is whole, and is no backup's fault.
_WHOLE: Final = frozenset({"", "unsequenced"})


def look(trial: Trial) -> None:
    """Whether it holds together, has every row that it had, and is of a version that this program knows.

    Raises TestFailed and CouldNotTest.
    """
    database = trial.until_the_end.enter_context(
        restored_database.put_in_place(trial.manifest, trial.scratch)
    )
    try:
        looked = copy_looking.look(
            trial.scratch.folders.data, database=database, thoroughly=True, log_at=trial.manifest.taken_at
        )
    except CannotLook:
        raise TestFailed("database-damaged") from None
    if not looked.is_whole:
        raise TestFailed("database-damaged")
    unlike = {table for table, rows in trial.manifest.counts.items() if looked.counts.get(table) != rows}
    if unlike or looked.counts.keys() != trial.manifest.counts.keys():
        raise TestFailed("rows-differ", len(unlike))
    if unknown := _unknown(looked.migrations):
        raise TestFailed("newer-copy", len(unknown))
    if looked.migrations != list(trial.manifest.migrations):
        raise TestFailed("other-version")
    trial.looked = looked
    trial.found |= {"rows": trial.manifest.rows, "tables": len(looked.counts)}


def verify_log(trial: Trial) -> None:
    """What was logged before the backup is there as it was logged. Raises TestFailed."""
    looked, tree = trial.require_looked(), trial.manifest.audit
    if looked.log_fault not in _WHOLE:
        raise TestFailed("log-broken")
    if tree is not None and trial.inside.root != tree.root:
        raise TestFailed("other-log")
    trial.found["log_entries"] = looked.log_size


def _unknown(migrations: list[str]) -> set[str]:
    """Those that this program doesn't have: a newer one made them."""
    known = {
        f"{app}.{name}" for app, name in MigrationLoader(None, ignore_no_migrations=True).disk_migrations
    }
    return {one for one in migrations if one not in known}
