"""Copies of SQLite databases that others write meanwhile, each as it was at one moment."""

import sqlite3
import time
from contextlib import closing
from pathlib import Path
from typing import Final

# Between two steps others write; a step of so many pages takes a few thousandths of a second.
_PAGES: Final = 2_048
_PAUSE: Final = 0.005
_BUSY_SECONDS: Final = 5.0


class CopyTookTooLong(TimeoutError):
    """Others wrote so much that the copy had to begin again and again."""


def copy(source: Path, target: Path, *, seconds: float) -> None:
    """Write the database as it is now to a new file. Raises CopyTookTooLong and sqlite3.Error; then no file is left.

    From a connection of its own: one with a transaction open would wait for itself for ever.
    """
    deadline = time.monotonic() + seconds

    def look(_status: int, _remaining: int, _total: int) -> None:
        if time.monotonic() > deadline:
            raise CopyTookTooLong

    try:
        with closing(_opened(source)) as read, closing(sqlite3.connect(target)) as written:
            read.backup(written, pages=_PAGES, progress=look, sleep=_PAUSE)
            written.execute("PRAGMA journal_mode = DELETE")
    except BaseException:
        target.unlink(missing_ok=True)
        raise


def serialized(source: Path) -> bytes:
    """The database as bytes in memory: it lies on no disk meanwhile. Raises sqlite3.Error."""
    with closing(_opened(source)) as read:
        # A reader's transaction: the bytes are those of one moment, also while somebody writes.
        read.execute("BEGIN")
        read.execute("SELECT count(*) FROM sqlite_schema").fetchone()
        return read.serialize()


def _opened(source: Path) -> sqlite3.Connection:
    """For reading alone. Raises sqlite3.OperationalError where there is none."""
    found = sqlite3.connect(
        f"{source.as_uri()}?mode=ro", uri=True, timeout=_BUSY_SECONDS, isolation_level=None
    )
    found.execute("PRAGMA query_only = ON")
    return found


def is_whole(source: Path) -> bool:
    """Whether a copy that nobody uses holds together. Raises sqlite3.Error where it is none."""
    with closing(sqlite3.connect(f"{source.as_uri()}?immutable=1", uri=True)) as found:
        return bool(found.execute("PRAGMA quick_check(1)").fetchone() == ("ok",))
