"""Processes that are really killed while a place is added, emptied or removed: nothing half is believed, and the next
one goes on."""

import signal
from datetime import timedelta
from pathlib import Path

import pytest

from tryggve.audit.models import Entry
from tryggve.domains.backups import place_access
from tryggve.domains.backups.models import Place, Run
from tryggve.domains.backups.place_access import DATA, KEYS
from tryggve.domains.backups.selectors import places as selectors
from tryggve.domains.backups.selectors.places import PlaceInUse
from tryggve.domains.backups.services import places
from tryggve.domains.backups.services.places import Left, clearing
from tryggve.domains.backups.tests import child, here
from tryggve.domains.backups.tests.added_places import AT, add
from tryggve.domains.backups.tests.here import near, safe, tidy
from tryggve.domains.backups.tests.places_for_tests import alone_in, folder_place
from tryggve.lib import write_points

__all__ = ["near", "safe", "tidy"]
pytestmark = [pytest.mark.process, pytest.mark.django_db(transaction=True)]
REMEMBERED, MADE, TRIED = (
    "backups: place remembered",
    "backups: repository made",
    "backups: place tried, not written down",
)
EMPTIED, LEFT = "backups: place emptied, not written down", "backups: place emptied, not removed"


@pytest.fixture
def disk(tmp_path: Path, tidy: None) -> Path:
    (tmp_path / "disk").mkdir()
    return tmp_path / "disk"


@pytest.fixture
def brought(near: PlaceInUse, safe: PlaceInUse, tmp_path: Path) -> PlaceInUse:
    """A key place with a copy; another one has it, too."""
    folder_place(tmp_path / "other", at=here.now(), holds_keys=True)
    assert here.taken().state == Run.State.DONE
    return safe


def _is_no_place_yet() -> bool:
    logged = Entry.objects.filter(action="backups.place-added").exists()
    return not selectors.in_use() and not selectors.removed_with_keys() and not logged


def _is_added_again(disk: Path) -> None:
    added = add("FOLDER", {"path": str(disk)}, keys=True)
    assert (places.look(at=AT), added.keeps_old) == ({added.id: True}, False)
    assert Entry.objects.filter(action="backups.place-added").count() == 1


def test_adding_and_removing_pass_every_point_in_order(disk: Path) -> None:
    passed: list[str] = []
    write_points.cut_with(passed.append)
    try:
        added = add("FOLDER", {"path": str(disk)}, keys=True)
        places.remove(place=added.id, actor="system", at=AT)
    finally:
        write_points.cut_with(None)
    mine = [point for point in passed if point.startswith("backups:")]
    assert mine == [REMEMBERED, MADE, MADE, TRIED, EMPTIED, LEFT]


@pytest.mark.parametrize("point", [REMEMBERED, MADE, TRIED])
def test_killed_while_it_is_added_it_is_no_place_and_can_be_added_again(
    disk: Path, tmp_path: Path, point: str
) -> None:
    assert child.run("add", str(disk), str(tmp_path / "told"), point) == -signal.SIGKILL
    assert _is_no_place_yet()
    _is_added_again(disk)


@pytest.mark.parametrize("which", [DATA, KEYS])
def test_lock_of_a_trial_that_was_killed_keeps_nobody_from_adding_it(
    disk: Path, tmp_path: Path, which: str
) -> None:
    assert child.run("add", str(disk), str(tmp_path / "told"), TRIED) == -signal.SIGKILL
    access = place_access.opened(bytes(Place.objects.get().access_sealed))
    with alone_in(access.data() if which == DATA else access.keys()) as restic:
        restic.kill()
        restic.wait()
    assert list((disk / which / "locks").iterdir())
    _is_added_again(disk)


def test_what_never_came_to_be_is_forgotten_after_a_month(disk: Path, tmp_path: Path) -> None:
    assert child.run("add", str(disk), str(tmp_path / "told"), TRIED) == -signal.SIGKILL
    assert Place.objects.exists()
    clearing.clear_removed(at=here.now() + timedelta(days=31))
    assert not Place.objects.exists()


@pytest.mark.parametrize("point", [EMPTIED, LEFT])
def test_killed_while_it_is_emptied_it_is_in_use_until_it_is_removed_again(
    brought: PlaceInUse, point: str
) -> None:
    assert child.run("remove", str(brought.id), point) == -signal.SIGKILL
    assert selectors.one(brought.id).holds_keys
    assert not Entry.objects.filter(action="backups.place-removed").exists()
    assert (here.keys_of(brought).snapshots(), here.keys_of(brought).packs()) == ([], [])
    # What goes on without it brings keys there again.
    run = here.taken()
    assert (run.state, len(here.keys_of(brought).snapshots())) == (Run.State.DONE, 1)
    assert places.remove(place=brought.id, actor="system", at=here.now()) is Left.NOTHING
    assert here.keys_of(brought).packs() == []
    assert Entry.objects.filter(action="backups.place-removed").count() == 1
