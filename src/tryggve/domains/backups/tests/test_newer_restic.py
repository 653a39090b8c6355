"""What restic says from 0.17 on is understood, also where only an older one can be had: a program says it in its stead.

Its words are those of 0.19.1: https://restic.readthedocs.io/en/stable/075_scripting.html
"""

import json
from collections.abc import Callable
from pathlib import Path

import pytest

from tryggve.domains.backups.restic import (
    Added,
    Damaged,
    Incomplete,
    LockedByAnother,
    NoRepository,
    Password,
    Place,
    Refused,
    Repository,
    ResticFailed,
    TooOld,
    Unreachable,
    WrongPassword,
    program,
)
from tryggve.domains.backups.services.restoring.silence import cause_in_words
from tryggve.domains.backups.words.pages import CAUSES

Says = Callable[..., Repository]
ID, OTHER = "4b52998f" * 8, "ec692adf" * 8
SUMMARY = {
    "message_type": "summary",
    "files_new": 1,
    "files_changed": 2,
    "files_unmodified": 4,
    "dirs_new": 1,
    "dirs_changed": 0,
    "dirs_unmodified": 0,
    "data_blobs": 3,
    "tree_blobs": 2,
    "data_added": 703,
    "data_added_packed": 665,
    "total_files_processed": 7,
    "total_bytes_processed": 9000,
    "total_duration": 1.405170789,
    "backup_start": "2026-11-23T15:09:47.146487125Z",
    "backup_end": "2026-11-23T15:09:48.551657915Z",
    "snapshot_id": ID,
}
SNAPSHOT = {
    "time": "2026-11-23T15:09:48.598967967+01:00",
    "paths": ["/d"],
    "hostname": "vm",
    "program_version": "restic 0.19.1",
    "summary": {"files_new": 1, "total_bytes_processed": 3},
    "id": ID,
    "short_id": "4b52998f",
}
NODE = {"path": "/d/a", "mode": 0o640, "permissions": "-rw-r-----", "mtime": SNAPSHOT["time"]}


