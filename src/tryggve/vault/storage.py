"""The file ``keys.sqlite3``: how it is opened, and what the disk answers in words. No key passes through here."""

import contextlib
import sqlite3
from collections.abc import Iterable, Iterator, Sequence
from itertools import islice
from pathlib import Path
from typing import TypeVar

from django.utils.translation import gettext_lazy

from tryggve.vault.locked import Locked, cause_in_words

# 100,000 keys took 0.9 s in thousands, over 80 s one by one; one large transaction blocks every reader.
BATCH = 1_000

# A destroyed key must leave the file at once: no write-ahead log keeps it, freed bytes are zeroed, neither a
# spilled cache nor a temporary file takes a copy. The values are those that SQLite answers with.
SETTINGS: dict[str, int | str] = {
    "journal_mode": "delete",
    "secure_delete": 1,
    "synchronous": 3,  # EXTRA: the folder too, after the journal is gone
    "cache_spill": 0,
    "cache_size": -64_000,
    "temp_store": 2,  # memory
}
_PATIENCE_SECONDS = 30.0
_PASSING = {
    sqlite3.SQLITE_FULL,
    sqlite3.SQLITE_READONLY,
    sqlite3.SQLITE_PERM,
    sqlite3.SQLITE_CANTOPEN,
    sqlite3.SQLITE_IOERR,
    sqlite3.SQLITE_BUSY,
    sqlite3.SQLITE_LOCKED,
}

T = TypeVar("T")


class KeyStoreMissing(Locked):
    sentence = gettext_lazy(
        "The key store %(path)s is missing. Tryggve has deleted nothing: put the newest copy of the file "
        "back, and try again. Only a register that was never used can begin without it, with ./tryggve up."
    )


class KeyStoreDamaged(Locked):
    sentence = gettext_lazy(
        "The key store %(path)s is damaged. Tryggve has changed nothing in it: keep the file, "
        "put the newest whole copy in its place, and try again."
    )


class KeyStoreNewer(Locked):
    sentence = gettext_lazy(
        "The key store %(path)s was written by a newer Tryggve. Nothing is lost: start the newer version."
    )


class KeyStoreOlder(Locked):
    sentence = gettext_lazy(
        "The key store %(path)s was made by an older Tryggve. Nothing is lost: run «./tryggve up» once, "
        "with the key file in its place; it brings the key store up to date."
    )


class KeyStoreUnavailable(Locked):
    sentence = gettext_lazy(
        "The key store %(path)s can't be used now: %(cause)s. What was going on was not carried out, "
        "and nothing is lost. Mend that, and try again."
    )


class KeyStoreUnsafe(Locked):
    sentence = gettext_lazy(
        "SQLite on this computer doesn't follow the setting %(setting)s, without which erased keys could be "
        "found again. Nothing was changed. Run Tryggve with an ordinary Python and SQLite."
    )


@contextlib.contextmanager
def in_words(path: Path) -> Iterator[None]:
    """What the disk and SQLite answer about a key store, as a refusal."""
    try:
        yield
    except (sqlite3.IntegrityError, sqlite3.ProgrammingError):
        raise  # a fault of the program, not of the file
    except sqlite3.DatabaseError as error:
        code = getattr(error, "sqlite_errorcode", sqlite3.SQLITE_CORRUPT)
        if code & 0xFF in _PASSING:
            raise KeyStoreUnavailable(path=path, cause=cause_in_words(error)) from None
        raise KeyStoreDamaged(path=path) from None
    except UnicodeDecodeError:  # sqlite3 couldn't even decode its own error message, which quoted the damage
        raise KeyStoreDamaged(path=path) from None
    except OSError as error:
        raise KeyStoreUnavailable(path=path, cause=cause_in_words(error)) from None


@contextlib.contextmanager
def connected(path: Path) -> Iterator[sqlite3.Connection]:
    """As opened; closed when the block ends."""
    with contextlib.closing(opened(path)) as connection:
        yield connection


def opened(path: Path) -> sqlite3.Connection:
    """A connection with every setting in force, to a file that is there already; for one thread at a time."""
    address = f"{path.as_uri()}?mode=rw"
    connection = sqlite3.connect(
        address, uri=True, isolation_level=None, timeout=_PATIENCE_SECONDS, check_same_thread=False
    )
    with contextlib.ExitStack() as unless_it_is_good:
        unless_it_is_good.callback(connection.close)
        for name, value in SETTINGS.items():
            connection.execute(f"PRAGMA {name} = {value}").fetchall()
        require_settings(connection)
        unless_it_is_good.pop_all()
    return connection


@contextlib.contextmanager
def committed(connection: sqlite3.Connection) -> Iterator[None]:
    """One transaction that writes; after an error nothing of it stays."""
    connection.execute("BEGIN IMMEDIATE")
    yield  # an error skips the commit, and closing the connection rolls back
    connection.execute("COMMIT")


@contextlib.contextmanager
def at_one_moment(connection: sqlite3.Connection) -> Iterator[None]:
    """Several questions that see the file as it was at the first."""
    connection.execute("BEGIN")
    yield
    connection.execute("COMMIT")


def require_settings(connection: sqlite3.Connection) -> None:
    """Raises KeyStoreUnsafe for a setting that SQLite took no notice of."""
    for name, value in SETTINGS.items():
        if read_back(connection, name) != value:
            raise KeyStoreUnsafe(setting=name)


def read_back(connection: sqlite3.Connection, setting: str) -> int | str:
    """What SQLite answers about a setting."""
    answer: int | str = connection.execute(f"PRAGMA {setting}").fetchone()[0]
    return answer


def batches(items: Iterable[T]) -> Iterator[Sequence[T]]:
    """The items in order, a thousand at a time."""
    rest = iter(items)
    while some := list(islice(rest, BATCH)):
        yield some
