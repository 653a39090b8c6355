"""Backups measured the real way: in a process of its own with its limits, which starts restic."""

import shutil
from pathlib import Path

import pytest
from django.utils import timezone

from tests.controls.test_measured_in_processes import _measured, children
from tryggve.accounts.models import User
from tryggve.domains.backups.models import Place, Run
from tryggve.domains.backups.services import heartbeats, pairs
from tryggve.domains.backups.tests.on_pages import restored
from tryggve.domains.backups.tests.places_for_tests import folder_place
from tryggve.vault.tests.keeper.conftest import chosen, custody, keeper, ring, where

__all__ = ["children", "chosen", "custody", "keeper", "ring", "where"]

pytestmark = [
    pytest.mark.process,
    pytest.mark.usefixtures("keeper", "children"),
    pytest.mark.django_db(transaction=True),
]


def test_restic_is_asked_within_the_limits(anna: User, tmp_path: Path) -> None:
    assert _measured("BAK-01").cause == "no-place"
    disk = folder_place(tmp_path / "disk", at=timezone.now(), holds_data=True, holds_keys=True)
    run = pairs.take(why=Run.Why.ASKED, now=timezone.now)
    assert run.state == Run.State.DONE
    assert _measured("BAK-01").verdict == "PROVED"
    restored(Place.objects.get(pk=disk.id), run, at=timezone.now())
    assert _measured("BAK-02").verdict == "PROVED"

    shutil.rmtree(tmp_path / "disk")
    found = _measured("BAK-01")
    assert (found.verdict, found.facts["wrong"]) == ("FAILING", "place-failed")


def test_other_backups_are_looked_at(anna: User) -> None:
    _id, secret = heartbeats.add_address(title="Laptop", every_days=1, actor=anna.actor, at=timezone.now())
    assert _measured("BAK-04").cause == "awaited"
    heartbeats.hear(secret, at=timezone.now())
    assert _measured("BAK-04").verdict == "PROVED"
