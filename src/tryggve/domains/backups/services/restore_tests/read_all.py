"""The second step: what else lies in the places is read, byte by byte, a part of it each week."""

from typing import Final

from tryggve.domains.backups.engine import restore_test
from tryggve.domains.backups.models import RestoreTest
from tryggve.domains.backups.restic import Damaged, Repository, ResticFailed
from tryggve.domains.backups.services.pairs import carrying
from tryggve.domains.backups.services.restore_tests import choosing, fetch, tar_contents
from tryggve.domains.backups.services.restore_tests.outcomes import CouldNotTest, TestFailed, of_restic
from tryggve.domains.backups.services.restore_tests.trial import Trial
from tryggve.vault.key_copies import KeyCopy

_EVERYTHING: Final = 0
_CUSTOMERS: Final = "customers_customer"


def read_all(trial: Trial) -> None:
    """The keys whole; of the data the part whose turn it is, or everything.

    That the newest snapshot comes back says nothing of the older ones. A check that doesn't read counts for nothing.
    Raises TestFailed, CouldNotTest, ResticFailed.
    """
    trial.keys = _keys(trial)
    part = _EVERYTHING if trial.is_everything else restore_test.next_part(_parts_read(trial))
    _checked(trial.chosen.data, part)
    trial.found |= {"part": part, "parts": restore_test.PARTS}
    for repository in choosing.key_repositories():
        _check_keys(repository)


def read_own_folders(trial: Trial) -> None:
    """The company's own folders, as they stream by: in the clear they are written nowhere.

    Raises TestFailed and ResticFailed.
    """
    chosen = trial.chosen
    if not chosen.own_folders:
        return
    named = [one for one in chosen.data.list_files(chosen.own_folders) if not one.is_folder]
    files, size = tar_contents.count(chosen.data.dump_folders(chosen.own_folders))
    if (files, size) != (len(named), sum(one.size for one in named)):
        raise TestFailed("own-folders-differ", abs(files - len(named)))
    trial.found |= {"own_files": files, "own_bytes": size}


def _keys(trial: Trial) -> KeyCopy:
    """The newest copy of the keys. Where there is none any more, as many customers as the data holds are lost."""
    try:
        newest, lost = choosing.newest_keys()
        keys = fetch.keys_of(newest)
    except (TestFailed, Damaged) as failed:
        code = failed.code if isinstance(failed, TestFailed) else "keys-damaged"
        raise TestFailed(code, trial.manifest.counts.get(_CUSTOMERS, 0)) from None
    if lost:
        raise TestFailed("keys-lost")
    return keys


def _parts_read(trial: Trial) -> list[int]:
    """What was read of this place before, the newest first."""
    before = RestoreTest.objects.filter(place=trial.chosen.place.id, found__part__gt=_EVERYTHING)
    return [int(found["part"]) for found in before.values_list("found", flat=True)[:1]]


def _check_keys(repository: Repository) -> None:
    """A place that can't be reached just now isn't this test's matter; one that lost its keys is."""
    try:
        _checked(repository, _EVERYTHING)
    except ResticFailed as failed:
        outcome = of_restic(failed)
        if not isinstance(outcome, CouldNotTest):
            raise TestFailed("keys-damaged") from None


def _checked(repository: Repository, part: int) -> None:
    if part == _EVERYTHING:
        carrying.unlocked(repository, repository.check_all_data)
    else:
        carrying.unlocked(repository, lambda: repository.check_part(part, of=restore_test.PARTS))
