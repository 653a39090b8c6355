"""A slot: one way to open the key store, as it lies there."""

import json
import secrets
import sqlite3
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from typing import Any, Final, Literal
from uuid import UUID

from tryggve.vault import derivation, wrapping
from tryggve.vault.binding import encode_fields

Kind = Literal["key-file", "systemd-credential", "passphrase", "recovery-kit", "os-keyring"]
KEY_FILE: Final = "key-file"
SYSTEMD_CREDENTIAL: Final = "systemd-credential"
PASSPHRASE: Final = "passphrase"  # noqa: S105 - the name of a kind
RECOVERY_KIT: Final = "recovery-kit"
OS_KEYRING: Final = "os-keyring"
FILES: Final = (KEY_FILE, SYSTEMD_CREDENTIAL)
BY_SOMEBODY: Final = (PASSPHRASE, RECOVERY_KIT)

_INSERT: Final = (
    "INSERT INTO slots (id, kind, generation, parameters, salt, wrapped, wrapped_slot_key)"
    " VALUES (?, ?, ?, ?, ?, ?, ?)"
)
_SELECT: Final = (
    "SELECT id, kind, generation, parameters, salt, wrapped, wrapped_slot_key FROM slots ORDER BY id"
)
SALT_BYTES: Final = 32


@dataclass(frozen=True)
class Slot:
    """The key-encryption key wrapped by one unlocker's slot key, and that slot key wrapped by it in turn.

    The second lets a rotation fill every slot anew without asking anybody for a passphrase.
    """

    id: UUID
    kind: str
    generation: int
    salt: bytes
    wrapped: bytes
    wrapped_slot_key: bytes = b""
    parameters: Mapping[str, Any] = field(default_factory=dict)

    def row(self) -> tuple[object, ...]:
        """What the INSERT takes."""
        parameters = json.dumps(self.parameters, sort_keys=True, separators=(",", ":"))
        return (
            self.id.bytes, self.kind, self.generation, parameters,
            self.salt, self.wrapped, self.wrapped_slot_key,
        )  # fmt: skip

    def open(self, slot_key: bytes) -> bytes:
        """The key-encryption key's bytes. Raises sealing.Damaged when it is another's slot key."""
        return wrapping.unwrap_secret(self.wrapped, under=slot_key, bound_to=self._associated("slot"))

    def slot_key(self, key_encryption_key: bytes) -> bytes:
        """The slot key, for who holds the key-encryption key. Raises sealing.Damaged."""
        bound_to = self._associated("slot-key")
        return wrapping.unwrap_secret(self.wrapped_slot_key, under=key_encryption_key, bound_to=bound_to)

    def _associated(self, use: str) -> bytes:
        return associated(use, kind=self.kind, slot_id=self.id, generation=self.generation)


def read(connection: sqlite3.Connection) -> list[Slot]:
    """Every slot, the oldest first. Raises sqlite3.DatabaseError for damage."""
    return [_from_row(row) for row in connection.execute(_SELECT)]


def insert(connection: sqlite3.Connection, slot: Slot) -> None:
    connection.execute(_INSERT, slot.row())


def delete(connection: sqlite3.Connection, gone: Iterable[Slot]) -> None:
    connection.executemany("DELETE FROM slots WHERE id = ?", [(slot.id.bytes,) for slot in gone])


def set_parameters(connection: sqlite3.Connection, slot: Slot, parameters: Mapping[str, Any]) -> None:
    """Change what a slot says of itself; what it wraps stays."""
    delete(connection, [slot])
    insert(connection, replace(slot, parameters=parameters))


def fill(
    *,
    slot_id: UUID,
    kind: str,
    generation: int,
    slot_key: bytes,
    salt: bytes,
    key_encryption_key: bytes,
    parameters: Mapping[str, Any] | None = None,
) -> Slot:
    """A slot in which this slot key wraps the key-encryption key."""

    def beside(use: str) -> bytes:
        return associated(use, kind=kind, slot_id=slot_id, generation=generation)

    wrapped = wrapping.wrap_secret(key_encryption_key, under=slot_key, bound_to=beside("slot"))
    back = wrapping.wrap_secret(slot_key, under=key_encryption_key, bound_to=beside("slot-key"))
    return Slot(slot_id, kind, generation, salt, wrapped, back, parameters or {})


def fresh_salt() -> bytes:
    return secrets.token_bytes(SALT_BYTES)


def with_secret(
    secret: bytes, *, slot_id: UUID, kind: str, generation: int, key_encryption_key: bytes, **parameters: Any
) -> Slot:
    """A slot for an unlocker whose secret is random bytes already: a file, a kit, a system's keyring."""
    salt = fresh_salt()
    return fill(
        slot_id=slot_id,
        kind=kind,
        generation=generation,
        slot_key=derivation.slot_key(secret, salt=salt, kind=kind),
        salt=salt,
        key_encryption_key=key_encryption_key,
        parameters=parameters,
    )


def associated(use: str, *, kind: str, slot_id: UUID, generation: int) -> bytes:
    """The associated data of what a slot holds."""
    number = generation.to_bytes(wrapping.GENERATION_BYTES)
    return encode_fields(f"tryggve/1/{use}".encode(), kind.encode(), slot_id.bytes, number)


def _from_row(row: tuple[Any, ...]) -> Slot:
    slot_id, kind, generation, parameters, salt, wrapped, wrapped_slot_key = row
    try:
        read_parameters = json.loads(parameters)
    except ValueError:
        read_parameters = None
    if not isinstance(read_parameters, dict):
        raise sqlite3.DatabaseError("a slot's parameters")
    return Slot(UUID(bytes=slot_id), kind, generation, salt, wrapped, wrapped_slot_key, read_parameters)