@pytest.fixture
def says(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Says:
    """A restic that says this, whatever it is asked; ``then``: what it does afterwards."""

    def make(
        *told: object, words: str = "", status: int = 0, then: str = "", version: str = "0.19.1"
    ) -> Repository:
        (tmp_path / "told").write_text("".join(f"{json.dumps(one)}\n" for one in told))
        (tmp_path / "words").write_text(words)
        path = tmp_path / "restic"
        path.write_text(
            f'#!/bin/sh\n[ "$1" = version ] && echo "restic {version} compiled with go1.26.4 on linux/amd64" && exit\n'
            f"cat '{tmp_path}/words' >&2\n{then}\ncat '{tmp_path}/told'\nexit {status}\n"
        )
        path.chmod(0o700)
        monkeypatch.setenv("PATH", f"{tmp_path}:/usr/bin:/bin")
        return Repository(Place(str(tmp_path)), "password", tmp_path / "cache", longest=20.0)

    return make


def _ended(code: int, message: str) -> str:
    """As Go writes it."""
    told = json.dumps({"message_type": "exit_error", "code": code, "message": message})
    return told.replace("<", "\\u003c").replace(">", "\\u003e") + "\n"


@pytest.mark.parametrize(
    ("status", "failed"),
    [
        (10, NoRepository),
        (11, LockedByAnother),
        (12, WrongPassword),
        (3, Incomplete),
        (99, ResticFailed),
        (130, ResticFailed),
    ],
)
def test_status_alone_tells_what_failed(says: Says, status: int, failed: type[ResticFailed]) -> None:
    with pytest.raises(ResticFailed) as told:
        says(status=status, words=_ended(status, "in words that nobody knows")).snapshots()
    assert type(told.value) is failed


def test_no_repository_is_no_error_for_who_asks_whether_there_is_one(says: Says) -> None:
    message = "Fatal: repository does not exist: unable to open config file: stat x/config: no such file or directory"
    assert says(status=10, words=_ended(10, message)).exists() is False


@pytest.mark.parametrize(
    ("status", "message", "failed"),
    [
        (1, "Fatal: LoadRaw(<key/a9bd1bdebe>): invalid data returned", Damaged),
        (1, "ReadFull: load(<data/46d452555a>, 593154, 0): no such file or directory", Damaged),
        (1, f'Fatal: loading tree for snapshot "latest" failed: id {ID} not found in repository', Damaged),
        (1, "Fatal: packs from index missing in repo", Damaged),
        (3, f"/: tree {ID} is not known; the repository could be damaged, run `repair index`", Damaged),
        (3, "failed to remove one or more snapshots", Refused),
        (1, "Fatal: unable to open config file: unexpected HTTP response (403): 403 Forbidden", Unreachable),
    ],
)
def test_what_is_told_as_json_on_standard_error_is_read(
    says: Says, status: int, message: str, failed: type[ResticFailed]
) -> None:
    with pytest.raises(ResticFailed) as told:
        says(status=status, words=_ended(status, message)).forget([ID])
    assert type(told.value) is failed


def test_what_a_backup_came_to_is_told_in_more_fields(says: Says, tmp_path: Path) -> None:
    status = {"message_type": "status", "percent_done": 0.5, "total_files": 7, "error_count": 0}
    assert says(status, SUMMARY).backup([tmp_path]) == Added(ID, 7, 3, 9000, 703)


def test_backup_that_lacks_a_file_is_incomplete_though_it_has_a_summary(says: Says, tmp_path: Path) -> None:
    words = "/nowhere does not exist, skipping\n" + _ended(
        3, "Warning: at least one source file could not be read"
    )
    with pytest.raises(Incomplete):
        says(SUMMARY, words=words, status=3).backup([tmp_path])


def test_lists_are_read_though_they_tell_more(says: Says) -> None:
    [snapshot] = says([SNAPSHOT]).snapshots()
    assert (snapshot.id, snapshot.taken_at.microsecond, snapshot.paths) == (ID, 598967, ("/d",))
    header = {**SNAPSHOT, "message_type": "snapshot", "struct_type": "snapshot"}
    file = {**NODE, "name": "a", "type": "file", "size": 3, "message_type": "node"}
    for told in (file, {**file, "struct_type": "node"}):
        [listed] = says(header, told).list_files(ID)
        assert (listed.path, listed.size, listed.mode) == ("/d/a", 3, 0o640)
    key = {
        "current": True,
        "id": ID,
        "userName": "tryggve",
        "hostName": "kit",
        "created": "2026-11-23 15:09:45",
    }
    assert says([key]).passwords() == [Password(ID, "kit", is_current=True)]
    reasons = [{"snapshot": SNAPSHOT, "matches": ["last snapshot"]}]
    group = {
        "tags": None,
        "host": "vm",
        "keep": [SNAPSHOT],
        "remove": [{**SNAPSHOT, "id": OTHER}],
        "reasons": reasons,
    }
    assert says([group]).keep(rules={"last": 1}) == [OTHER]


_AGAIN = "{} returned error, retrying after 1.2s: {}\n"
_CONFIG = _AGAIN.format("Stat(<config/>)", 'Head "http://127.0.0.1:9/config": connect: connection refused')


@pytest.mark.parametrize(
    "line",
    [
        _CONFIG,
        _AGAIN.format("Stat(<config/>)", "client.GetObject: The Access Key Id you provided does not exist"),
        _AGAIN.format("Save(<lock/3e9aa4bb85>)", "open /x/locks/3e: read-only file system"),
        _AGAIN.format("Save(<lock/3e9aa4bb85>)", 'sftp: "Failure" (SSH_FX_FAILURE)'),
    ],
)
def test_place_that_lets_nobody_in_isnt_asked_for_a_quarter_of_an_hour(says: Says, line: str) -> None:
    asked = says(words=line * 3, then="sleep 600")
    for ask in (asked.snapshots, lambda: list(asked.list_files(ID))):
        with pytest.raises(Unreachable):
            ask()


def test_place_that_answers_when_it_is_asked_again_is_no_failure(says: Says) -> None:
    words = _CONFIG * 2 + "Stat(<config/>) operation successful after 2 retries\n"
    assert [one.id for one in says([SNAPSHOT], words=words).snapshots()] == [ID]
    words = _AGAIN.format("Load(<data/46d452555a>, 593154, 0)", "read: connection reset by peer") * 9
    assert [one.id for one in says([SNAPSHOT], words=words).snapshots()] == [ID]


@pytest.mark.parametrize("version", ["0.14.0", "0.17.3", "0.19.1", "1.0.0", "0.20.0-dev (v0.19.1-3-gabc)"])
def test_oldest_and_newer_ones_are_driven(says: Says, version: str) -> None:
    assert says([SNAPSHOT], version=version).snapshots() != []


def test_older_one_is_too_old_and_a_line_says_how_to_install_another(says: Says) -> None:
    asked = says([SNAPSHOT], version="0.13.1")
    with pytest.raises(TooOld):
        program.find()
    with pytest.raises(TooOld) as told:
        asked.snapshots()
    line = "sudo apt install restic"
    assert line in str(CAUSES[told.value.code])
    assert line in cause_in_words(told.value)
