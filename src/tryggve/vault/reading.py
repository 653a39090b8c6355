"""Connections to the key store that are kept from one reading to the next: opening one costs ten readings.

A kept one is used again only in the process that opened it, by one thread at a time, and only while the file is
the very one that it was opened on, unchanged since. So whoever reads sees what a new connection would see.
"""

import os
import sqlite3
import time
import weakref
from pathlib import Path
from typing import NamedTuple

# As long as the coarsest file system rounds the time of a change: a change sooner after another may not show.
SETTLED_SECONDS = 3.0
_MOST_KEPT = 4

# SQLite forbids even closing what came over a fork: it is kept for good, and never used.
_inherited: list[sqlite3.Connection] = []


class Sight(NamedTuple):
    """A file as one process saw it: another file, or a change in this one, is another sight."""

    process: int
    device: int
    inode: int
    size: int
    changed_ns: int

    @property
    def is_settled(self) -> bool:
        """Whether a change from now on shows."""
        return time.time_ns() - self.changed_ns > SETTLED_SECONDS * 1_000_000_000


def sight_of(path: Path) -> Sight:
    """The file as it is now. Raises OSError."""
    found = path.stat()
    return Sight(os.getpid(), found.st_dev, found.st_ino, found.st_size, found.st_ctime_ns)


class Kept:
    """The connections that nobody uses just now."""

    def __init__(self) -> None:
        self._free: list[tuple[Sight, sqlite3.Connection]] = []
        weakref.finalize(self, _let_all_go, self._free)

    def taken(self, sight: Sight) -> sqlite3.Connection | None:
        """One that was opened on that very sight, for the caller alone; None when there is none."""
        while self._free:
            try:
                opened_on, connection = self._free.pop()
            except IndexError:  # another thread was quicker
                return None
            if opened_on == sight:
                return connection
            _let_go(opened_on, connection)
        return None

    def give_back(self, sight: Sight, connection: sqlite3.Connection) -> None:
        """Keep it for the next, without the pages that it read: a key erased meanwhile must not stay in memory."""
        if len(self._free) >= _MOST_KEPT or not sight.is_settled:
            _let_go(sight, connection)
            return
        connection.execute("PRAGMA shrink_memory")
        self._free.append((sight, connection))


def _let_all_go(free: list[tuple[Sight, sqlite3.Connection]]) -> None:
    while free:
        _let_go(*free.pop())


def _let_go(sight: Sight, connection: sqlite3.Connection) -> None:
    if sight.process == os.getpid():
        connection.close()
    else:
        _inherited.append(connection)
