"""Cut anywhere, a file that is deleted is there, or its copy is; and no other file is touched."""

import os
import shutil
import signal
from datetime import timedelta
from pathlib import Path

import pytest
from django.utils import timezone

from tests.data_map import child
from tryggve import vault
from tryggve.audit.models import Entry
from tryggve.domains.datamap import routines, sealing
from tryggve.domains.datamap.models import File, SafeCopy, Source
from tryggve.domains.datamap.selectors import receipts
from tryggve.domains.datamap.services import deleting, exact_files, putting_back
from tryggve.domains.datamap.tests import mapped
from tryggve.lib import write_points

pytestmark = [pytest.mark.django_db(transaction=True)]
_ANNA = child.MACHINE
_DELETED = "datamap.file-deleted"


@pytest.fixture
def disk(tmp_path: Path) -> Source:
    return mapped.folder(tmp_path / "disk")


@pytest.fixture(autouse=True)
def no_copies() -> None:
    """Of other tests."""
    shutil.rmtree(deleting.folder(), ignore_errors=True)


@pytest.fixture
def path(tmp_path: Path) -> Path:
    (tmp_path / "disk" / "deep").mkdir(parents=True)
    return tmp_path / "disk" / "deep" / "kunder.csv"


@pytest.fixture
def file(path: Path, disk: Source) -> File:
    return mapped.lying(disk, path, mapped.people(range(3)))


def _delete(file: File) -> SafeCopy:
    return deleting.delete(file=file.pk, actor=_ANNA, at=timezone.now())


def _have_back(copy: SafeCopy) -> None:
    deleting.have_back(copy=copy.pk, actor=_ANNA, at=timezone.now())


def _swap_for_link(folder: Path, other: Path) -> None:
    """What another user of this computer could do who may write in the folder above."""
    folder.rename(folder.with_name("moved"))
    folder.symlink_to(other)


@pytest.mark.process
@pytest.mark.parametrize(
    ("point", "is_there"),
    [("datamap: copy kept, file there", True), ("datamap: file gone, receipt not written", False)],
)
def test_killed_while_deleting_it_is_finished_with_one_receipt(
    file: File, path: Path, point: str, is_there: bool
) -> None:
    before = path.read_bytes()
    assert child.run("delete", point, str(file.pk)) == -signal.SIGKILL
    assert path.exists() == is_there
    routines.finish_deleting(timezone.now())
    routines.finish_deleting(timezone.now())
    copy = SafeCopy.objects.get()
    place = receipts.receipt(copy.pk).place
    assert place is not None
    assert (copy.state, path.exists(), place.path) == ("KEPT", False, str(path))
    assert Entry.objects.filter(action=_DELETED).count() == 1
    assert File.objects.get().state == File.State.GONE
    _have_back(copy)
    assert path.read_bytes() == before


def test_routine_that_comes_to_it_at_the_same_time_writes_no_second_receipt(file: File) -> None:
    def finish(point: str) -> None:
        if point == "datamap: file gone, receipt not written":
            write_points.cut_with(None)
            routines.finish_deleting(timezone.now())

    write_points.cut_with(finish)
    assert _delete(file).state == SafeCopy.State.KEPT
    assert Entry.objects.filter(action=_DELETED).count() == 1


@pytest.mark.process
@pytest.mark.parametrize("point", ["datamap: file back, copy kept", "datamap: file back, key there"])
def test_killed_while_it_is_had_back_it_lies_there_and_the_key_goes(
    file: File, path: Path, point: str
) -> None:
    before = path.read_bytes()
    copy = _delete(file)
    assert child.run("have-back", point, str(copy.pk)) == -signal.SIGKILL
    assert path.read_bytes() == before
    copy.refresh_from_db()
    if copy.state == SafeCopy.State.KEPT:
        _have_back(copy)
    routines.destroy_safe_copies(timezone.now())
    copy.refresh_from_db()
    assert (copy.state, copy.key_ref, list(path.parent.iterdir())) == ("BACK", None, [path])


@pytest.mark.process
def test_killed_while_its_copy_is_destroyed_the_copy_is_unreadable_and_the_receipt_follows(
    file: File,
) -> None:
    copy = _delete(file)
    point = "datamap: key destroyed, receipt not written"
    assert child.run("destroy", point, "31") == -signal.SIGKILL
    with pytest.raises(vault.CannotOpen):
        _have_back(copy)
    routines.destroy_safe_copies(timezone.now() + timedelta(days=31))
    copy.refresh_from_db()
    assert (copy.state, copy.told_sealed) == ("DESTROYED", None)


def test_copy_is_kept_30_days_and_not_longer(file: File) -> None:
    copy = _delete(file)
    sealed = deleting.folder() / copy.pk.hex
    kept = sealed.read_bytes()
    routines.destroy_safe_copies(timezone.now() + timedelta(days=29))
    assert sealed.exists()
    routines.destroy_safe_copies(timezone.now() + timedelta(days=31))
    assert not sealed.exists()
    sealed.write_bytes(kept)
    with pytest.raises(vault.KeyGone), vault.open_file(sealed, bound_to=sealing.copy_binding(copy.pk)):
        pass


def test_copy_holds_no_value_readable(file: File, path: Path) -> None:
    value = mapped.people([0])[0][1].encode()
    assert value in path.read_bytes()
    copy = _delete(file)
    assert value not in (deleting.folder() / copy.pk.hex).read_bytes()


