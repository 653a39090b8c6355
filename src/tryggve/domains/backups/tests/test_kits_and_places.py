"""A recovery kit that was made or tested opens the key places soon, with the keys as they are then."""

import shutil
from dataclasses import replace
from uuid import uuid4

import pytest

from tryggve.audit import services as audit
from tryggve.audit.registry import actions
from tryggve.domains.backups.models import Run
from tryggve.domains.backups.selectors.places import PlaceInUse
from tryggve.domains.backups.services import pairs
from tryggve.domains.backups.services.pairs import turns
from tryggve.domains.backups.tests import here
from tryggve.domains.backups.tests.here import safe, tidy
from tryggve.vault import recovery
from tryggve.vault.recovery import BackupKit

__all__ = ["safe", "tidy"]
pytestmark = [pytest.mark.process, pytest.mark.django_db(transaction=True)]


@pytest.mark.parametrize("deed", ["setup.kit-made", "setup.kit-tested"])
def test_copy_of_the_keys_is_asked_for_when_kits_change(safe: PlaceInUse, deed: str) -> None:
    audit.record(actions()[deed], actor="system", at=here.now(), number=1)
    assert turns.next_waiting() == Run.Why.ERASURE


def test_copy_of_the_keys_opens_by_the_newest_kit(safe: PlaceInUse, monkeypatch: pytest.MonkeyPatch) -> None:
    kit = BackupKit(uuid4(), 1, counts=True, password="of the kit")
    monkeypatch.setattr(recovery, "backup_kits", lambda: [kit])
    run = pairs.take_keys_alone(now=here.now)
    assert (run.state, run.cause) == (Run.State.DONE, "")
    by_kit = replace(here.keys_of(safe), password="of the kit")
    [brought] = by_kit.snapshots()
    assert brought.tags >= {"keys", f"pair={run.pk.hex}", "why=ERASURE"}


def test_place_that_lets_no_kit_in_fails(safe: PlaceInUse, monkeypatch: pytest.MonkeyPatch) -> None:
    """For another's: who has only the pages couldn't open what lies there."""
    kit = BackupKit(uuid4(), 1, counts=True, password="of the kit")

    def kits() -> list[BackupKit]:
        shutil.rmtree(safe.access.location, ignore_errors=True)
        return [kit]

    monkeypatch.setattr(recovery, "backup_kits", kits)
    run = pairs.take_keys_alone(now=here.now)
    assert (run.state, here.copies(run)) == (Run.State.FAILED, {"safe KEYS": "no-repository"})
