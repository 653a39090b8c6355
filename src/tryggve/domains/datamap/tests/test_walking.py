"""Folders as they are: links that go in circles, things that are no files, and what changes meanwhile."""

import os
import socket
import stat
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from itertools import takewhile
from pathlib import Path
from tempfile import gettempdir

import pytest

from tryggve.domains.datamap import mounts, walking
from tryggve.domains.datamap.walking import CannotRead, File, files_below

_NOBODY = 65534


@contextmanager
def _without_rights(folder: Path) -> Iterator[None]:
    """None but those that everybody has, also where the tests run as root."""
    for above in takewhile(lambda one: one != Path(gettempdir()), (folder, *folder.parents)):
        above.chmod(above.stat().st_mode | 0o055)
    is_root = os.geteuid() == 0
    if is_root:
        os.seteuid(_NOBODY)
    try:
        yield
    finally:
        if is_root:
            os.seteuid(0)


def _told(root: Path | str, **patterns: list[str]) -> dict[str, str]:
    """Why each is refused, by its path from the root."""
    return {os.path.relpath(one.path, root): one.refused for one in files_below(str(root), **patterns)}


def _refusal(file: File) -> str:
    try:
        with walking.opened(file):
            return ""
    except CannotRead as cannot:
        return cannot.reason


def _file(path: Path, text: str = "hej\n") -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text)
    return path


def test_cheap_and_rich_files_come_first_and_pictures_last(tmp_path: Path) -> None:
    for name in ("a.jpg", "b.pdf", "c.unknown", "d.xlsx", "e.csv"):
        _file(tmp_path / name)
    assert list(_told(tmp_path)) == ["e.csv", "d.xlsx", "c.unknown", "b.pdf", "a.jpg"]


def test_links_are_told_and_not_followed_so_that_a_loop_ends(tmp_path: Path) -> None:
    _file(tmp_path / "in" / "a.txt")
    (tmp_path / "in" / "loop").symlink_to(tmp_path)
    (tmp_path / "self").symlink_to("self")
    (tmp_path / "gone").symlink_to("nowhere")
    (tmp_path / "password").symlink_to("/etc/passwd")
    assert _told(tmp_path) == {
        "in/a.txt": "", "in/loop": "link", "self": "link", "gone": "link", "password": "link",
    }  # fmt: skip


def test_root_itself_may_be_a_link(tmp_path: Path) -> None:
    _file(tmp_path / "papers" / "a.txt")
    (tmp_path / "link").symlink_to("papers")
    assert [one.path for one in files_below(str(tmp_path / "link"))] == [str(tmp_path / "papers" / "a.txt")]


