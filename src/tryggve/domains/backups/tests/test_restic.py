"""restic as it is driven, against the real program: what comes back is what went in, or it is told why not."""

import os
import socket
import stat
import threading
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from tryggve.domains.backups.restic import (
    AlreadyThere,
    Damaged,
    Incomplete,
    LockedByAnother,
    NotInstalled,
    Place,
    Repository,
    ResticFailed,
    TookTooLong,
    Unreachable,
    WrongPassword,
    program,
    running,
)
from tryggve.domains.backups.tests import cheap_repositories

pytestmark = pytest.mark.process
PASSWORD = "four words and a half"


@pytest.fixture
def made(tmp_path: Path) -> Repository:
    repository = Repository(Place(str(tmp_path / "there")), PASSWORD, tmp_path / "cache")
    cheap_repositories.make(tmp_path / "there", PASSWORD)
    return repository


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    inside = tmp_path / "data"
    inside.mkdir()
    for number in range(5):
        (inside / f"{number}.bin").write_bytes(os.urandom(40_000))
    return inside


def _with(made: Repository, *, password: str = PASSWORD, location: str = "") -> Repository:
    return Repository(Place(location or made.place.location), password, made.cache)


def test_what_was_backed_up_comes_back_as_it_was(made: Repository, folder: Path, tmp_path: Path) -> None:
    first = made.backup([folder], tags=["data"])
    assert (first.files, first.changed_files, first.bytes_in_all) == (5, 5, 200_000)
    (folder / "0.bin").write_bytes(b"changed")
    second = made.backup([folder], tags=["data", "before-upgrade"])
    assert (second.changed_files, second.bytes_added < first.bytes_added) == (1, True)

    older, newer = made.snapshots(tags=["data"])
    assert newer.tags == {"data", "before-upgrade"}
    assert (older.id.startswith(first.snapshot), older.taken_at < newer.taken_at) == (True, True)
    assert [one.id for one in made.snapshots(tags=["before-upgrade"])] == [newer.id]
    made.restore(newer.id, to=tmp_path / "back")
    back = tmp_path / "back" / folder.relative_to("/")
    assert {one.name: one.read_bytes() for one in back.iterdir()} == {
        one.name: one.read_bytes() for one in folder.iterdir()
    }
    made.check_all_data()


def test_stream_becomes_one_file_and_touches_no_disk_of_ours(made: Repository, tmp_path: Path) -> None:
    reading, writing = os.pipe()
    os.write(writing, b"keys")
    os.close(writing)
    with os.fdopen(reading, "rb") as content:
        made.backup_stream(content, name="keys.sqlite3", tags=["keys"])
    [snapshot] = made.snapshots()
    assert snapshot.paths == ("/keys.sqlite3",)
    made.restore(snapshot.id, to=tmp_path / "back")
    assert (tmp_path / "back" / "keys.sqlite3").read_bytes() == b"keys"