def test_folder_swapped_for_a_link_leads_to_no_other_file(file: File, path: Path, tmp_path: Path) -> None:
    """With the same name, size and time, so that nothing but the link tells."""
    other = tmp_path / "others"
    other.mkdir()
    (other / path.name).write_bytes(path.read_bytes())
    times = path.stat()
    os.utime(other / path.name, ns=(times.st_atime_ns, times.st_mtime_ns))
    _swap_for_link(path.parent, other)
    with pytest.raises(exact_files.Changed):
        _delete(file)
    assert (other / path.name).exists()
    assert not SafeCopy.objects.exists()


def test_folder_swapped_between_copy_and_file_leads_to_no_other_file(
    file: File, path: Path, tmp_path: Path
) -> None:
    other = tmp_path / "others"
    other.mkdir()
    (other / path.name).write_bytes(path.read_bytes())
    times = path.stat()
    os.utime(other / path.name, ns=(times.st_atime_ns, times.st_mtime_ns))

    def swap(point: str) -> None:
        if point == "datamap: copy kept, file there":
            _swap_for_link(path.parent, other)

    write_points.cut_with(swap)
    with pytest.raises(exact_files.Changed):
        _delete(file)
    assert (other / path.name).exists()
    assert (path.parent.with_name("moved") / path.name).exists()
    assert (SafeCopy.objects.count(), list(deleting.folder().iterdir())) == (0, [])


def test_file_swapped_for_a_link_between_copy_and_deletion_stays(
    file: File, path: Path, tmp_path: Path
) -> None:
    other = tmp_path / "other.csv"
    other.write_text("somebody else's")

    def swap(point: str) -> None:
        if point == "datamap: copy kept, file there":
            path.unlink()
            path.symlink_to(other)

    write_points.cut_with(swap)
    with pytest.raises(exact_files.Changed):
        _delete(file)
    assert (other.read_text(), path.is_symlink()) == ("somebody else's", True)


def test_place_that_is_a_link_itself_is_followed(tmp_path: Path) -> None:
    """Whoever named it meant what it leads to."""
    (tmp_path / "real").mkdir()
    (tmp_path / "link").symlink_to(tmp_path / "real")
    disk = mapped.folder(tmp_path / "link")
    file = mapped.lying(disk, tmp_path / "link" / "kunder.csv", mapped.people(range(2)))
    assert _delete(file).state == SafeCopy.State.KEPT
    assert not (tmp_path / "real" / "kunder.csv").exists()


def test_had_back_into_no_folder_that_became_a_link(file: File, path: Path, tmp_path: Path) -> None:
    copy = _delete(file)
    other = tmp_path / "others"
    other.mkdir()
    _swap_for_link(path.parent, other)
    with pytest.raises(putting_back.FolderGone):
        _have_back(copy)
    assert list(other.iterdir()) == []


def test_had_back_where_the_folder_is_gone_is_refused_in_words(file: File, path: Path) -> None:
    copy = _delete(file)
    path.parent.rmdir()
    with pytest.raises(putting_back.FolderGone):
        _have_back(copy)
    path.parent.mkdir()
    _have_back(copy)
    assert path.exists()


@pytest.mark.parametrize("lying", ["", "another", "longer than it was, by far: " * 20])
def test_had_back_over_no_other_file(file: File, path: Path, lying: str) -> None:
    copy = _delete(file)
    path.write_text(lying)
    with pytest.raises(putting_back.PlaceTaken):
        _have_back(copy)
    assert path.read_text() == lying
    assert [one.name for one in path.parent.iterdir()] == [path.name]


def test_had_back_on_a_disk_without_hard_links(
    file: File, path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refused(*_asked: object, **_more: object) -> None:
        raise PermissionError

    before = path.read_bytes()
    copy = _delete(file)
    monkeypatch.setattr(os, "link", refused)
    _have_back(copy)
    assert path.read_bytes() == before
    assert [one.name for one in path.parent.iterdir()] == [path.name]


def test_begun_while_its_disk_is_away_waits_for_the_disk(file: File, path: Path, disk: Source) -> None:
    def stop(point: str) -> None:
        if point == "datamap: copy kept, file there":
            raise InterruptedError

    write_points.cut_with(stop)
    with pytest.raises(InterruptedError):
        _delete(file)
    write_points.cut_with(None)
    root = path.parent.parent
    root.rename(root.with_name("away"))
    routines.finish_deleting(timezone.now())
    assert SafeCopy.objects.get().state == SafeCopy.State.DELETING
    root.with_name("away").rename(root)
    routines.finish_deleting(timezone.now())
    assert (SafeCopy.objects.get().state, path.exists()) == ("KEPT", False)


def test_bytes_that_no_row_names_go_after_a_day(file: File) -> None:
    copy = _delete(file)
    stray, fresh = deleting.folder() / "stray", deleting.folder() / "fresh"
    at = timezone.now() + timedelta(days=2)
    for one, age in ((stray, 25), (fresh, 23)):
        one.write_bytes(b"sealed")
        os.utime(one, times=((at - timedelta(hours=age)).timestamp(),) * 2)
    deleting.finish_begun(at=at)
    assert sorted(one.name for one in deleting.folder().iterdir()) == sorted([copy.pk.hex, "fresh"])
