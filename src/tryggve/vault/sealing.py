"""A blob: ``version (1) | key id (16) | nonce (12) | ciphertext and tag``, AES-256-GCM (NIST SP 800-38D)."""

from uuid import UUID

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from django.utils.translation import gettext_lazy

from tryggve.lib import errors
from tryggve.vault import derivation
from tryggve.vault.binding import Binding

VERSION = 1
NONCE_BYTES = 12
TAG_BYTES = 16

_LABEL = "tryggve/1/sealed"
KEY_ID_AT = slice(1, 17)
NONCE_AT = slice(17, 17 + NONCE_BYTES)
CIPHERTEXT_AT = slice(17 + NONCE_BYTES, None)
SHORTEST = 17 + NONCE_BYTES + TAG_BYTES


class CannotOpen(errors.Refusal):
    """One blob can't be opened; others can."""

    exit_status = 1


class Damaged(CannotOpen):
    """The blob, its key or its binding isn't the one that was sealed."""

    sentence = gettext_lazy(
        "This entry is damaged: it is not what Tryggve once sealed here. Nothing else is affected. "
        "Fetch it from a backup."
    )


class KeyGone(CannotOpen):
    """The key isn't in the key store: erased, or never there."""

    sentence = gettext_lazy(
        "The key of this entry is gone. If it was erased, that is as it should be. "
        "If not, the key store is older than the data: put back the newest copy of it."
    )


class NewerFormat(CannotOpen):
    """The blob was sealed by a later version of the program."""

    sentence = gettext_lazy(
        "This entry was written by a newer Tryggve. Nothing is lost: start the newer version."
    )


def seal(plaintext: bytes, *, key: bytes, key_id: UUID, nonce: bytes, bound_to: Binding) -> bytes:
    """The blob of a plaintext under a subject's key; the nonce must be fresh (12 random bytes)."""
    associated = bound_to.encode(label=_LABEL, key_id=key_id)
    ciphertext = _cipher(key, bound_to).encrypt(nonce, plaintext, associated)
    return bytes([VERSION]) + key_id.bytes + nonce + ciphertext


def open_sealed(blob: bytes, *, key: bytes, bound_to: Binding) -> bytes:
    """The plaintext of a blob. Raises Damaged and NewerFormat."""
    return open_named(blob, key=key, key_id=key_id_of(blob), bound_to=bound_to)


def open_named(blob: bytes, *, key: bytes, key_id: UUID, bound_to: Binding) -> bytes:
    """As open_sealed, for who has asked the blob for its key_id already."""
    associated = bound_to.encode(label=_LABEL, key_id=key_id)
    try:
        return _cipher(key, bound_to).decrypt(blob[NONCE_AT], blob[CIPHERTEXT_AT], associated)
    except InvalidTag:
        raise Damaged from None


def key_id_of(blob: bytes) -> UUID:
    """The id of the key that a blob names, not yet authenticated. Raises Damaged and NewerFormat."""
    if blob and blob[0] > VERSION:
        raise NewerFormat
    if len(blob) < SHORTEST or blob[0] != VERSION:
        raise Damaged
    return UUID(bytes=blob[KEY_ID_AT])


def _cipher(key: bytes, bound_to: Binding) -> AESGCM:
    return AESGCM(derivation.part_key(key, bound_to.part))
