"""The erasure ledger: whose keys were destroyed, and when. A table of ``keys.sqlite3`` that only grows.

It holds ids and times, so that a copy of the data that is older than an erasure can be told whom to erase again. Beside
it, in no order, lie the tags of those among them whom no list may bring back.
"""

import hashlib
import sqlite3
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from itertools import islice
from typing import Any, Final
from uuid import UUID

from tryggve.lib import folders
from tryggve.vault import storage
from tryggve.vault.binding import encode_fields
from tryggve.vault.keystore import Keystore

HASH_BYTES: Final = 32
# The hash of a ledger without entries.
BEGINNING: Final = bytes(HASH_BYTES)

_LABEL = b"tryggve/1/erased"
_TIME_BYTES = 8


@dataclass(frozen=True, slots=True)
class Tombstone:
    """A key that was destroyed, whose it was, and when, to the second.

    No key where the damaged row didn't tell which one was the subject's.
    """

    subject: UUID
    key: UUID | None
    at: datetime

    def hash_after(self, before: bytes) -> bytes:
        """The hash of a ledger that ends with this, from the hash of what stands before it."""
        seconds = int(self.at.timestamp()).to_bytes(_TIME_BYTES)
        key = self.key.bytes if self.key else b""
        return hashlib.sha256(encode_fields(_LABEL, before, self.subject.bytes, key, seconds)).digest()


@dataclass(frozen=True, slots=True)
class LedgerState:
    """How many entries there are, and the one hash that they have."""

    count: int
    hash: bytes

    def __str__(self) -> str:
        """As a checkpoint of the audit log states it."""
        return f"{self.count} {self.hash.hex()}"


def tombstones() -> list[Tombstone]:
    """Every entry of this register's ledger, the oldest first; works while it is locked.

    Raises KeyStoreDamaged where an entry was changed or taken out, and as Keystore does.
    """
    return [entry for entry, _hash in _entries()]


def ledger_state() -> LedgerState:
    """How the ledger stands; works while the register is locked. Raises as ``tombstones``."""
    return state_of(list(_entries()))


def ledger_state_at(count: int) -> LedgerState:
    """How it stood with so many entries, or as it stands when there are fewer. Raises as ``tombstones``."""
    return state_of(list(islice(_entries(), count)))


def buried_at(subject: UUID) -> datetime | None:
    """When the first of somebody's keys was destroyed; None while the ledger doesn't name them.

    One look-up: it costs the same however long the ledger is, and doesn't follow the hashes as ``tombstones`` does.
    Raises as Keystore does.
    """
    with Keystore(folders.current().keys).connection() as connection:
        named = (subject.bytes,)
        [first] = connection.execute("SELECT min(at) FROM erased WHERE subject = ?", named).fetchone()
    return None if first is None else datetime.fromtimestamp(first, UTC)


def destroyed_keys_of(subject: UUID) -> list[UUID]:
    """The keys of somebody that were destroyed, as far as they were known; one look-up. Raises as Keystore does."""
    with Keystore(folders.current().keys).connection() as connection:
        named = (subject.bytes,)
        rows = connection.execute("SELECT key FROM erased WHERE subject = ? ORDER BY place", named).fetchall()
    return [UUID(bytes=key) for (key,) in rows if key]


def barred_tags() -> set[str]:
    """The tags of all who were erased and whom no list may bring back; works while it is locked.

    Raises as Keystore does.
    """
    with Keystore(folders.current().keys).connection() as connection:
        return {tag for (tag,) in connection.execute("SELECT tag FROM barred")}


def erase_keys(
    store: Keystore,
    keys: Mapping[UUID, Collection[UUID]],
    *,
    at: datetime,
    barred: Collection[str] = (),
) -> None:
    """Destroy the keys of each subject and enter them here, in one transaction. Raises as Keystore does.

    What was entered before isn't entered twice; a subject without keys is entered as one. ``barred`` are the tags by
    which the subjects are known again, where no list may bring them back.
    """
    moment = datetime.fromtimestamp(int(at.timestamp()), UTC)
    dead = [Tombstone(one, key, moment) for one, of in keys.items() for key in dict.fromkeys(of) or (None,)]
    with store.transaction() as connection:
        connection.executemany(
            "DELETE FROM keys WHERE id = ?", [(one.key.bytes,) for one in dead if one.key is not None]
        )
        last = connection.execute("SELECT place, hash FROM erased ORDER BY place DESC LIMIT 1").fetchone()
        place, before = last or (0, BEGINNING)
        for one in dead:
            if not _is_entered(connection, one):
                place, before = place + 1, one.hash_after(before)
                _enter(connection, place, one, before)
        connection.executemany("INSERT OR IGNORE INTO barred (tag) VALUES (?)", [(tag,) for tag in barred])


def _enter(connection: sqlite3.Connection, place: int, one: Tombstone, hash: bytes) -> None:
    row = (place, one.subject.bytes, _bytes_of(one.key), int(one.at.timestamp()), hash)
    connection.execute("INSERT INTO erased (place, subject, key, at, hash) VALUES (?, ?, ?, ?, ?)", row)


def _is_entered(connection: sqlite3.Connection, one: Tombstone) -> bool:
    named = (one.subject.bytes, _bytes_of(one.key))
    return bool(connection.execute("SELECT 1 FROM erased WHERE subject = ? AND key IS ?", named).fetchone())


def rows_in(connection: sqlite3.Connection) -> list[Any]:
    """The ledger as this connection sees it, for ``followed``."""
    return connection.execute("SELECT place, subject, key, at, hash FROM erased ORDER BY place").fetchall()


def followed(rows: Iterable[tuple[Any, ...]]) -> Iterator[tuple[Tombstone, bytes]]:
    """Each entry with the hash of the ledger that ends with it.

    Raises sqlite3.DatabaseError at the first that isn't what was entered.
    """
    before = BEGINNING
    for number, row in enumerate(rows, start=1):
        one = _read(row)
        if (row[0], row[4]) != (number, one.hash_after(before)):
            raise sqlite3.DatabaseError("an entry of the ledger")
        before = row[4]
        yield one, before


def state_of(entries: Sequence[tuple[Tombstone, bytes]]) -> LedgerState:
    """How a ledger of these entries stands."""
    return LedgerState(len(entries), entries[-1][1] if entries else BEGINNING)


def _entries() -> Iterator[tuple[Tombstone, bytes]]:
    store = Keystore(folders.current().keys)
    with store.connection() as connection, storage.at_one_moment(connection):
        rows = rows_in(connection)
    with storage.in_words(store.path):
        yield from followed(rows)


def _read(row: tuple[Any, ...]) -> Tombstone:
    _place, subject, key, seconds, _hash = row
    at = datetime.fromtimestamp(seconds, UTC)
    return Tombstone(UUID(bytes=subject), UUID(bytes=key) if key else None, at)


def _bytes_of(key: UUID | None) -> bytes | None:
    return key.bytes if key else None
