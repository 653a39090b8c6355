"""Places after they were added: plugged in elsewhere, taken away and back, called otherwise."""

from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from tryggve.domains.backups import lying_there, place_marks
from tryggve.domains.backups.lying_there import Fault
from tryggve.domains.backups.models import Copy, Place, Run
from tryggve.domains.backups.restic import Unreachable
from tryggve.domains.backups.selectors import places as selectors
from tryggve.domains.backups.selectors.shown_places import NoSuchPlace
from tryggve.domains.backups.services import places
from tryggve.domains.backups.services.places import refusals
from tryggve.domains.backups.tests.added_places import AT, add, data_of, disk, short_patience, works

__all__ = ["disk", "short_patience"]
pytestmark = [pytest.mark.process, pytest.mark.django_db]


def test_trial_that_failed_leaves_nothing_and_can_be_made_again(disk: Path, tmp_path: Path) -> None:
    (disk / "tryggve-keys").write_text("no folder can be made here")
    with pytest.raises(refusals.NotUsable):
        add("FOLDER", {"path": str(disk)}, keys=True)
    assert [one.name for one in disk.iterdir()] == ["tryggve-keys"]
    (disk / "tryggve-keys").unlink()
    works(add("FOLDER", {"path": str(disk)}, keys=True), tmp_path)


def test_disk_that_isnt_plugged_in_is_not_its_empty_mount_point(disk: Path) -> None:
    added = add("FOLDER", {"path": str(disk)})
    unplugged = disk.rename(disk.with_name("drawer"))
    disk.mkdir()
    place = selectors.one(added.id)
    assert (place.is_away, places.look(at=AT + timedelta(days=12)), list(disk.iterdir())) == (
        True,
        {added.id: False},
        [],
    )
    with pytest.raises(Unreachable):
        data_of(added).make()
    row = Place.objects.get()
    assert (row.trouble, row.seen_at, selectors.farthest([place])) == ("unreachable", AT, None)
    disk.rmdir()
    unplugged.rename(disk)
    assert places.look(at=AT) == {added.id: True}
    assert Place.objects.get().trouble == ""


def test_disk_is_known_again_where_it_is_plugged_in_next(
    disk: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    mounts = tmp_path / "mountinfo"
    monkeypatch.setattr(place_marks, "MOUNTS", mounts)
    mounts.write_text(f"1 0 8:1 / / rw - ext4 /dev/a rw\n2 1 8:2 / {disk} rw,x shared:1 - vfat /dev/b rw\n")
    (disk / "firm").mkdir()
    added = add("FOLDER", {"path": str(disk / "firm")})
    named = "AN\\040OTHER"
    disk.rename(tmp_path / "AN OTHER")
    assert selectors.one(added.id).is_away
    mounts.write_text(f"2 1 8:2 / {tmp_path}/{named} rw,x shared:1 - vfat /dev/b rw\n")
    place = selectors.one(added.id)
    assert place.folder == tmp_path / "AN OTHER" / "firm"
    assert data_of(added).exists()


def test_removed_place_can_be_taken_back_for_30_days(disk: Path) -> None:
    added = add("FOLDER", {"path": str(disk)})
    places.remove(place=added.id, actor="system", at=AT)
    assert selectors.in_use() == []
    with pytest.raises(NoSuchPlace):
        places.restore(place=added.id, actor="system", at=AT + timedelta(days=31))
    places.restore(place=added.id, actor="system", at=AT + timedelta(days=29))
    assert [one.id for one in selectors.in_use()] == [added.id]
    assert places.try_again(place=added.id, actor="system", at=AT)


def test_place_that_was_removed_is_added_again_with_its_own_passwords(disk: Path) -> None:
    places.remove(place=add("FOLDER", {"path": str(disk)}).id, actor="system", at=AT)
    assert data_of(add("FOLDER", {"path": str(disk)})).exists()


def test_access_that_leads_elsewhere_is_not_taken_for_the_same_place(disk: Path, tmp_path: Path) -> None:
    added = add("FOLDER", {"path": str(disk)})
    (tmp_path / "empty").mkdir()
    with pytest.raises(refusals.NotUsable):
        places.change_access(place=added.id, fields={"path": str(tmp_path / "empty")}, actor="system", at=AT)
    assert selectors.one(added.id).access.location == str(disk)


def test_place_taken_back_is_not_said_to_lack_the_copies_of_the_days_between(disk: Path) -> None:
    added = add("FOLDER", {"path": str(disk)})
    run = Run.objects.create(why="DUE", state="DONE", began_at=AT)
    Copy.objects.create(run=run, place_id=added.id, kind="DATA", snapshot="0" * 8, at=AT)
    later = AT + timedelta(days=20)
    assert lying_there.fault_of(selectors.one(added.id), at=later) == Fault.OLD
    places.remove(place=added.id, actor="system", at=AT + timedelta(days=1))
    places.restore(place=added.id, actor="system", at=later)
    assert (
        lying_there.fault_of(selectors.one(added.id), at=later) == Fault.GONE
    )  # none of that name lies there
    assert lying_there.fault_of(selectors.one(added.id), at=later + timedelta(days=2)) == Fault.OLD


def test_after_a_change_of_what_lets_in_it_is_known_at_once_whether_old_copies_go(disk: Path) -> None:
    """Else nothing would ever be let go of there, until it is full."""
    added = add("FOLDER", {"path": str(disk)})
    Place.objects.update(keeps_old=None)
    places.change_access(place=added.id, fields={"path": str(disk)}, actor="system", at=AT)
    assert Place.objects.get().keeps_old is False


def test_place_that_lets_in_anew_and_takes_nothing_is_told_at_once(disk: Path) -> None:
    added = add("FOLDER", {"path": str(disk)})
    (disk / "tryggve-data" / "index" / ("0" * 64)).write_bytes(b"no index")
    assert not places.change_access(place=added.id, fields={"path": str(disk)}, actor="system", at=AT)
    assert Place.objects.get().trouble


def test_words_about_a_place_are_changed_and_checked(disk: Path) -> None:
    added = add("FOLDER", {"path": str(disk)})
    told: dict[str, Any] = {
        "place": added.id,
        "is_carried": True,
        "is_elsewhere": False,
        "actor": "system",
        "at": AT,
    }
    places.change(title="The drawer", country="dk", **told)
    row = Place.objects.get()
    assert (row.title, row.country, row.is_carried, row.is_elsewhere) == ("The drawer", "DK", True, False)
    with pytest.raises(refusals.NoCountry):
        places.change(title="The drawer", country="Denmark", **told)
    with pytest.raises(refusals.NoTitle):
        places.change(title=" ", country="", **told)
