"""``keys.sqlite3``: wrapped keys and the slots that open them. Standard sqlite3, no ORM; no key in clear."""

import contextlib
import sqlite3
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from uuid import UUID

from tryggve.lib import durable
from tryggve.vault import reading, slots, storage
from tryggve.vault.holding import State
from tryggve.vault.schema import APPLICATION_ID, VERSION, ServiceKeyCopy
from tryggve.vault.storage import BATCH, KeyStoreDamaged, KeyStoreMissing, KeyStoreNewer, KeyStoreOlder
from tryggve.vault.wrapping import WrappedKey


@dataclass(frozen=True)
class Contents:
    """What the key store holds beside the keys; ``former`` is the replaced key-encryption key, while one is."""

    state: State
    former: bytes | None
    slots: list[slots.Slot]
    service_key: ServiceKeyCopy


class StateChanged(Exception):
    """The register was locked or its keys replaced since the caller got its key-encryption keys."""


class Keystore:
    """The key store at a path. No thread or fork shares a connection, and who writes opens one of his own.

    Every method raises KeyStoreMissing, KeyStoreDamaged, KeyStoreNewer, KeyStoreOlder, KeyStoreUnavailable,
    KeyStoreUnsafe.
    """

    def __init__(self, path: Path) -> None:
        self.path = path
        self._kept = reading.Kept()

    def contents(self) -> Contents:
        """All but the keys, at one moment."""
        with self.connection() as connection, storage.at_one_moment(connection):
            return contents_in(connection)

    def slots(self) -> list[slots.Slot]:
        """Every way to open it."""
        return self.contents().slots

    def state(self) -> State:
        """Its generation and lock count now."""
        with self.connection() as connection:
            return state_in(connection)

    def bump_lock(self) -> None:
        """Lock: whoever holds the key-encryption key finds at its next use that it must let go of it."""
        with self.transaction() as connection:
            connection.execute("UPDATE state SET lock_count = lock_count + 1")

    def wrapped_keys_and_state(self, ids: Iterable[UUID]) -> tuple[dict[UUID, WrappedKey], State]:
        """Those of the keys that are there, and the store's state at the very same moment."""
        wanted = list(ids)  # before the file is opened: drawing them may take a while, and fail
        with self._at_one_moment() as connection:
            state = state_in(connection)
            return wrapped_in(connection, wanted), state

    def present(self, ids: Iterable[UUID]) -> set[UUID]:
        """Those of the ids whose keys are there, a thousand a question."""
        wanted = list(ids)
        with self.connection() as connection:
            return set(wrapped_in(connection, wanted))

    def ids_before(self, bound: UUID) -> Iterator[UUID]:
        """The ids smaller than that, in order, a thousand a question, each on a connection of its own."""
        last: bytes | None = b""
        while last is not None:
            with self.connection() as connection:
                rows = connection.execute(
                    "SELECT id FROM keys WHERE id > ? AND id < ? ORDER BY id LIMIT ?",
                    (last, bound.bytes, BATCH),
                ).fetchall()
            yield from (UUID(bytes=row[0]) for row in rows)
            last = rows[-1][0] if rows else None

    def newest_id(self) -> UUID | None:
        """The greatest id; None while there is no key."""
        with self.connection() as connection:
            newest: bytes | None = connection.execute("SELECT max(id) FROM keys").fetchone()[0]
        return UUID(bytes=newest) if newest else None

    def add(self, keys: Iterable[WrappedKey], *, in_state: State | None) -> None:
        """Keep new keys, a thousand a transaction: when one fails, the thousands before it stay.

        Raises StateChanged when the store isn't in that state any more; None is any state.
        """
        for some in storage.batches(keys):
            rows = [(key.id.bytes, key.wrapped, key.commitment, key.generation) for key in some]
            with self.transaction() as connection:
                if in_state not in (None, state_in(connection)):
                    raise StateChanged
                connection.executemany(
                    "INSERT INTO keys (id, wrapped, commitment, generation) VALUES (?, ?, ?, ?)", rows
                )

    def add_unless_there(self, key: WrappedKey, *, in_state: State | None) -> None:
        """Keep one new key whose id is fixed; whoever was first stays. Raises StateChanged."""
        row = (key.id.bytes, key.wrapped, key.commitment, key.generation)
        with self.transaction() as connection:
            if in_state not in (None, state_in(connection)):
                raise StateChanged
            connection.execute(
                "INSERT OR IGNORE INTO keys (id, wrapped, commitment, generation) VALUES (?, ?, ?, ?)", row
            )

    def destroy(self, ids: Iterable[UUID]) -> None:
        """Remove keys for good, a thousand a transaction; one that isn't there is no error."""
        for some in storage.batches(ids):
            with self.transaction() as connection:
                connection.executemany("DELETE FROM keys WHERE id = ?", [(key.bytes,) for key in some])

    @contextlib.contextmanager
    def alone(self) -> Iterator[None]:
        """Writers wait in line here; SQLite's own waiting gives nobody a turn."""
        with storage.in_words(self.path), durable.alone(self.path.with_name(self.path.name + ".lock")):
            yield

    @contextlib.contextmanager
    def transaction(self) -> Iterator[sqlite3.Connection]:
        """A connection in a transaction of its own, in turn with other writers."""
        with self.alone(), self.connection() as connection, storage.committed(connection):
            yield connection

    @contextlib.contextmanager
    def connection(self, *, version: int = VERSION) -> Iterator[sqlite3.Connection]:
        """A connection to a key store of that version."""
        with storage.in_words(self.path):
            self._sight()
            with storage.connected(self.path) as connection:
                self._require_version(connection, version)
                yield connection

    def looked_through(self) -> int:
        """The file's version, after a look through the whole of it for damage (0.04 s with 100,000 keys)."""
        with self.connection(version=0) as connection:
            if storage.read_back(connection, "quick_check") != "ok":
                raise KeyStoreDamaged(path=self.path)
            return self._version(connection)

    @contextlib.contextmanager
    def _at_one_moment(self) -> Iterator[sqlite3.Connection]:
        """A connection that may have been kept; after an error it isn't kept again."""
        with storage.in_words(self.path), contextlib.ExitStack() as unless_it_ends_well:
            sight = self._sight()
            kept = self._kept.taken(sight)
            connection = kept or storage.opened(self.path)
            unless_it_ends_well.callback(connection.close)
            if kept is None:
                self._require_version(connection, VERSION)
            with storage.at_one_moment(connection):
                yield connection
            unless_it_ends_well.pop_all()
            self._kept.give_back(sight, connection)

    def _sight(self) -> reading.Sight:
        try:
            return reading.sight_of(self.path)
        except (FileNotFoundError, NotADirectoryError):
            raise KeyStoreMissing(path=self.path) from None

    def _require_version(self, connection: sqlite3.Connection, version: int) -> None:
        if self._version(connection) < version:
            raise KeyStoreOlder(path=self.path)

    def _version(self, connection: sqlite3.Connection) -> int:
        if storage.read_back(connection, "application_id") != APPLICATION_ID:
            raise KeyStoreDamaged(path=self.path)
        version = int(storage.read_back(connection, "user_version"))
        if version < 1:
            raise KeyStoreDamaged(path=self.path)
        if version > VERSION:
            raise KeyStoreNewer(path=self.path)
        return version


