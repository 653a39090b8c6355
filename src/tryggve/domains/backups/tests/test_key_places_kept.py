"""What a pair asks of a place for keys only when something may have come about there."""

import shutil
import signal
from datetime import timedelta
from pathlib import Path
from uuid import uuid4

import pytest

from tryggve.domains.backups.models import Place, Run
from tryggve.domains.backups.selectors.places import PlaceInUse
from tryggve.domains.backups.services.places import passwords
from tryggve.domains.backups.tests import child, here
from tryggve.domains.backups.tests.here import safe, tidy
from tryggve.vault import recovery
from tryggve.vault.recovery import BackupKit

__all__ = ["safe", "tidy"]
pytestmark = [pytest.mark.process, pytest.mark.django_db(transaction=True)]
BROUGHT = "backups: brought, not written down"


def _is_clear(place: PlaceInUse) -> bool:
    return Place.objects.get(pk=place.id).is_clear


def _leave_a_deleted_copy(place: PlaceInUse) -> None:
    """Its bytes lie there, and no snapshot holds them: as somebody leaves it who is killed while deleting."""
    repository = here.keys_of(place)
    newest = repository.snapshots()[-1]
    repository.forget_alone(newest.id, seconds=30)
    assert repository.has_remains()


def test_place_that_somebody_was_cut_off_in_is_looked_through_and_cleared(safe: PlaceInUse) -> None:
    here.taken()
    assert _is_clear(safe)
    assert child.run("take", BROUGHT) == -signal.SIGKILL
    assert not _is_clear(safe)
    _leave_a_deleted_copy(safe)
    assert here.taken().cause == "no-data-place"
    assert (here.keys_of(safe).has_remains(), _is_clear(safe)) == (False, True)


def test_place_that_lacks_a_copy_that_was_noted_is_cleared(safe: PlaceInUse) -> None:
    here.taken()
    _leave_a_deleted_copy(safe)
    assert _is_clear(safe), "as far as is known"
    here.taken()
    assert not here.keys_of(safe).has_remains()


def test_place_that_could_not_be_cleared_is_not_called_clear(
    safe: PlaceInUse, monkeypatch: pytest.MonkeyPatch
) -> None:
    here.taken()
    _leave_a_deleted_copy(safe)
    Place.objects.update(is_clear=True)
    monkeypatch.setattr(here.keys_of(safe).__class__, "prune", lambda *_args, **_more: None)
    monkeypatch.setattr(here.keys_of(safe).__class__, "forget", lambda *_args, **_more: None)
    assert here.taken().state == Run.State.FAILED
    assert not _is_clear(safe)


def test_kits_are_let_in_when_one_comes_and_looked_for_once_a_day(
    safe: PlaceInUse, monkeypatch: pytest.MonkeyPatch
) -> None:
    repository, at = here.keys_of(safe), here.now()
    kits = [BackupKit(uuid4(), 1, counts=True, password="of kit one")]
    monkeypatch.setattr(recovery, "backup_kits", lambda: kits)
    passwords.keep(repository, safe.id, at=at)
    there = Path(repository.place.location, "keys")
    [_own, of_kit] = sorted(there.iterdir(), key=lambda one: one.stat().st_mtime_ns)
    of_kit.unlink()
    passwords.keep(repository, safe.id, at=at + timedelta(hours=1))
    assert len(list(there.iterdir())) == 1
    passwords.keep(repository, safe.id, at=at + timedelta(hours=21))
    assert len(list(there.iterdir())) == 2
    kits.append(BackupKit(uuid4(), 2, counts=True, password="of kit two"))
    passwords.keep(repository, safe.id, at=at + timedelta(hours=22))
    assert len(list(there.iterdir())) == 3


def test_snapshot_is_known_by_its_whole_id_with_and_without_what_restic_keeps(
    safe: PlaceInUse, tmp_path: Path
) -> None:
    repository = here.keys_of(safe)
    (tmp_path / "one").write_text("one")
    made = repository.backup([tmp_path / "one"]).snapshot
    [lies] = repository.snapshots()
    assert repository.whole_id(made[:8]) == lies.id
    shutil.rmtree(repository.cache)
    assert repository.whole_id(made[:8]) == lies.id
    assert repository.whole_id("0000aaaa") == "0000aaaa"
