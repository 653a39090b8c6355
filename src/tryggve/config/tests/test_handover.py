"""What root gives away, and what not: other users must not choose it. Only collected where the tests run as root."""

import pwd
import threading
from pathlib import Path

import pytest

from tryggve.config import handover
from tryggve.config.tests import machine

NOBODY = pwd.getpwnam("nobody")


def _owner(path: Path) -> int:
    return path.lstat().st_uid


def _give(place: Path) -> None:
    handover.give(place, NOBODY, parts=handover.DATA)


def _refused(place: Path) -> str:
    with pytest.raises(handover.ForeignFolder) as refused:
        _give(place)
    return str(refused.value)


def test_empty_folder_is_given_and_closed(roots: Path) -> None:
    (roots / "data").mkdir(mode=0o755)
    _give(roots / "data")
    assert (_owner(roots / "data"), (roots / "data").stat().st_mode & 0o777) == (NOBODY.pw_uid, 0o700)


def test_own_folder_that_root_put_back_is_given_with_all_in_it(roots: Path) -> None:
    data = roots / "data"
    (data / "files" / "deep").mkdir(parents=True)
    for name in ("id", "keys.sqlite3", "tryggve.sqlite3-wal", "files/deep/blob"):
        (data / name).touch()
    _give(data)
    assert {_owner(path) for path in (data, *data.rglob("*"))} == {NOBODY.pw_uid}


def test_own_folder_of_keys_is_given(roots: Path) -> None:
    for name in ("key", "secret-key", "database-url", "id"):
        (roots / name).touch()
    (roots / "0123456789abcdef").mkdir()
    handover.give(roots, NOBODY, parts=handover.CONFIG)
    assert {_owner(path) for path in (roots, *roots.rglob("*"))} == {NOBODY.pw_uid}


def test_links_inside_are_not_followed(roots: Path) -> None:
    (roots / "data" / "files").mkdir(parents=True)
    (roots / "outside").mkdir()
    (roots / "outside" / "shadow").touch()
    (roots / "data" / "files" / "to-file").symlink_to(roots / "outside" / "shadow")
    (roots / "data" / "files" / "to-folder").symlink_to(roots / "outside")
    _give(roots / "data")
    assert _owner(roots / "data" / "files" / "to-folder") == NOBODY.pw_uid
    assert [_owner(roots / "outside"), _owner(roots / "outside" / "shadow")] == [0, 0]


@pytest.mark.parametrize("name", ["passwd", "id_rsa", "key", "keys.sqlite3.d x", "filesystems"])
def test_folder_with_other_things_is_refused_and_unchanged(roots: Path, name: str) -> None:
    (roots / "etc").mkdir(mode=0o755)
    for inside in (name, "id", "keys.sqlite3"):
        (roots / "etc" / inside).touch()
    assert "holds other things" in _refused(roots / "etc")
    assert {_owner(path) for path in (roots / "etc", *(roots / "etc").iterdir())} == {0}
    assert (roots / "etc").stat().st_mode & 0o777 == 0o755


def test_folder_that_everybody_uses_is_refused(roots: Path) -> None:
    (roots / "lock").mkdir()
    (roots / "lock").chmod(0o1777)
    _refused(roots / "lock")
    assert (_owner(roots / "lock"), (roots / "lock").stat().st_mode & 0o7777) == (0, 0o1777)


def test_folder_of_a_third_user_is_refused(roots: Path) -> None:
    machine.give(roots, machine.MALLORY)
    before = _owner(roots)
    assert "belongs to somebody else" in _refused(roots)
    assert _owner(roots) == before


def test_folder_of_the_user_is_left_as_it_is(home: Path) -> None:
    (home / "letter").touch()
    _give(home)
    assert (_owner(home), _owner(home / "letter")) == (NOBODY.pw_uid, 0)


def test_new_folder_in_the_folder_of_a_third_user_is_refused_and_not_made(roots: Path) -> None:
    machine.give(roots, machine.MALLORY)
    assert "others can change" in _refused(roots / "deep" / "data")
    assert list(roots.iterdir()) == []


@pytest.mark.parametrize("mode", [0o777, 0o775])
def test_new_folder_where_others_may_write_is_refused(roots: Path, mode: int) -> None:
    roots.chmod(mode)
    assert "others can change" in _refused(roots / "data")


def test_new_folder_in_the_shared_temporary_folder_is_given(roots: Path) -> None:
    """Nobody can move what is root's there (the sticky bit)."""
    roots.chmod(0o1777)
    _give(roots / "data")
    assert _owner(roots / "data") == NOBODY.pw_uid


@pytest.mark.parametrize("deep", [False, True])
def test_link_of_a_third_user_to_a_folder_of_the_systems_is_refused(roots: Path, deep: bool) -> None:
    """Mallory leads the name of his data folder to an empty one of root's."""
    (roots / "run" / "sshd").mkdir(parents=True)
    (roots / "mallory").mkdir()
    link = roots / "mallory" / "data"
    link.symlink_to(roots / "run" if deep else roots / "run" / "sshd")
    machine.give(roots / "mallory", machine.MALLORY)
    _refused(link / "sshd" if deep else link)
    assert _owner(roots / "run" / "sshd") == 0


def test_link_of_roots_to_a_disk_of_its_own_is_followed(roots: Path) -> None:
    (roots / "disk" / "lost+found").mkdir(parents=True)
    (roots / "data").symlink_to(roots / "disk")
    _give(roots / "data")
    assert (_owner(roots / "disk"), _owner(roots / "data")) == (NOBODY.pw_uid, 0)


def test_folder_that_is_exchanged_all_the_time_never_costs_the_system_a_file(roots: Path) -> None:
    """Mallory moves her folder away and puts a link to one of the system's in its place, over and over."""
    system = roots / "system"
    (system / "files").mkdir(parents=True)
    (system / "files" / "shadow").touch()
    mallorys = roots / "mallory"
    (mallorys / "data").mkdir(parents=True)
    (mallorys / "link").symlink_to(system)
    machine.give(mallorys, machine.MALLORY)
    ended = threading.Event()

    def exchange() -> None:
        while not ended.is_set():
            for one, other in (("data", "away"), ("link", "data"), ("data", "link"), ("away", "data")):
                (mallorys / one).rename(mallorys / other)

    mallory = threading.Thread(target=exchange)
    mallory.start()
    try:
        for _attempt in range(200):
            try:
                _give(mallorys / "data")
            except (handover.ForeignFolder, OSError):
                continue
    finally:
        ended.set()
        mallory.join()
    assert {_owner(path) for path in (system, *system.rglob("*"))} == {0}