def state_in(connection: sqlite3.Connection) -> State:
    """The state as this connection sees it. Raises sqlite3.DatabaseError without one."""
    row = connection.execute("SELECT generation, lock_count FROM state").fetchone()
    if row is None:
        raise sqlite3.DatabaseError("no state")
    return State(*row)


def contents_in(connection: sqlite3.Connection) -> Contents:
    """All but the keys, as this connection sees them. Raises sqlite3.DatabaseError where something lacks."""
    state, former = state_in(connection), connection.execute("SELECT former FROM state").fetchone()[0]
    ways = slots.read(connection)
    copy = connection.execute("SELECT id, generation, wrapped, commitment FROM service_key").fetchone()
    if copy is None:
        raise sqlite3.DatabaseError("no service key")
    return Contents(state, former, ways, ServiceKeyCopy(UUID(bytes=copy[0]), *copy[1:]))


def present_in(connection: sqlite3.Connection, ids: Sequence[UUID]) -> set[UUID]:
    """Those whose keys this connection sees."""
    held = {row[0] for some in storage.batches(ids) for row in _select(connection, some, "id")}
    return {key for key in ids if key.bytes in held}


def wrapped_in(connection: sqlite3.Connection, ids: Sequence[UUID]) -> dict[UUID, WrappedKey]:
    """Those of the keys that this connection sees, a thousand a question."""
    columns = "id, wrapped, commitment, generation"
    rows = [row for some in storage.batches(ids) for row in _select(connection, some, columns)]
    named = {key.bytes: key for key in ids}
    return {named[row[0]]: WrappedKey(named[row[0]], *row[1:]) for row in rows}


def _select(connection: sqlite3.Connection, ids: Sequence[UUID], columns: str) -> list[Any]:
    marks = ",".join("?" * len(ids))
    question = f"SELECT {columns} FROM keys WHERE id IN ({marks})"  # noqa: S608 - our own columns and question marks
    return connection.execute(question, [key.bytes for key in ids]).fetchall()
