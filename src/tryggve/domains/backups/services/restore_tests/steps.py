"""What a test does once the data is fetched, in the order of ``engine.restore_test.STEPS``."""

from collections.abc import Callable, Mapping
from typing import Final

from tryggve.domains.backups.models import Shredding
from tryggve.domains.backups.services import shredding
from tryggve.domains.backups.services.restore_tests import (
    customers,
    database,
    fetch,
    hashes,
    read_all,
    starts,
)
from tryggve.domains.backups.services.restore_tests.outcomes import TestFailed
from tryggve.domains.backups.services.restore_tests.trial import Trial
from tryggve.domains.backups.services.shredding import ReadBack, Restored

Step = Callable[[Trial], None]


def _fetch(trial: Trial) -> None:
    trial.found |= fetch.fetch(trial.chosen, trial.scratch)
    read_all.read_own_folders(trial)


def _find_made_up(trial: Trial) -> None:
    """Somebody made up, whose words were written before the backup, is in it, and can be read.

    There is nobody in a copy that was taken while the register was locked, nor in one that was tested before.
    """
    outcome = shredding.read_back(
        trial.chosen.run, trial.scratch.folders.data, trial.require_keys(), trial.now()
    )
    if outcome is ReadBack.UNREADABLE:
        raise TestFailed("made-up-unreadable")
    if outcome is ReadBack.LOCKED:
        trial.locked = "locked"
    trial.found["made_up"] = int(outcome is ReadBack.READ)


def _prove_shredding(trial: Trial) -> None:
    """Whoever was made up and erased can't be read any more in the copy that held them."""
    shredding.erase_read_back(trial.now())
    restored = Restored(trial.chosen.run.pk, trial.scratch.folders.data)
    shredding.prove(trial.now(), trial.scratch.memory, restored=restored)
    still_readable = Shredding.objects.filter(proven_at=None, lost_at=None).exclude(failed_at=None).count()
    if still_readable:
        raise TestFailed("erased-readable", still_readable)


STEPS: Final[Mapping[str, Step]] = {
    "fetch": _fetch,
    "read-all": read_all.read_all,
    "hashes": hashes.compare,
    "database": database.look,
    "log": database.verify_log,
    "customers": customers.read,
    "canary": _find_made_up,
    "shredding": _prove_shredding,
    "starts": starts.start,
}