def test_one_flipped_bit_is_found_by_reading_all_data(made: Repository, folder: Path) -> None:
    made.backup([folder])
    pack = max(Path(made.place.location).glob("data/*/*"), key=lambda one: one.stat().st_size)
    pack.chmod(stat.S_IRUSR | stat.S_IWUSR)
    content = bytearray(pack.read_bytes())
    content[len(content) // 2] ^= 1
    pack.write_bytes(content)
    with pytest.raises(Damaged):
        made.check_all_data()


def test_missing_pack_is_found(made: Repository, folder: Path) -> None:
    made.backup([folder])
    max(Path(made.place.location).glob("data/*/*"), key=lambda one: one.stat().st_size).unlink()
    with pytest.raises(Damaged):
        made.check_all_data()


def test_wrong_password_no_repository_and_nobody_there_are_told_apart(
    made: Repository, tmp_path: Path
) -> None:
    with pytest.raises(WrongPassword):
        _with(made, password="another").snapshots()
    assert (made.exists(), _with(made, location=str(tmp_path / "nowhere")).exists()) == (True, False)
    with pytest.raises(AlreadyThere):
        made.make()
    with pytest.raises(Unreachable):
        _with(made, location="sftp://nobody@127.0.0.1:1//x").snapshots()


@pytest.mark.parametrize("path", ["/proc/self/mem", "/nowhere/at/all"])
def test_what_cant_be_read_makes_it_incomplete(made: Repository, folder: Path, path: str) -> None:
    """Bytes that are errors for everybody, and a folder that isn't there."""
    with pytest.raises(Incomplete):
        made.backup([folder, Path(path)])


def test_lock_of_one_who_died_is_taken_away(made: Repository, folder: Path) -> None:
    reading, writing = os.pipe()
    with os.fdopen(reading, "rb") as content, pytest.raises(ResticFailed):
        running.run(
            ["backup", "--stdin"],
            place=made.place,
            password=PASSWORD,
            cache=made.cache,
            seconds=3,
            given=content,
        )
    os.close(writing)
    assert list(Path(made.place.location).glob("locks/*"))
    made.free()
    assert made.keep(rules={"last": 1}) == []
    assert not list(Path(made.place.location).glob("locks/*"))


def test_what_no_rule_keeps_is_gone_with_its_data(made: Repository, folder: Path) -> None:
    for _number in range(4):
        (folder / "0.bin").write_bytes(os.urandom(3_000_000))
        made.backup([folder], tags=["keys"])
    ids = [one.id for one in made.snapshots()]
    before = sum(one.stat().st_size for one in Path(made.place.location).glob("data/*/*"))
    assert made.keep(rules={"last": 2}, tags=["keys"], unused="0") == ids[1::-1]
    after = sum(one.stat().st_size for one in Path(made.place.location).glob("data/*/*"))
    assert ([one.id for one in made.snapshots()], before - after > 5_900_000) == (ids[2:], True)


def test_password_stands_in_no_argument_and_no_environment(made: Repository, tmp_path: Path) -> None:
    seen = []

    def watch(message: dict[str, object]) -> None:
        for process in Path("/proc").glob("[0-9]*"):
            if b"restic" in (process / "cmdline").read_bytes():
                seen.append((process / "cmdline").read_bytes() + (process / "environ").read_bytes())

    (tmp_path / "much").write_bytes(os.urandom(30_000_000))
    made.backup([tmp_path / "much"], watch=watch)
    assert (seen != [], [one for one in seen if PASSWORD.encode() in one]) == (True, [])


def test_without_restic_it_says_so(made: Repository, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    with pytest.raises(NotInstalled):
        program.find()
    with pytest.raises(NotInstalled):
        made.snapshots()


@pytest.fixture
def hanging(tmp_path: Path) -> Iterator[Repository]:
    """A place that takes calls, and never answers one."""
    with socket.create_server(("127.0.0.1", 0)) as server:
        address = f"rest:http://127.0.0.1:{server.getsockname()[1]}/"
        yield Repository(Place(address), PASSWORD, tmp_path / "cache", patience=0.5)


def test_place_that_never_answers_is_given_up(hanging: Repository, folder: Path, tmp_path: Path) -> None:
    for ask in (
        lambda: hanging.backup([folder]),
        lambda: hanging.dump("latest", "/keys.tar"),
        lambda: list(hanging.list_files("latest")),
        lambda: hanging.exists(seconds=0.5),
    ):
        with pytest.raises(TookTooLong):
            ask()


def test_place_that_stops_in_the_middle_is_given_up(made: Repository, tmp_path: Path) -> None:
    """restic goes on telling how far it has come, and comes no further."""
    reading, writing = os.pipe()
    impatient = replace(made, patience=2.0)
    os.write(writing, os.urandom(50_000))
    with os.fdopen(reading, "rb") as content, pytest.raises(TookTooLong):
        impatient.backup_stream(content, name="keys.tar")
    os.close(writing)


def test_who_reads_slowly_is_not_taken_for_a_silent_place(made: Repository, tmp_path: Path) -> None:
    (tmp_path / "large").write_bytes(os.urandom(600_000))
    made.backup([tmp_path / "large"])
    pieces = replace(made, patience=1.0).dump_file("latest", f"{tmp_path}/large")
    held = next(pieces)
    threading.Event().wait(1.5)
    assert held + b"".join(pieces) == (tmp_path / "large").read_bytes()


def test_two_at_once_where_one_must_be_alone(made: Repository, folder: Path) -> None:
    made.backup([folder])
    lock = next(iter(Path(made.place.location).glob("locks")), None)
    assert lock is not None
    reading, writing = os.pipe()
    with (
        os.fdopen(reading, "rb") as content,
        running.started(
            ["backup", "--stdin"], place=made.place, password=PASSWORD, cache=made.cache, given=content
        ),
    ):
        while not [one for one in lock.iterdir() if "tmp" not in one.name]:
            pass
        with pytest.raises(LockedByAnother):
            made.keep(rules={"last": 1})
    os.close(writing)