def test_pipes_sockets_and_devices_are_told_and_never_opened(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Whoever opens a pipe to read waits for somebody to write, and some devices do something when opened."""
    os.mkfifo(tmp_path / "pipe")
    with socket.socket(socket.AF_UNIX) as server:
        server.bind(str(tmp_path / "socket"))
        if os.geteuid() == 0:
            os.mknod(tmp_path / "device", stat.S_IFCHR | 0o666, os.makedev(1, 5))
        else:
            os.mkfifo(tmp_path / "device")
        assert _told(tmp_path) == {"pipe": "no-file", "socket": "no-file", "device": "no-file"}
        listed = files_below(str(tmp_path))
        monkeypatch.delattr(os, "open")
        assert [_refusal(one) for one in listed] == ["no-file"] * 3


def test_files_and_folders_without_permission_are_told_and_the_rest_is_walked(tmp_path: Path) -> None:
    _file(tmp_path / "a.txt").chmod(0o644)
    _file(tmp_path / "b.txt").chmod(0)
    _file(tmp_path / "shut" / "c.txt").parent.chmod(0)
    _file(tmp_path / "listed" / "d.txt").parent.chmod(0o444)
    with _without_rights(tmp_path):
        files = files_below(str(tmp_path))
        told = {os.path.relpath(one.path, tmp_path): one.refused or _refusal(one) for one in files}
    assert told == {
        "a.txt": "",
        "b.txt": "no-permission",
        "shut": "no-permission",
        "listed/d.txt": "no-permission",
    }


def test_folder_that_cannot_be_walked_is_told(tmp_path: Path) -> None:
    gone = tmp_path / "gone"
    assert _told(gone) == {".": "vanished"}
    too_long = f"{tmp_path}/{'a' * 300}"
    assert _told(too_long) == {".": "unreadable"}


def test_names_that_are_no_text_are_walked(tmp_path: Path) -> None:
    odd = os.fsencode(tmp_path) + b"/\xe5\xe4\xf6\xff.txt"
    os.close(os.open(odd, os.O_CREAT))
    [found] = files_below(str(tmp_path))
    assert os.fsencode(found.path) == odd
    assert _refusal(found) == ""


def test_patterns_leave_out_folders_and_choose_files(tmp_path: Path) -> None:
    for name in ("a.csv", "b.txt", "cache/c.csv", "old/d.csv", "old/2019/e.csv"):
        _file(tmp_path / name)
    assert set(_told(tmp_path, leave_out=["cache", "old/2019"])) == {"a.csv", "b.txt", "old/d.csv"}
    assert set(_told(tmp_path, look_at=["*.csv"], leave_out=["old"])) == {"a.csv", "cache/c.csv"}


def test_what_the_kernel_shows_as_files_is_passed_over() -> None:
    """Some of it waits, some of it never ends, and nobody keeps a list of customers there."""
    assert Path("/proc/self").stat().st_dev in mounts.without_files()
    others = [one.name for one in Path("/").iterdir() if one.name != "proc"]
    assert files_below("/", leave_out=others) == []


@pytest.mark.parametrize(
    ("name", "ending"),
    [
        ("a/Kunder.CSV", ".csv"),
        ("a.b/kunder", ""),
        (".profile", ""),
        ("kunder.csv.gz", ".csv.gz"),
        ("allt.TAR.xz", ".tar.xz"),
        ("brev till bo.dahl.gz", ".gz"),
        ("a.csv.zip", ".zip"),
    ],
)
def test_of_a_name_its_ending_alone_is_told(name: str, ending: str) -> None:
    assert walking.ending(name) == ending


def test_empty_file_is_a_file_like_others(tmp_path: Path) -> None:
    _file(tmp_path / "a.txt", "")
    [found] = files_below(str(tmp_path))
    assert (found.size, _refusal(found)) == (0, "")


class TestBetweenListingAndReading:
    @pytest.fixture
    def listed(self, tmp_path: Path) -> File:
        _file(tmp_path / "a.txt", "hej på dig\n")
        [found] = files_below(str(tmp_path))
        return found

    def test_it_may_vanish(self, listed: File) -> None:
        Path(listed.path).unlink()
        assert _refusal(listed) == "vanished"

    def test_it_may_become_a_link(self, listed: File) -> None:
        Path(listed.path).unlink()
        Path(listed.path).symlink_to("/etc/passwd")
        assert _refusal(listed) == "link"

    def test_it_may_become_a_pipe_for_which_nobody_waits(self, listed: File) -> None:
        Path(listed.path).unlink()
        os.mkfifo(listed.path)
        assert _refusal(listed) == "no-file"

    def test_it_may_become_a_socket(self, listed: File) -> None:
        Path(listed.path).unlink()
        with socket.socket(socket.AF_UNIX) as server:
            server.bind(listed.path)
            assert _refusal(listed) == "no-file"

    def test_it_may_become_a_folder(self, listed: File) -> None:
        Path(listed.path).unlink()
        Path(listed.path).mkdir()
        assert _refusal(listed) == "no-file"

    def test_its_folder_may_become_a_file(self, tmp_path: Path) -> None:
        inner = _file(tmp_path / "in" / "a.txt")
        [listed] = files_below(str(tmp_path))
        inner.unlink()
        inner.parent.rmdir()
        _file(tmp_path / "in")
        assert _refusal(listed) == "vanished"

    @pytest.mark.parametrize(
        "change",
        [
            lambda path: path.write_text("hej på dig och mer\n"),
            lambda path: os.truncate(path, 2),
            lambda path: os.utime(path, ns=(1, 1)),
        ],
        ids=["it grows", "it shrinks", "it is written over"],
    )
    def test_a_change_while_it_is_read_is_told(self, listed: File, change: Callable[[Path], None]) -> None:
        with pytest.raises(CannotRead, match="changed"), walking.opened(listed):
            change(Path(listed.path))

    def test_another_file_put_in_its_place_leaves_the_one_that_is_read_whole(self, listed: File) -> None:
        path = Path(listed.path)
        with walking.opened(listed) as held:
            _file(path.with_name("new"), "annat\n").rename(path)
            assert os.read(held, 100) == "hej på dig\n".encode()
