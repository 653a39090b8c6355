"""The company's own folders beside a pair: a snapshot of their own, which fails without the pair's data and keys."""

from datetime import timedelta
from pathlib import Path

import pytest

from tests.cast import NOW
from tryggve.domains.backups.lying_there import Fault, fault_of
from tryggve.domains.backups.models import Copy, Folder, Place, Run
from tryggve.domains.backups.own_folders import sealed_paths
from tryggve.domains.backups.selectors import folders as selectors
from tryggve.domains.backups.selectors.places import PlaceInUse
from tryggve.domains.backups.services import folders
from tryggve.domains.backups.services.pairs import schedule
from tryggve.domains.backups.tests import here
from tryggve.domains.backups.tests.here import near, safe, tidy

__all__ = ["near", "safe", "tidy"]
pytestmark = [pytest.mark.process, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def bookkeeping(tmp_path: Path, tidy: None) -> Path:
    folder = tmp_path / "Bookkeeping"
    folder.mkdir()
    (folder / "one.csv").write_text("name;sum")
    (folder / "two.csv").write_text("name;sum;more")
    folders.add(told=str(folder), actor="system", at=here.now())
    assert selectors.paths() == [folder]
    return folder


def _brought(place: PlaceInUse, run: Run) -> set[str]:
    snapshot = Copy.objects.get(run=run, place=place.id, kind=Copy.Kind.FOLDERS).snapshot
    return {one.name for one in here.data_of(place).list_files(snapshot) if not one.is_folder}


def test_own_folders_are_a_snapshot_of_their_own(
    near: PlaceInUse, safe: PlaceInUse, bookkeeping: Path
) -> None:
    first = here.taken()
    assert (first.state, here.copies(first)) == (
        Run.State.DONE,
        {"near DATA": "", "near FOLDERS": "", "safe KEYS": ""},
    )
    # They may take days the first time, and data without keys is nothing.
    assert list(first.copies.order_by("at").values_list("kind", flat=True)) == ["DATA", "KEYS", "FOLDERS"]
    assert _brought(near, first) == {"one.csv", "two.csv"}
    [data] = here.data_of(near).snapshots(tags=["data"])
    assert not any("Bookkeeping" in one.path for one in here.data_of(near).list_files(data.id))

    unchanged = here.taken()
    for name in ("one", "two", "three"):
        (bookkeeping / f"{name}.csv").write_text("name;sum;more;and more")
    changed = here.taken()
    assert (changed.files, changed.changed_files) == (unchanged.files + 1, unchanged.changed_files + 3)


def test_folder_that_is_away_raises_no_signs_and_is_no_measure_for_the_next_night(
    near: PlaceInUse, safe: PlaceInUse, bookkeeping: Path, tmp_path: Path
) -> None:
    Folder.objects.update(added_at=here.now() - timedelta(days=9))
    for number in range(150):
        (bookkeeping / f"{number}.csv").write_text(f"name;{number}")
    here.taken()
    bookkeeping.rename(tmp_path / "away")
    run = here.taken()
    assert (run.cause, run.signs) == ("incomplete", [])

    (tmp_path / "away").rename(bookkeeping)
    for path in sorted(bookkeeping.iterdir())[:120]:
        path.unlink()
    assert here.taken().signs == ["fewer-files"]


def test_what_only_people_mend_is_tried_once_more_a_night(
    near: PlaceInUse, safe: PlaceInUse, bookkeeping: Path
) -> None:
    Folder.objects.create(path_sealed=sealed_paths.sealed(Path("/nowhere/at/all")), added_at=here.now())
    first, second = here.taken(), here.taken()
    Run.objects.filter(pk=first.pk).update(began_at=NOW)
    Run.objects.filter(pk=second.pk).update(began_at=NOW + timedelta(hours=1))
    assert schedule.next_due(at=NOW + timedelta(hours=12)) is None
    Run.objects.filter(pk=second.pk).update(cause="unreachable")
    assert schedule.next_due(at=NOW + timedelta(hours=12)) == Run.Why.DUE


@pytest.mark.parametrize("lacking", ["/proc/self/mem", "/nowhere/at/all"])
def test_what_cant_be_read_fails_the_run_and_all_else_is_brought(
    near: PlaceInUse, safe: PlaceInUse, bookkeeping: Path, lacking: str
) -> None:
    at = here.now()
    Folder.objects.create(path_sealed=sealed_paths.sealed(Path(lacking)), added_at=at - timedelta(days=2))
    run = here.taken()
    assert (run.state, run.cause) == (Run.State.FAILED, "incomplete")
    assert fault_of(near, at=here.now()) == Fault.FOLDERS
    assert here.copies(run) == {"near DATA": "", "near FOLDERS": "incomplete", "safe KEYS": ""}
    assert _brought(near, run) == {"one.csv", "two.csv"}
    assert Place.objects.get(pk=near.id).trouble == ""
