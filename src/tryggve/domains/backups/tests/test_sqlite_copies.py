"""Copies of databases: whole, of one moment, while others write; and nothing is left of one that wasn't finished."""

import sqlite3
import threading
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from tryggve.domains.backups.database_copies import sqlite_copies
from tryggve.domains.backups.database_copies.sqlite_copies import CopyTookTooLong


@pytest.fixture(params=["WAL", "DELETE"])
def database(tmp_path: Path, request: pytest.FixtureRequest) -> Path:
    path = tmp_path / "data.sqlite3"
    with closing(sqlite3.connect(path)) as made:
        made.execute(f"PRAGMA journal_mode = {request.param}")
        made.execute("CREATE TABLE pair (one INTEGER, other INTEGER, filling BLOB)")
        made.executemany("INSERT INTO pair VALUES (?, ?, randomblob(900))", [(n, n) for n in range(4_000)])
        made.commit()
    return path


@pytest.fixture
def writer(database: Path) -> Iterator[None]:
    """Somebody who writes all the time, always both halves in one transaction."""
    end = threading.Event()

    def write() -> None:
        with closing(sqlite3.connect(database, timeout=30)) as connection:
            number = 0
            # Without a break whoever reads might never get a turn where a reader waits for the writer (DELETE).
            while not end.wait(0.002):
                number += 1
                with connection:
                    connection.execute("UPDATE pair SET one = one + 1 WHERE rowid % 7 = ?", (number % 7,))
                    connection.execute("UPDATE pair SET other = other + 1 WHERE rowid % 7 = ?", (number % 7,))

    thread = threading.Thread(target=write)
    thread.start()
    yield
    end.set()
    thread.join()


def _rows(path: Path) -> tuple[int, int, str]:
    with closing(sqlite3.connect(path)) as copy:
        count, halves = copy.execute("SELECT count(*), sum(one <> other) FROM pair").fetchone()
        [whole] = copy.execute("PRAGMA integrity_check").fetchone()
    return count, halves, whole


@pytest.mark.usefixtures("writer")
def test_copy_is_whole_and_of_one_moment_while_somebody_writes(database: Path, tmp_path: Path) -> None:
    for number in range(3):
        target = tmp_path / f"copy-{number}"
        sqlite_copies.copy(database, target, seconds=60)
        assert _rows(target) == (4_000, 0, "ok")


@pytest.mark.usefixtures("writer")
def test_bytes_are_those_of_one_moment(database: Path, tmp_path: Path) -> None:
    for number in range(3):
        target = tmp_path / f"bytes-{number}"
        target.write_bytes(sqlite_copies.serialized(database))
        assert _rows(target) == (4_000, 0, "ok")
    assert sorted(one.name.partition("-")[0] for one in tmp_path.glob("bytes*")) == ["bytes"] * 3


def test_copy_that_takes_too_long_leaves_no_file(database: Path, tmp_path: Path) -> None:
    with pytest.raises(CopyTookTooLong):
        sqlite_copies.copy(database, tmp_path / "copy", seconds=0)
    assert not (tmp_path / "copy").exists()


def test_what_isnt_there_is_not_made(tmp_path: Path) -> None:
    with pytest.raises(sqlite3.OperationalError):
        sqlite_copies.copy(tmp_path / "gone", tmp_path / "copy", seconds=9)
    assert list(tmp_path.iterdir()) == []
