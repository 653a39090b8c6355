"""A key place that is removed is emptied; while it isn't, nobody says that what was erased is gone from there."""

import shutil
from datetime import timedelta
from pathlib import Path
from uuid import uuid4

import pytest

from tryggve.audit.models import Entry
from tryggve.domains.backups import place_trials
from tryggve.domains.backups.models import Place, Run
from tryggve.domains.backups.place_access import KEYS
from tryggve.domains.backups.selectors.places import PlaceInUse
from tryggve.domains.backups.selectors.shown_places import NoSuchPlace
from tryggve.domains.backups.services import places
from tryggve.domains.backups.services.pairs import key_places, thinning
from tryggve.domains.backups.services.places import Left, clearing
from tryggve.domains.backups.services.shredding import key_search
from tryggve.domains.backups.tests import here
from tryggve.domains.backups.tests.here import near, safe, tidy
from tryggve.domains.backups.tests.places_for_tests import folder_place
from tryggve.vault.key_places import KeyPlace

__all__ = ["near", "safe", "tidy"]
pytestmark = [pytest.mark.process, pytest.mark.django_db(transaction=True)]


def _may_hold() -> dict[str, bool]:
    key_places.forget()
    return {str(one.title): _may(one) for one in key_places.key_places()}


def _may(place: KeyPlace) -> bool:
    """As who asks for an erasure: what can't be asked may."""
    try:
        return place.holds_any([uuid4()])
    except OSError:
        return True


@pytest.fixture
def other(tmp_path: Path, tidy: None) -> PlaceInUse:
    """Another place for keys."""
    return folder_place(tmp_path / "other", at=here.now(), holds_keys=True)


@pytest.fixture
def brought(near: PlaceInUse, safe: PlaceInUse, other: PlaceInUse) -> PlaceInUse:
    """A key place that holds a copy."""
    assert here.taken().state == Run.State.DONE
    return safe


@pytest.fixture
def out_of_reach(brought: PlaceInUse) -> Path:
    """It was removed while its disk was away; where the disk is."""
    away = Path(brought.access.location).rename(Path(brought.access.location).with_name("drawer"))
    assert places.remove(place=brought.id, actor="system", at=here.now()) is Left.NOT_REACHED
    return away


def test_removed_place_is_emptied_of_keys_and_keeps_its_data(brought: PlaceInUse, near: PlaceInUse) -> None:
    assert places.remove(place=brought.id, actor="system", at=here.now()) is Left.NOTHING
    assert (here.keys_of(brought).snapshots(), here.keys_of(brought).packs()) == ([], [])
    assert _may_hold() == {"other": False}
    assert places.remove(place=near.id, actor="system", at=here.now()) is Left.NOTHING
    assert len(here.data_of(near).snapshots()) == 1


def test_last_copies_of_the_keys_stay_until_another_place_has_them(
    near: PlaceInUse, safe: PlaceInUse, tmp_path: Path
) -> None:
    here.taken()
    assert places.remove(place=safe.id, actor="system", at=here.now()) is Left.THE_LAST
    assert (len(here.keys_of(safe).snapshots()), _may_hold()) == (1, {"safe": True})
    folder_place(tmp_path / "new", at=here.now(), holds_keys=True)
    here.taken()
    assert (here.keys_of(safe).packs(), _may_hold()) == ([], {"new": False})


def test_place_that_could_not_be_emptied_may_hold_what_was_destroyed(
    brought: PlaceInUse, out_of_reach: Path
) -> None:
    assert _may_hold() == {"other": False, "safe": True}
    found = key_search.search([], at=here.now())
    assert (found.unseen, found.copies) == ({brought.id}, 1)


def test_it_is_emptied_by_a_later_run_once_it_is_back(brought: PlaceInUse, out_of_reach: Path) -> None:
    here.taken()
    assert _may_hold() == {"other": False, "safe": True}
    out_of_reach.rename(brought.access.location)
    here.taken()
    assert _may_hold() == {"other": False}
    assert here.keys_of(brought).packs() == []


def test_repository_that_is_not_there_just_now_is_not_gone(brought: PlaceInUse) -> None:
    Path(brought.access.location, KEYS).rename(Path(brought.access.location, "unmounted"))
    assert places.remove(place=brought.id, actor="system", at=here.now()) is Left.NOT_REACHED


def test_clearing_that_was_cut_off_leaves_what_may_hold_keys_until_it_is_made_up_for(
    brought: PlaceInUse,
) -> None:
    repository = here.keys_of(brought)
    here.taken()
    repository.forget_alone(repository.snapshots()[0].id, seconds=60)
    assert _may_hold() == {"other": False, "safe": True}
    assert key_search.search([], at=here.now()).unseen == {brought.id}
    assert here.taken().state == Run.State.DONE
    assert (_may_hold(), repository.has_remains()) == ({"other": False, "safe": False}, False)


def test_packs_that_came_back_after_they_were_deleted_are_found_out(
    brought: PlaceInUse, tmp_path: Path
) -> None:
    repository = here.keys_of(brought)
    kept = shutil.copytree(Path(repository.place.location, "data"), tmp_path / "kept")
    repository.let_go([repository.snapshots()[0].id])
    shutil.copytree(kept, Path(repository.place.location, "data"), dirs_exist_ok=True)
    assert _may_hold()["safe"]


def test_trial_that_was_cut_off_keeps_nobody_from_asking(brought: PlaceInUse) -> None:
    place_trials.write_and_read(here.keys_of(brought))
    assert (_may_hold()["safe"], key_search.search([], at=here.now()).unseen) == (False, set())
    there = here.keys_of(brought).snapshots()
    thinning.thin_keys(
        here.keys_of(brought),
        brought.id,
        there=there,
        newest=next(one.id for one in there if "keys" in one.tags),
        lost=frozenset(),
        is_clear=True,
        at=here.now() + timedelta(hours=2),
    )
    assert here.keys_of(brought).snapshots(tags=[place_trials.TAG]) == []


def test_place_that_a_synced_folder_grew_around_may_hold_what_was_destroyed(brought: PlaceInUse) -> None:
    assert not _may_hold()["safe"]
    Path(brought.access.location, ".stfolder").mkdir()
    assert (_may_hold()["safe"], key_search.search([], at=here.now()).unseen) == (True, {brought.id})


def test_somebody_says_that_the_disk_was_destroyed(brought: PlaceInUse, out_of_reach: Path) -> None:
    places.note_destroyed(place=brought.id, actor="system", at=here.now())
    assert _may_hold() == {"other": False}
    assert Entry.objects.get(action="backups.place-destroyed").facts == {"place": str(brought.id)}


def test_what_is_in_use_is_not_destroyed(brought: PlaceInUse) -> None:
    with pytest.raises(NoSuchPlace):
        places.note_destroyed(place=brought.id, actor="system", at=here.now())


def test_it_is_known_until_it_is_empty_however_long_that_takes(
    brought: PlaceInUse, out_of_reach: Path
) -> None:
    clearing.clear_removed(at=here.now() + timedelta(days=300))
    assert _may_hold() == {"other": False, "safe": True}
    places.note_destroyed(place=brought.id, actor="system", at=here.now())
    clearing.clear_removed(at=here.now() + timedelta(days=301))
    row = Place.objects.get(pk=brought.id)
    assert (bytes(row.access_sealed), row.copies.exists(), _may_hold()) == (b"", True, {"other": False})


def test_nothing_is_proven_where_no_copy_of_the_keys_was_seen(near: PlaceInUse) -> None:
    """What is judged then is held by the engine's own tests."""
    assert key_search.search([], at=here.now()).copies == 0
