import secrets
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from uuid import UUID

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from django.utils.translation import gettext_lazy

from tryggve.vault import derivation, sealing, wrapping
from tryggve.vault.binding import encode_fields
from tryggve.vault.keyfile import KeyFile
from tryggve.vault.locked import Locked

KEY_FILE = "key-file"

_SALT_BYTES = 32
_GENERATION_BYTES = 8


class KeyFileWrong(Locked):
    sentence = gettext_lazy(
        "The key file %(path)s doesn't open this register: it belongs to another one, or one of the two "
        "was changed. Nothing is lost: put this register's own key file there, and try again."
    )


@dataclass(frozen=True)
class Slot:
    """One way to open the key store: the key-encryption key, wrapped by one unlocker's secret."""

    id: UUID
    kind: str
    generation: int
    salt: bytes
    wrapped: bytes


def slot_for(key_file: KeyFile, *, secret: bytes, generation: int) -> Slot:
    """A slot in which this key file's secret wraps the key-encryption key."""
    salt = secrets.token_bytes(_SALT_BYTES)
    nonce = secrets.token_bytes(sealing.NONCE_BYTES)
    cipher = AESGCM(derivation.slot_key(key_file.secret, salt=salt, kind=KEY_FILE))
    wrapped = nonce + cipher.encrypt(nonce, secret, _associated(KEY_FILE, key_file.id, generation))
    return Slot(key_file.id, KEY_FILE, generation, salt, wrapped)


def open_with(key_file: KeyFile, slots: Iterable[Slot], *, path: Path) -> wrapping.KeyEncryptionKey:
    """The key-encryption key from the slot that is this key file's. Raises KeyFileWrong."""
    own = [slot for slot in slots if slot.kind == KEY_FILE and slot.id == key_file.id]
    if not own:
        raise KeyFileWrong(path=path)
    (slot,) = own
    cipher = AESGCM(derivation.slot_key(key_file.secret, salt=slot.salt, kind=KEY_FILE))
    nonce, ciphertext = slot.wrapped[: sealing.NONCE_BYTES], slot.wrapped[sealing.NONCE_BYTES :]
    try:
        secret = cipher.decrypt(nonce, ciphertext, _associated(slot.kind, slot.id, slot.generation))
    except (InvalidTag, ValueError):
        raise KeyFileWrong(path=path) from None
    return wrapping.KeyEncryptionKey(secret, generation=slot.generation)


def _associated(kind: str, slot_id: UUID, generation: int) -> bytes:
    fields = kind.encode(), slot_id.bytes, generation.to_bytes(_GENERATION_BYTES)
    return encode_fields(b"tryggve/1/slot", *fields)
