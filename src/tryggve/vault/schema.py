"""The tables of ``keys.sqlite3``, as version 2 has them, and the step to them from version 1."""

import sqlite3
from dataclasses import dataclass
from pathlib import Path
from typing import Final
from uuid import UUID

from tryggve.vault import slots, storage
from tryggve.vault.slots import Slot

VERSION: Final = 2
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


def _complete(connection: sqlite3.Connection, slot: Slot, service_key: ServiceKeyCopy) -> None:
    connection.execute(_GENERATION)
    connection.execute(_STATE)
    connection.execute(_SERVICE_KEY)
    connection.execute(
        "INSERT INTO state (id, generation, lock_count, kits) VALUES (1, ?, 0, 0)", (FIRST_GENERATION,)
    )
    slots.insert(connection, slot)
    row = service_key.id.bytes, service_key.generation, service_key.wrapped, service_key.commitment
    connection.execute(
        "INSERT INTO service_key (id, generation, wrapped, commitment) VALUES (?, ?, ?, ?)", row
    )
    connection.execute(f"PRAGMA user_version = {VERSION}")
