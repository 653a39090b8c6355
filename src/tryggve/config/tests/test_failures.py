import errno
import sqlite3
from pathlib import Path

import psycopg
import pytest
from django import db
from psycopg import errors

from tryggve.config import failures

CILLA = "Cilla Åkerström"


def _raised(failure: BaseException, cause: BaseException | None = None) -> BaseException:
    try:
        raise failure from cause
    except BaseException as told:  # noqa: BLE001 - to carry a traceback, as what is told in the product does
        return told


def _sqlite(code: int) -> sqlite3.Error:
    failure = sqlite3.OperationalError(CILLA)
    failure.sqlite_errorcode = code
    return failure


@pytest.mark.parametrize(
    ("failure", "words"),
    [
        (OSError(errno.ENOSPC, CILLA), "The disk is full."),
        (OSError(errno.EDQUOT, CILLA), "The disk is full."),
        (OSError(errno.EFBIG, CILLA), "The disk is full."),
        (OSError(errno.EROFS, CILLA), "The data folder can't be written to."),
        (PermissionError(errno.EACCES, CILLA), "The data folder can't be written to."),
        (OSError(errno.EIO, CILLA), "The disk answered with an error"),
        (_sqlite(sqlite3.SQLITE_FULL), "The disk is full."),
        (_sqlite(sqlite3.SQLITE_READONLY_DIRECTORY), "The data folder can't be written to."),
        (_sqlite(sqlite3.SQLITE_CANTOPEN_ISDIR), "The data folder can't be written to."),
        (_sqlite(sqlite3.SQLITE_IOERR_WRITE), "The disk answered with an error"),
        (_sqlite(sqlite3.SQLITE_BUSY_SNAPSHOT), "Another program has used the database for too long."),
        (_sqlite(sqlite3.SQLITE_CORRUPT_INDEX), "The database is damaged."),
        (_sqlite(sqlite3.SQLITE_NOTADB), "The database is damaged."),
        (db.OperationalError(CILLA), "The database doesn't answer."),
        (db.InterfaceError(CILLA), "The database doesn't answer."),
    ],
)
def test_trouble_with_disk_or_database_is_told_in_words(failure: BaseException, words: str) -> None:
    assert failures.told(_raised(failure)).startswith(words)
    assert failures.told(_raised(ValueError(CILLA), failure)).startswith(words)
    assert CILLA not in failures.told(_raised(failure))


@pytest.mark.parametrize(
    ("cause", "words"),
    [
        (errors.DiskFull(CILLA), "The disk is full."),
        (errors.AdminShutdown(CILLA), "The database doesn't answer."),
        (errors.ConnectionFailure(CILLA), "The database doesn't answer."),
        (errors.LockNotAvailable(CILLA), "Another program has used the database for too long."),
        (errors.InvalidPassword(CILLA), "Something went wrong"),
        (psycopg.OperationalError(CILLA), "The database doesn't answer."),
    ],
)
def test_answers_of_postgresql_are_told_by_their_code(cause: psycopg.Error, words: str) -> None:
    assert failures.told(_raised(db.OperationalError(CILLA), cause)).startswith(words)


def test_fault_in_a_statement_is_nothing_that_a_person_could_mend() -> None:
    told = failures.told(_raised(db.OperationalError(CILLA), _sqlite(sqlite3.SQLITE_ERROR)))
    assert told.startswith("Something went wrong that we did not foresee")


def test_cause_that_the_disk_gave_is_found_behind_djangos_own(caplog: pytest.LogCaptureFixture) -> None:
    told = failures.told(_raised(db.OperationalError(CILLA), _sqlite(sqlite3.SQLITE_FULL)))
    assert (told.startswith("The disk is full."), caplog.records) == (True, [])


def _fail_while_handling() -> None:
    try:
        raise OSError(errno.ENOSPC, CILLA)
    except OSError:
        raise ValueError(CILLA)  # noqa: B904 - without a cause, as it happens in a handler


def test_cause_that_was_only_at_hand_counts_too() -> None:
    with pytest.raises(ValueError, match=CILLA) as failed:
        _fail_while_handling()
    assert failures.told(failed.value).startswith("The disk is full.")


def test_real_answers_of_sqlite_are_understood(tmp_path: Path) -> None:
    (tmp_path / "folder").mkdir()
    (tmp_path / "letter").write_text(CILLA * 100)
    for name, words in (("folder", "The data folder can't be"), ("letter", "The database is damaged.")):
        with pytest.raises(sqlite3.DatabaseError) as failed:
            sqlite3.connect(tmp_path / name).execute("SELECT * FROM sqlite_master")
        assert failures.told(failed.value).startswith(words)


def test_unforeseen_failure_gets_a_number_that_the_log_has_too(caplog: pytest.LogCaptureFixture) -> None:
    told = failures.told(_raised(KeyError(CILLA), OSError(errno.ENOENT, CILLA)))
    (record,) = caplog.records
    facts: dict[str, object] = record.facts  # type: ignore[attr-defined]  # what JsonLine writes
    assert f"(number {facts['number']})" in told
    assert (facts["exception"], facts["cause"]) == ("KeyError", "FileNotFoundError")
    assert (CILLA in told, CILLA in str(facts)) == (False, False)
