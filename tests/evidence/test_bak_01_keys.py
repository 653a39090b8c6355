"""BAK-01: the copies of the keys are broken where they lie, and it is red at the next look."""

import shutil
from datetime import timedelta
from pathlib import Path

import pytest
from django.utils import timezone

from tests.evidence import measured
from tryggve.accounts.models import User
from tryggve.domains.backups.models import Place, Run
from tryggve.domains.backups.services import places
from tryggve.domains.backups.tests import here
from tryggve.domains.backups.tests.here import tidy
from tryggve.domains.backups.tests.places_for_tests import folder_place, of_row, with_access

__all__ = ["tidy"]
pytestmark = [pytest.mark.process, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def drawer(tmp_path: Path, tidy: None, anna: User) -> Place:
    """A place with keys alone, to which a pair came as it should."""
    at = timezone.now() - timedelta(days=60)
    folder_place(tmp_path / "disk", at=at, holds_data=True)
    keys = folder_place(tmp_path / "drawer", at=at, holds_keys=True)
    assert here.taken().state == Run.State.DONE
    return Place.objects.get(pk=keys.id)


def _found() -> tuple[str, str]:
    return measured.found("BAK-01", timezone.now())


def _snapshots_gone(drawer: Path) -> None:
    for one in (drawer / "tryggve-keys" / "snapshots").iterdir():
        one.unlink()


def _packs_gone(drawer: Path) -> None:
    for one in (drawer / "tryggve-keys" / "data").glob("*/*"):
        one.unlink()


def _repository_gone(drawer: Path) -> None:
    shutil.rmtree(drawer / "tryggve-keys")


def test_it_is_red_at_the_next_look_while_they_are_broken(drawer: Place, tmp_path: Path) -> None:
    folder = tmp_path / "drawer"
    whole = shutil.copytree(folder, tmp_path / "whole")
    for deed, wrong in (
        (_snapshots_gone, "copy-gone"),
        (_packs_gone, "place-failed"),
        (_repository_gone, "place-failed"),
    ):
        assert _found() == ("PROVED", "")
        deed(folder)
        assert _found() == ("FAILING", wrong)
        shutil.rmtree(folder)
        shutil.copytree(whole, folder)


def test_it_is_red_at_the_next_look_when_they_open_no_more_or_are_removed(drawer: Place) -> None:
    sealed = drawer.access_sealed
    with_access(of_row(drawer), keys_password="another")
    assert _found() == ("FAILING", "place-failed")
    Place.objects.filter(pk=drawer.pk).update(access_sealed=sealed)
    assert _found() == ("PROVED", "")
    places.remove(place=drawer.pk, actor="system", at=timezone.now())
    assert _found() == ("FAILING", "no-keys-place")
