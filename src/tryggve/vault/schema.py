"""The tables of ``keys.sqlite3``, as version 3 has them, and the steps to them from versions 1 and 2."""

import sqlite3
from dataclasses import dataclass
from pathlib import Path
from typing import Final
from uuid import UUID

from tryggve.vault import slots, storage
from tryggve.vault.slots import Slot

VERSION: Final = 3
APPLICATION_ID: Final = 0x5472_794B  # "TryK"
FIRST_GENERATION: Final = 1

_SLOTS = """CREATE TABLE slots (
    id BLOB PRIMARY KEY CHECK (length(id) = 16),
    kind TEXT NOT NULL,
    generation INTEGER NOT NULL CHECK (generation > 0),
    parameters TEXT NOT NULL,
    salt BLOB NOT NULL,
    wrapped BLOB NOT NULL,
    wrapped_slot_key BLOB NOT NULL
) STRICT, WITHOUT ROWID"""
# The generation is 0 where the service key wraps the key.
_KEYS = """CREATE TABLE keys (
    id BLOB PRIMARY KEY CHECK (length(id) = 16),
    wrapped BLOB NOT NULL,
    commitment BLOB NOT NULL CHECK (length(commitment) = 32)
) STRICT, WITHOUT ROWID"""
_GENERATION = "ALTER TABLE keys ADD COLUMN generation INTEGER NOT NULL DEFAULT 1 CHECK (generation >= 0)"
_STATE = """CREATE TABLE state (
    id INTEGER PRIMARY KEY CHECK (id = 1),
    generation INTEGER NOT NULL CHECK (generation > 0),
    lock_count INTEGER NOT NULL CHECK (lock_count >= 0),
    kits INTEGER NOT NULL CHECK (kits >= 0),
    former BLOB
) STRICT"""
_SERVICE_KEY = """CREATE TABLE service_key (
    id BLOB PRIMARY KEY CHECK (length(id) = 16),
    generation INTEGER NOT NULL CHECK (generation > 0),
    wrapped BLOB NOT NULL,
    commitment BLOB NOT NULL CHECK (length(commitment) = 32)
) STRICT, WITHOUT ROWID"""
# Ids and times only: a name or a reason can't be written into it. It grows and never changes.
_LEDGER = (
    """CREATE TABLE erased (
    place INTEGER PRIMARY KEY CHECK (place > 0),
    subject BLOB NOT NULL CHECK (length(subject) = 16),
    key BLOB CHECK (length(key) = 16),
    at INTEGER NOT NULL CHECK (at > 0),
    hash BLOB NOT NULL CHECK (length(hash) = 32)
) STRICT""",
    "CREATE INDEX erased_subject ON erased (subject)",
    "CREATE TRIGGER erased_stays BEFORE DELETE ON erased BEGIN SELECT RAISE(ABORT, 'it only grows'); END",
    "CREATE TRIGGER erased_is_so BEFORE UPDATE ON erased BEGIN SELECT RAISE(ABORT, 'it only grows'); END",
)
# Keyed hashes of those who mustn't come back with an old list, beside no id and in the order of the hashes themselves,
# so that nothing tells which entry of the ledger they belong to.
_BARRED = (
    "CREATE TABLE barred (tag TEXT PRIMARY KEY CHECK (length(tag) = 32)) STRICT, WITHOUT ROWID",
    "CREATE TRIGGER barred_stays BEFORE DELETE ON barred BEGIN SELECT RAISE(ABORT, 'it only grows'); END",
    "CREATE TRIGGER barred_is_so BEFORE UPDATE ON barred BEGIN SELECT RAISE(ABORT, 'it only grows'); END",
)


@dataclass(frozen=True)
class ServiceKeyCopy:
    """The service key wrapped under the key-encryption key, and what its file is compared with."""

    id: UUID
    generation: int
    wrapped: bytes
    commitment: bytes


def build(path: Path, slot: Slot, service_key: ServiceKeyCopy) -> None:
    """A new key store with one slot and no keys, in an empty file. Raises KeyStoreUnavailable."""
    with storage.in_words(path), storage.connected(path) as connection, storage.committed(connection):
        connection.execute(_SLOTS)
        connection.execute(_KEYS)
        _complete(connection, slot, service_key)
        connection.execute(f"PRAGMA application_id = {APPLICATION_ID}")


def upgrade(connection: sqlite3.Connection, slot: Slot, service_key: ServiceKeyCopy) -> None:
    """Version 1, inside a transaction, becomes the version of today; its keys stay as they are."""
    connection.execute("DROP TABLE slots")  # it has one kind, and this slot is the only one
    connection.execute(_SLOTS)
    _complete(connection, slot, service_key)


def upgrade_from_2(connection: sqlite3.Connection) -> None:
    """Version 2, inside a transaction, becomes the version of today. No key is needed for that."""
    _begin_ledger(connection)
    connection.execute(f"PRAGMA user_version = {VERSION}")


def _begin_ledger(connection: sqlite3.Connection) -> None:
    for statement in (*_LEDGER, *_BARRED):
        connection.execute(statement)


def _complete(connection: sqlite3.Connection, slot: Slot, service_key: ServiceKeyCopy) -> None:
    connection.execute(_GENERATION)
    connection.execute(_STATE)
    connection.execute(_SERVICE_KEY)
    _begin_ledger(connection)
    connection.execute(
        "INSERT INTO state (id, generation, lock_count, kits) VALUES (1, ?, 0, 0)", (FIRST_GENERATION,)
    )
    slots.insert(connection, slot)
    row = service_key.id.bytes, service_key.generation, service_key.wrapped, service_key.commitment
    connection.execute(
        "INSERT INTO service_key (id, generation, wrapped, commitment) VALUES (?, ?, ?, ?)", row
    )
    connection.execute(f"PRAGMA user_version = {VERSION}")
