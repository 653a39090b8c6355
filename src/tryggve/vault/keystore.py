"""``keys.sqlite3``: wrapped keys and the slots that open them. Standard sqlite3, no ORM; no key in clear."""

import contextlib
import sqlite3
from collections.abc import Iterable, Iterator, Sequence
from itertools import islice
from pathlib import Path
from typing import TypeVar
from uuid import UUID

from django.utils.translation import gettext_lazy

from tryggve.vault import durable
from tryggve.vault.locked import Locked, cause_in_words
from tryggve.vault.unlocking import Slot
from tryggve.vault.wrapping import WrappedKey

VERSION = 1
APPLICATION_ID = 0x5472_794B  # "TryK"
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
_TABLES = (
    """CREATE TABLE slots (
        id BLOB PRIMARY KEY CHECK (length(id) = 16),
        kind TEXT NOT NULL,
        generation INTEGER NOT NULL CHECK (generation > 0),
        salt BLOB NOT NULL,
        wrapped BLOB NOT NULL
    ) STRICT, WITHOUT ROWID""",
    """CREATE TABLE keys (
        id BLOB PRIMARY KEY CHECK (length(id) = 16),
        wrapped BLOB NOT NULL,
        commitment BLOB NOT NULL CHECK (length(commitment) = 32)
    ) STRICT, WITHOUT ROWID""",
)
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


class Keystore:
    """The key store at a path. A connection for each call (0.13 ms), so that no thread or fork shares one.

    Every method raises KeyStoreMissing, KeyStoreDamaged, KeyStoreNewer, KeyStoreUnavailable, KeyStoreUnsafe.
    """

    def __init__(self, path: Path) -> None:
        self.path = path

    def slots(self) -> list[Slot]:
        """Every way to open it, after a look through the whole file for damage (0.04 s with 100,000 keys)."""
        with self._connection() as connection:
            if read_back(connection, "quick_check") != "ok":
                raise KeyStoreDamaged(path=self.path)
            rows = connection.execute("SELECT id, kind, generation, salt, wrapped FROM slots").fetchall()
        return [Slot(UUID(bytes=row[0]), *row[1:]) for row in rows]

    def wrapped_keys(self, ids: Iterable[UUID]) -> dict[UUID, WrappedKey]:
        """Those of the keys that are there, a thousand a question."""
        wanted = list(ids)  # before the file is opened: drawing them may take a while, and fail
        with self._connection() as connection:
            rows = [row for some in batches(wanted) for row in _select(connection, some)]
        return {key.id: key for key in (WrappedKey(UUID(bytes=row[0]), *row[1:]) for row in rows)}

    def present(self, ids: Iterable[UUID]) -> set[UUID]:
        """Those of the ids whose keys are there, a thousand a question."""
        wanted = list(ids)
        with self._connection() as connection:
            return {UUID(bytes=row[0]) for some in batches(wanted) for row in _select(connection, some)}

    def ids_before(self, bound: UUID) -> Iterator[UUID]:
        """The ids smaller than that, in order, a thousand a question, each on a connection of its own."""
        last: bytes | None = b""
        while last is not None:
            with self._connection() as connection:
                rows = connection.execute(
                    "SELECT id FROM keys WHERE id > ? AND id < ? ORDER BY id LIMIT ?",
                    (last, bound.bytes, BATCH),
                ).fetchall()
            yield from (UUID(bytes=row[0]) for row in rows)
            last = rows[-1][0] if rows else None

    def newest_id(self) -> UUID | None:
        """The greatest id; None while there is no key."""
        with self._connection() as connection:
            newest: bytes | None = connection.execute("SELECT max(id) FROM keys").fetchone()[0]
        return UUID(bytes=newest) if newest else None

    def add(self, keys: Iterable[WrappedKey]) -> None:
        """Keep new keys, a thousand a transaction: when one fails, the thousands before it stay."""
        for some in batches(keys):
            rows = [(key.id.bytes, key.wrapped, key.commitment) for key in some]
            with self._transaction() as connection:
                connection.executemany("INSERT INTO keys (id, wrapped, commitment) VALUES (?, ?, ?)", rows)

    def destroy(self, ids: Iterable[UUID]) -> None:
        """Remove keys for good, a thousand a transaction; one that isn't there is no error."""
        for some in batches(ids):
            with self._transaction() as connection:
                connection.executemany("DELETE FROM keys WHERE id = ?", [(key.bytes,) for key in some])

    @contextlib.contextmanager
    def alone(self) -> Iterator[None]:
        """Writers wait in line here; SQLite's own waiting gives nobody a turn."""
        with in_words(self.path), durable.alone(self.path.with_name(self.path.name + ".lock")):
            yield

    @contextlib.contextmanager
    def _transaction(self) -> Iterator[sqlite3.Connection]:
        with self.alone(), self._connection() as connection, _committed(connection):
            yield connection

    @contextlib.contextmanager
    def _connection(self) -> Iterator[sqlite3.Connection]:
        with in_words(self.path):
            if not self.path.exists():
                raise KeyStoreMissing(path=self.path)
            with connected(self.path) as connection:
                self._require_ours(connection)
                yield connection

    def _require_ours(self, connection: sqlite3.Connection) -> None:
        if read_back(connection, "application_id") != APPLICATION_ID:
            raise KeyStoreDamaged(path=self.path)
        if int(read_back(connection, "user_version")) > VERSION:
            raise KeyStoreNewer(path=self.path)


def build(path: Path, slot: Slot) -> None:
    """A new key store with one slot and no keys, in an empty file. Raises KeyStoreUnavailable."""
    with in_words(path), connected(path) as connection, _committed(connection):
        for table in _TABLES:
            connection.execute(table)
        row = (slot.id.bytes, slot.kind, slot.generation, slot.salt, slot.wrapped)
        connection.execute(
            "INSERT INTO slots (id, kind, generation, salt, wrapped) VALUES (?, ?, ?, ?, ?)", row
        )
        connection.execute(f"PRAGMA application_id = {APPLICATION_ID}")
        connection.execute(f"PRAGMA user_version = {VERSION}")


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
    """A connection with every setting in force, to a file that is there already."""
    address = f"{path.as_uri()}?mode=rw"
    connection = sqlite3.connect(address, uri=True, isolation_level=None, timeout=_PATIENCE_SECONDS)
    with contextlib.closing(connection):
        for name, value in SETTINGS.items():
            connection.execute(f"PRAGMA {name} = {value}").fetchall()
        require_settings(connection)
        yield connection


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


@contextlib.contextmanager
def _committed(connection: sqlite3.Connection) -> Iterator[None]:
    connection.execute("BEGIN IMMEDIATE")
    yield  # an error skips the commit, and closing the connection rolls back
    connection.execute("COMMIT")


def _select(connection: sqlite3.Connection, ids: Sequence[UUID]) -> list[tuple[bytes, bytes, bytes]]:
    marks = ",".join("?" * len(ids))
    question = f"SELECT id, wrapped, commitment FROM keys WHERE id IN ({marks})"  # noqa: S608 - question marks only
    return connection.execute(question, [key.bytes for key in ids]).fetchall()
