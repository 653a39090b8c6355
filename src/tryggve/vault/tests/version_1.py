"""A register as the first release left it, made apart from the product's code for newer ones."""

import sqlite3
from contextlib import closing
from uuid import UUID, uuid4

from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from tryggve.lib.folders import Folders
from tryggve.vault import derivation, keyfile, sealing
from tryggve.vault.binding import encode_fields
from tryggve.vault.tests.cast import details_of

FIRST = (1).to_bytes(8)
KEK = bytes(range(32, 64))
_TABLES = """
CREATE TABLE slots (
    id BLOB PRIMARY KEY CHECK (length(id) = 16),
    kind TEXT NOT NULL,
    generation INTEGER NOT NULL CHECK (generation > 0),
    salt BLOB NOT NULL,
    wrapped BLOB NOT NULL
) STRICT, WITHOUT ROWID;
CREATE TABLE keys (
    id BLOB PRIMARY KEY CHECK (length(id) = 16),
    wrapped BLOB NOT NULL,
    commitment BLOB NOT NULL CHECK (length(commitment) = 32)
) STRICT, WITHOUT ROWID;
PRAGMA application_id = 0x5472794B;
PRAGMA user_version = 1;
"""


def begin(where: Folders, *subjects: UUID) -> list[bytes]:
    """Its key file and key store; a blob that says hello for each subject, each under a key of its own."""
    key_file = keyfile.make(where.key_file)
    salt, nonce = bytes(32), bytes(12)
    slot_key = derivation.slot_key(key_file.secret, salt=salt, kind="key-file")
    associated = encode_fields(b"tryggve/1/slot", b"key-file", key_file.id.bytes, FIRST)
    wrapped = nonce + AESGCM(slot_key).encrypt(nonce, KEK, associated)
    with closing(sqlite3.connect(where.keys)) as store:
        where.keys.chmod(0o600)
        store.executescript(_TABLES)
        store.execute("INSERT INTO slots VALUES (?, 'key-file', 1, ?, ?)", (key_file.id.bytes, salt, wrapped))
        blobs = [_blob(store, subject, number) for number, subject in enumerate(subjects)]
        store.commit()
    return blobs


def _blob(store: sqlite3.Connection, subject: UUID, number: int) -> bytes:
    key, key_id, nonce = number.to_bytes(32), uuid4(), number.to_bytes(12)
    associated = encode_fields(b"tryggve/1/wrapped", subject.bytes, b"general", FIRST)
    wrapped = nonce + AESGCM(KEK).encrypt(nonce, key, associated)
    row = key_id.bytes, wrapped, derivation.commitment(key, key_id)
    store.execute("INSERT INTO keys VALUES (?, ?, ?)", row)
    return sealing.seal(b"hello", key=key, key_id=key_id, nonce=nonce, bound_to=details_of(subject))
