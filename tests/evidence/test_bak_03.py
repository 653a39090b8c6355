"""BAK-03: a copy lies elsewhere, out of reach. The disks are broken where they lie, and nobody's word makes it good."""

import shutil
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from django.utils import timezone

from tests.backups.backed_up import flip
from tests.evidence import measured
from tryggve.accounts.models import User
from tryggve.controls.engine.standing import State
from tryggve.domains.backups.models import Copy, Place, Run
from tryggve.domains.backups.services import places
from tryggve.domains.backups.tests import here
from tryggve.domains.backups.tests.here import tidy
from tryggve.domains.backups.tests.places_for_tests import folder_place

__all__ = ["tidy"]
pytestmark = [pytest.mark.process, pytest.mark.django_db(transaction=True)]

_BAK = "BAK-03"
_OBSERVED = ("OBSERVED", "")
_DAY = timedelta(days=1)


@pytest.fixture
def brought(tmp_path: Path, tidy: None, anna: User) -> Run:
    """A pair whose data lies on a disk that is carried away, and whose keys lie in a drawer."""
    at = timezone.now()
    disk = folder_place(tmp_path / "disk", at=at, holds_data=True, is_elsewhere=True)
    folder_place(tmp_path / "drawer", at=at, holds_keys=True)
    Place.objects.filter(pk=disk.id).update(is_carried=True)
    run = here.taken()
    assert run.state == Run.State.DONE
    return run


def _found(at: datetime | None = None) -> tuple[str, str]:
    return measured.found(_BAK, at or timezone.now())


def _data_gone(home: Path) -> None:
    shutil.rmtree(home / "disk" / "tryggve-data")


def _snapshot_gone(home: Path) -> None:
    for one in (home / "disk" / "tryggve-data" / "snapshots").iterdir():
        one.unlink()


def _data_damaged(home: Path) -> None:
    for one in (home / "disk" / "tryggve-data" / "data").glob("*/*"):
        flip(one)


def _opens_by_another_password(home: Path) -> None:
    for one in (home / "disk" / "tryggve-data" / "keys").iterdir():
        one.write_bytes(next((home / "drawer" / "tryggve-keys" / "keys").iterdir()).read_bytes())


def _keys_gone(home: Path) -> None:
    shutil.rmtree(home / "drawer" / "tryggve-keys")


def _keys_synced(home: Path) -> None:
    (home / "drawer" / ".stfolder").mkdir()


@pytest.mark.usefixtures("brought")
@pytest.mark.parametrize(
    ("deed", "wrong"),
    [
        (_data_gone, "gone"),
        (_snapshot_gone, "gone"),
        (_data_damaged, "damaged"),
        (_opens_by_another_password, "shut-out"),
        (_keys_gone, "keys"),
        (_keys_synced, "keys"),
    ],
)
def test_it_goes_red_within_one_measuring_once_a_place_is_broken(
    tmp_path: Path, deed: object, wrong: str
) -> None:
    assert _found() == _OBSERVED
    assert callable(deed)
    deed(tmp_path)
    assert _found() == ("FAILING", wrong)


def test_nobodys_word_outweighs_a_copy_that_is_gone(brought: Run, tmp_path: Path, anna: User) -> None:
    aside = (tmp_path / "disk" / "tryggve-data").rename(tmp_path / "aside")
    assert _found() == ("FAILING", "gone")
    measured.attest(_BAK, anna, timezone.now())
    assert measured.state(_BAK, timezone.now()) is State.FAILING
    aside.rename(tmp_path / "disk" / "tryggve-data")
    assert _found() == _OBSERVED


@pytest.mark.usefixtures("brought")
@pytest.mark.parametrize(("title", "wrong"), [("disk", "no-place"), ("drawer", "keys")])
def test_place_that_is_removed_counts_no_more(title: str, wrong: str) -> None:
    removed = Place.objects.get(title=title)
    places.remove(place=removed.pk, actor="system", at=timezone.now())
    assert _found()[1] == wrong


def test_copies_of_a_clock_that_was_ahead_are_not_new(brought: Run) -> None:
    at = timezone.now()
    assert _found(at + 40 * _DAY) == ("FAILING", "too-old")
    for copy in Copy.objects.filter(run=brought):
        Copy.objects.filter(pk=copy.pk).update(at=at + 300 * _DAY)
        assert _found(at + _DAY)[0] == "FAILING"
        Copy.objects.filter(pk=copy.pk).update(at=at)
        assert _found(at + _DAY) == _OBSERVED
