"""A disk that is carried away and comes back: while it is away nothing fails, and when it is here it gets a copy."""

import os
import shutil
from datetime import timedelta
from pathlib import Path

import pytest

from tests.cast import NOW
from tryggve.domains.backups.lying_there import Fault, fault_of
from tryggve.domains.backups.models import Copy, Folder, Place, Run
from tryggve.domains.backups.selectors.places import PlaceInUse
from tryggve.domains.backups.services import folders
from tryggve.domains.backups.services.pairs import schedule
from tryggve.domains.backups.tests import here
from tryggve.domains.backups.tests.here import far, near, safe, tidy
from tryggve.domains.backups.tests.places_for_tests import of_row
from tryggve.lib.folders import current

__all__ = ["far", "near", "safe", "tidy"]
pytestmark = [pytest.mark.process, pytest.mark.django_db(transaction=True)]

DAY = timedelta(days=1)


@pytest.fixture
def disk(near: PlaceInUse, safe: PlaceInUse, far: PlaceInUse) -> PlaceInUse:
    """Beside a place for data and one for keys."""
    Place.objects.update(added_at=here.now() - 60 * DAY)
    Place.objects.filter(pk=far.id).update(is_carried=True)
    return of_row(Place.objects.get(pk=far.id))


def _carry_away(disk: PlaceInUse) -> None:
    shutil.move(disk.access.location, f"{disk.access.location}-away")


def _bring_back(disk: PlaceInUse) -> None:
    shutil.move(f"{disk.access.location}-away", disk.access.location)


def test_night_without_the_disk_is_a_good_one(disk: PlaceInUse) -> None:
    assert here.copies(here.taken()) == {"near DATA": "", "far DATA": "", "safe KEYS": ""}
    _carry_away(disk)
    run = here.taken()
    assert (run.state, run.cause) == (Run.State.DONE, "")
    assert here.copies(run) == {"near DATA": "", "safe KEYS": ""}
    assert schedule.next_due(at=run.began_at + timedelta(minutes=5)) is None
    assert fault_of(disk, at=here.now()) is None
    assert Place.objects.get(pk=disk.id).trouble == "unreachable"


def test_disk_that_comes_back_gets_a_copy_at_once_and_then_nightly(disk: PlaceInUse) -> None:
    _carry_away(disk)
    run = here.taken()
    soon = run.began_at + timedelta(minutes=5)
    assert schedule.next_due(at=soon) is None
    _bring_back(disk)
    assert schedule.next_due(at=soon) == Run.Why.DUE
    assert here.copies(here.taken())["far DATA"] == ""
    assert schedule.next_due(at=soon) is None


def test_disk_that_stays_away_for_more_than_a_month_fails_the_run_twice_a_night(disk: PlaceInUse) -> None:
    here.taken()
    _carry_away(disk)
    Place.objects.filter(pk=disk.id).update(seen_at=here.now() - 32 * DAY)
    Run.objects.all().delete()
    first = here.taken()
    assert (first.state, first.cause) == (Run.State.FAILED, "disk-overdue")
    assert here.copies(first) == {"near DATA": "", "safe KEYS": ""}
    Run.objects.update(began_at=NOW)
    assert schedule.next_due(at=NOW + timedelta(hours=1)) == Run.Why.DUE
    here.taken()
    Run.objects.exclude(pk=first.pk).update(began_at=NOW + timedelta(hours=1))
    assert schedule.next_due(at=NOW + timedelta(hours=12)) is None
    assert schedule.next_due(at=NOW + timedelta(hours=24)) == Run.Why.DUE


def test_without_any_data_place_here_it_fails(disk: PlaceInUse) -> None:
    Place.objects.filter(title="near").update(removed_at=here.now())
    _carry_away(disk)
    run = here.taken()
    assert (run.state, run.cause) == (Run.State.FAILED, "no-data-place")


def test_folder_that_was_added_while_the_disk_was_away_is_no_fault_of_it(
    disk: PlaceInUse, tmp_path: Path
) -> None:
    here.taken()
    _carry_away(disk)
    (tmp_path / "Bookkeeping").mkdir()
    folders.add(told=str(tmp_path / "Bookkeeping"), actor="system", at=here.now() - 2 * DAY)
    assert here.taken().state == Run.State.DONE
    assert Folder.objects.count() == 1
    assert fault_of(disk, at=here.now()) is None
    Copy.objects.filter(place=disk.id).delete()
    assert fault_of(disk, at=here.now()) == Fault.OLD


def test_numbers_are_of_the_place_that_had_the_latest_copy(disk: PlaceInUse) -> None:
    """The disk has missed a lot, which the company didn't do at once."""
    here.taken()
    _carry_away(disk)
    (current().files / "large").write_bytes(os.urandom(4_000_000))
    here.taken()
    _bring_back(disk)
    assert here.taken().bytes_added < 2_000_000
