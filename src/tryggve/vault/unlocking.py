"""From an unlocker to the key-encryption keys."""

import secrets
import sqlite3
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from django.utils.translation import gettext_lazy

from tryggve.vault import derivation, sealing, slots, wrapping
from tryggve.vault.binding import encode_fields
from tryggve.vault.holding import KeyEncryptionKeys, KeysChanging, State
from tryggve.vault.keystore import Contents, state_in
from tryggve.vault.locked import Locked
from tryggve.vault.os_keyring import OsKeyringRefused
from tryggve.vault.schema import ServiceKeyCopy
from tryggve.vault.secretfile import FileSecret


class KeyFileWrong(Locked):
    sentence = gettext_lazy(
        "The key file %(path)s doesn't open this register: it belongs to another one, or one of the two "
        "was changed. Nothing is lost: put this register's own key file there, and try again."
    )


class OsKeyringWrong(OsKeyringRefused):
    sentence = gettext_lazy(
        "What the computer's keyring has for this register doesn't open it: somebody changed it. Nothing is lost: "
        "open the register with the passphrase or the recovery kit, and add the keyring anew on the page «Keys»."
    )


@dataclass(frozen=True)
class Unlocked:
    """What an unlocker opened: the bytes of every key-encryption key in use. Who holds it can do everything."""

    state: State
    secrets: Mapping[int, bytes] = field(repr=False)

    @property
    def current(self) -> bytes:
        """The bytes of the key-encryption key that wraps new keys."""
        return self.secrets[self.state.generation]

    def facts(self) -> dict[str, Any]:
        """All of it as JSON has it, for the keeper's socket and nothing else."""
        held = {str(number): secret.hex() for number, secret in self.secrets.items()}
        return {"generation": self.state.generation, "lock_count": self.state.lock_count, "secrets": held}

    @classmethod
    def from_facts(cls, facts: Mapping[str, Any]) -> "Unlocked":
        """What facts gave."""
        held = {int(number): bytes.fromhex(secret) for number, secret in facts["secrets"].items()}
        return cls(State(facts["generation"], facts["lock_count"]), held)

    def keys(self) -> KeyEncryptionKeys:
        """What a keyring needs of it, which doesn't keep the bytes."""
        held = (
            wrapping.KeyEncryptionKey(secret, generation=number) for number, secret in self.secrets.items()
        )
        return KeyEncryptionKeys(held, state=self.state)


def fresh_secret() -> bytes:
    """A new key-encryption key."""
    return secrets.token_bytes(derivation.KEY_BYTES)


def with_file(found: FileSecret, contents: Contents, *, path: Path) -> Unlocked:
    """Open with the key file, or the copy of it that systemd hands over. Raises KeyFileWrong."""
    for slot in contents.slots:
        if slot.kind in slots.FILES and slot.id == found.id:
            try:
                return opened(slot, found.secret, contents)
            except sealing.Damaged:
                break
    raise KeyFileWrong(path=path)


def with_os_keyring(found: FileSecret, contents: Contents) -> Unlocked:
    """Open with what the computer's keyring has. Raises OsKeyringWrong."""
    for slot in contents.slots:
        if slot.kind == slots.OS_KEYRING and slot.id == found.id:
            try:
                return opened(slot, found.secret, contents)
            except sealing.Damaged:
                break
    raise OsKeyringWrong


def opened(slot: slots.Slot, secret: bytes, contents: Contents) -> Unlocked:
    """Open one slot with its unlocker's secret. Raises sealing.Damaged when it isn't the slot's."""
    return opened_with(slot, derivation.slot_key(secret, salt=slot.salt, kind=slot.kind), contents)


def opened_with(slot: slots.Slot, slot_key: bytes, contents: Contents) -> Unlocked:
    """Open one slot with its slot key. Raises sealing.Damaged when it isn't the slot's."""
    current, state = slot.open(slot_key), contents.state
    if slot.generation != state.generation:
        raise sealing.Damaged
    held = {state.generation: current}
    if contents.former is not None:
        held[state.generation - 1] = former_of(contents.former, current, state.generation)
    return Unlocked(state, held)


def require_state(connection: sqlite3.Connection, unlocked: Unlocked) -> None:
    """Raises KeysChanging when the register was locked or rotated since it was unlocked."""
    if state_in(connection) != unlocked.state:
        raise KeysChanging


def former_of(wrapped: bytes, current: bytes, generation: int) -> bytes:
    """The key-encryption key before this generation. Raises sealing.Damaged."""
    return wrapping.unwrap_secret(wrapped, under=current, bound_to=_former(generation))


def keep_former(former: bytes, current: bytes, generation: int) -> bytes:
    """The key-encryption key before this generation, wrapped under this one."""
    return wrapping.wrap_secret(former, under=current, bound_to=_former(generation))


def copy_of(service_key: FileSecret, *, current: bytes, generation: int) -> ServiceKeyCopy:
    """The service key, wrapped for the key store."""
    bound_to = _service_key(service_key, generation)
    return ServiceKeyCopy(
        service_key.id,
        generation,
        wrapping.wrap_secret(service_key.secret, under=current, bound_to=bound_to),
        derivation.commitment(service_key.secret, service_key.id),
    )


def service_key_of(copy: ServiceKeyCopy, unlocked: Unlocked) -> FileSecret:
    """The service key from its copy. Raises sealing.Damaged."""
    under = unlocked.secrets.get(copy.generation)
    if under is None:
        raise sealing.Damaged
    bound_to = _service_key(copy, copy.generation)
    unwrapped = wrapping.unwrap_secret(copy.wrapped, under=under, bound_to=bound_to)
    return FileSecret(copy.id, unwrapped)


def _former(generation: int) -> bytes:
    return encode_fields(b"tryggve/1/former", generation.to_bytes(wrapping.GENERATION_BYTES))


def _service_key(named: FileSecret | ServiceKeyCopy, generation: int) -> bytes:
    number = generation.to_bytes(wrapping.GENERATION_BYTES)
    return encode_fields(b"tryggve/1/service-key", named.id.bytes, number)
