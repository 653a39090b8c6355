"""Which folders will do for checkpoints, and that what lies there is whole and never written over."""

import errno
import os
import socket
import stat
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from tryggve.domains.access import checkpoint_folder
from tryggve.domains.access.checkpoint_folder import NotLeft, Trouble, UnsuitableFolder
from tryggve.lib import write_points
from tryggve.lib.folders import Folders

NAME = "tryggve-checkpoint-1-12.txt"
NOTE = b"tryggve/x/1\n12\n"


class PowerCut(BaseException):
    """Nothing in the product catches it."""


@pytest.fixture
def own(tmp_path: Path) -> Folders:
    """Tryggve's own folders."""
    folders = Folders(data=tmp_path / "data", config=tmp_path / "config")
    folders.audit.mkdir(parents=True)
    folders.config.mkdir()
    return folders


@pytest.fixture
def stick(tmp_path: Path) -> Path:
    """A folder of the owner's."""
    folder = tmp_path / "stick"
    folder.mkdir()
    return folder


@pytest.fixture(autouse=True)
def nothing_is_cut() -> Iterator[None]:
    yield
    write_points.cut_with(None)


def _leave(folder: Path, own: Folders, *, note: bytes = NOTE, is_elsewhere: bool = False) -> None:
    checkpoint_folder.leave(note, name=NAME, folder=folder, folders=own, is_elsewhere=is_elsewhere)


def _trouble(folder: Path, own: Folders, *, is_elsewhere: bool = False) -> Trouble:
    with pytest.raises(NotLeft) as refused:
        _leave(folder, own, is_elsewhere=is_elsewhere)
    return refused.value.trouble


def test_folder_of_the_owners_will_do(stick: Path, own: Folders) -> None:
    assert checkpoint_folder.require_suitable(str(stick), own) == stick


@pytest.mark.parametrize("inside", ["data", "data/audit", "config", "link/audit", "stick/../data"])
def test_own_folders_are_refused_by_whatever_path(
    stick: Path, own: Folders, tmp_path: Path, inside: str
) -> None:
    (tmp_path / "link").symlink_to(own.data)
    with pytest.raises(UnsuitableFolder, match="belongs to Tryggve itself"):
        checkpoint_folder.require_suitable(str(tmp_path / inside), own)


@pytest.mark.parametrize(
    ("path", "words"), [("stick", "the whole path"), ("/no/such/folder", "no such folder")]
)
def test_path_that_leads_nowhere_is_refused(own: Folders, path: str, words: str) -> None:
    with pytest.raises(UnsuitableFolder, match=words):
        checkpoint_folder.require_suitable(path, own)


@pytest.mark.skipif(os.geteuid() == 0, reason="root may write everywhere")
def test_folder_that_can_not_be_written_is_refused(stick: Path, own: Folders) -> None:
    stick.chmod(0o500)
    with pytest.raises(UnsuitableFolder, match="may not write"):
        checkpoint_folder.require_suitable(str(stick), own)
    assert _trouble(stick, own) is Trouble.FORBIDDEN


def test_checkpoint_is_left_for_all_to_read(stick: Path, own: Folders) -> None:
    _leave(stick, own)
    (file,) = stick.iterdir()
    assert (file.name, file.read_bytes(), stat.S_IMODE(file.stat().st_mode)) == (NAME, NOTE, 0o644)


def test_checkpoint_that_is_there_stays(stick: Path, own: Folders) -> None:
    _leave(stick, own)
    before = (stick / NAME).stat().st_mtime_ns
    _leave(stick, own)
    assert (stick / NAME).stat().st_mtime_ns == before


def test_other_checkpoint_of_that_name_is_told_and_not_written_over(stick: Path, own: Folders) -> None:
    (stick / NAME).write_bytes(b"something else")
    assert _trouble(stick, own) is Trouble.CHANGED
    assert (stick / NAME).read_bytes() == b"something else"


def test_longer_checkpoint_that_begins_alike_is_told(stick: Path, own: Folders) -> None:
    (stick / NAME).write_bytes(NOTE + b"x")
    assert _trouble(stick, own) is Trouble.CHANGED


def test_file_of_any_size_under_that_name_is_not_read_whole(stick: Path, own: Folders) -> None:
    with (stick / NAME).open("wb") as file:
        file.truncate(1 << 42)  # more than any memory holds; it takes no room on the disk
    assert _trouble(stick, own) is Trouble.CHANGED


def _link_to_what_never_ends(path: Path) -> None:
    path.symlink_to("/dev/zero")


def _link_to_the_same(path: Path) -> None:
    path.with_name("same").write_bytes(NOTE)
    path.symlink_to("same")


def _link_to_nothing(path: Path) -> None:
    path.symlink_to("nothing")


def _listen(path: Path) -> None:
    with socket.socket(socket.AF_UNIX) as listening:
        listening.bind(str(path))


@pytest.mark.parametrize(
    "laid", [os.mkfifo, Path.mkdir, _listen, _link_to_what_never_ends, _link_to_the_same, _link_to_nothing]
)
def test_what_is_no_file_under_that_name_neither_stops_the_worker_nor_is_written_over(
    stick: Path, own: Folders, laid: Callable[[Path], None]
) -> None:
    laid(stick / NAME)
    before = (stick / NAME).lstat()
    assert _trouble(stick, own) is Trouble.CHANGED
    assert (stick / NAME).lstat().st_ino == before.st_ino


def test_missing_folder_is_told_and_not_made(stick: Path, own: Folders) -> None:
    stick.rmdir()
    assert _trouble(stick, own) is Trouble.MISSING
    assert not stick.exists()


def test_empty_place_of_another_disk_is_told_and_nothing_is_written(stick: Path, own: Folders) -> None:
    """When the stick is pulled out, its folder lies on the disk of the data."""
    assert not checkpoint_folder.is_on_other_disk(stick, own)
    assert _trouble(stick, own, is_elsewhere=True) is Trouble.DISCONNECTED
    assert list(stick.iterdir()) == []


@pytest.mark.skipif(not Path("/proc").is_dir(), reason="this system has no second file system for sure")
def test_folder_on_another_disk_is_known_as_such(own: Folders) -> None:
    assert checkpoint_folder.is_on_other_disk(Path("/proc"), own)


@pytest.mark.parametrize(
    ("number", "trouble"),
    [(errno.ENOENT, Trouble.MISSING), (errno.EROFS, Trouble.FORBIDDEN), (errno.ENOSPC, Trouble.FULL),
     (errno.EIO, Trouble.UNREACHABLE), (errno.EHOSTDOWN, Trouble.UNREACHABLE)],
)  # fmt: skip
def test_error_of_the_disk_has_its_name(stick: Path, own: Folders, number: int, trouble: Trouble) -> None:
    def fail(name: str) -> None:
        raise OSError(number, "the disk says so")

    write_points.cut_with(fail)
    assert _trouble(stick, own) is trouble


@pytest.mark.parametrize("point", ["checkpoint written elsewhere", "checkpoint left elsewhere"])
def test_cut_leaves_nothing_half_and_the_next_try_ends_well(stick: Path, own: Folders, point: str) -> None:
    def cut(name: str) -> None:
        if name == point:
            raise PowerCut

    write_points.cut_with(cut)
    with pytest.raises(PowerCut):
        _leave(stick, own)
    write_points.cut_with(None)
    assert [file.read_bytes() for file in stick.glob("*.txt")] in ([], [NOTE])

    _leave(stick, own)
    assert [(file.name, file.read_bytes()) for file in stick.iterdir()] == [(NAME, NOTE)]
