"""What must work while the register is locked: sealed under the service key, which opens no customer.

A blob is ``version (1) | key id (16) | nonce (12) | ciphertext and tag``, as everywhere; its key is made from
the service key for one purpose, and the purpose is its associated data.
"""

import logging
import secrets
from collections.abc import Iterable

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives import constant_time
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from tryggve.lib import folders
from tryggve.vault import derivation, sealing, servicefile, tags, unlocking
from tryggve.vault.binding import STAFF, encode_fields
from tryggve.vault.holding import SERVICE_GENERATION, KeyEncryptionKeys
from tryggve.vault.keys import Keyring
from tryggve.vault.keystore import Keystore
from tryggve.vault.secretfile import FileSecret
from tryggve.vault.unlocking import Unlocked
from tryggve.vault.wrapping import KeyEncryptionKey

logger = logging.getLogger(__name__)

_loaded: dict[folders.Folders, FileSecret] = {}


def seal_for_service(purpose: str, plaintext: bytes) -> bytes:
    """A blob that opens for this purpose only, also while the register is locked.

    Raises ServiceKeyMissing, ServiceKeyUnreadable, ServiceKeyExposed, ServiceKeyWrong, ServiceKeyNewer, and
    what the key store raises, all of them Locked; ValueError for an empty purpose.
    """
    key, nonce = _service_key(), secrets.token_bytes(sealing.NONCE_BYTES)
    return seal(plaintext, key=key, purpose=purpose, nonce=nonce)


def open_for_service(purpose: str, blob: bytes) -> bytes:
    """The plaintext. Raises Damaged, NewerFormat, KeyGone for another register's, and as seal_for_service."""
    return open_sealed(blob, key=_service_key(), purpose=purpose)


def tags_for_service(purpose: str, values: Iterable[bytes]) -> list[str]:
    """A keyed hash of each (``tags.tag``), the same wherever this service key lies: a restored key store has it, too.

    Raises as seal_for_service.
    """
    key = derivation.tag_key(_purpose_key(_service_key(), purpose))
    return [tags.tag(value, key=key) for value in values]


def staff_keyring() -> Keyring:
    """The keyring of staff members' keys: compartment ``"staff"``, and it works while the register is locked.

    The same key store and the same methods as keyring's; neither opens the other's keys. Raises as
    seal_for_service.
    """
    where = folders.current()
    return Keyring(Keystore(where.keys), lambda: staff_keys(_service_key()), compartments=(STAFF,))


def staff_keys(service_key: FileSecret) -> KeyEncryptionKeys:
    """What wraps staff members' keys."""
    wraps = derivation.staff_key_encryption_key(service_key.secret)
    return KeyEncryptionKeys([KeyEncryptionKey(wraps, generation=SERVICE_GENERATION)], state=None)


def seal(plaintext: bytes, *, key: FileSecret, purpose: str, nonce: bytes) -> bytes:
    """The blob under one service key; the nonce must be fresh (12 random bytes)."""
    ciphertext = _cipher(key, purpose).encrypt(nonce, plaintext, _associated(key, purpose))
    return bytes([sealing.VERSION]) + key.id.bytes + nonce + ciphertext


def open_sealed(blob: bytes, *, key: FileSecret, purpose: str) -> bytes:
    """The plaintext of a blob under one service key. Raises Damaged, NewerFormat and KeyGone."""
    if sealing.key_id_of(blob) != key.id:
        raise sealing.KeyGone
    nonce, ciphertext = blob[sealing.NONCE_AT], blob[sealing.CIPHERTEXT_AT]
    try:
        return _cipher(key, purpose).decrypt(nonce, ciphertext, _associated(key, purpose))
    except InvalidTag:
        raise sealing.Damaged from None


def restore_file(where: folders.Folders, unlocked: Unlocked) -> None:
    """Write the service key again from its copy when the file is gone. A disk that refuses is noted only."""
    if where.service_key_file.exists():
        return
    store = Keystore(where.keys)
    try:
        with store.alone():
            if not where.service_key_file.exists():
                copy = store.contents().service_key
                servicefile.write(where.service_key_file, unlocking.service_key_of(copy, unlocked))
    except (servicefile.ServiceKeyNotWritten, sealing.Damaged):
        logger.warning("the service key could not be written again")


def forget() -> None:
    """Let go of the service key: the next call reads it again."""
    _loaded.clear()


def _service_key() -> FileSecret:
    where = folders.current()
    if where not in _loaded:
        _loaded[where] = _read(where)
    return _loaded[where]


def _read(where: folders.Folders) -> FileSecret:
    found = servicefile.read(where.service_key_file)
    kept = Keystore(where.keys).contents().service_key
    committed = derivation.commitment(found.secret, found.id)
    if found.id != kept.id or not constant_time.bytes_eq(committed, kept.commitment):
        raise servicefile.ServiceKeyWrong(path=where.service_key_file)
    return found


def _cipher(key: FileSecret, purpose: str) -> AESGCM:
    return AESGCM(_purpose_key(key, purpose))


def _purpose_key(key: FileSecret, purpose: str) -> bytes:
    if not purpose:
        raise ValueError("what is done with the service key names its purpose")
    return derivation.service_purpose_key(key.secret, purpose)


def _associated(key: FileSecret, purpose: str) -> bytes:
    return encode_fields(b"tryggve/1/service", purpose.encode(), key.id.bytes)
