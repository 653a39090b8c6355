import secrets
from dataclasses import dataclass
from uuid import UUID

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives import constant_time
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from tryggve.vault import derivation, sealing
from tryggve.vault.binding import Compartment, encode_fields

_GENERATION_BYTES = 8


@dataclass(frozen=True)
class WrappedKey:
    """A subject's key as the key store holds it: ``nonce | ciphertext and tag``, and its commitment."""

    id: UUID
    wrapped: bytes
    commitment: bytes


class KeyEncryptionKey:
    """The key that wraps every subject's key, and which generation of it this is."""

    def __init__(self, secret: bytes, *, generation: int) -> None:
        # Only the cipher is kept: no attribute of this object holds the bytes.
        self._cipher = AESGCM(secret)
        self.generation = generation

    def wrap(
        self, key: bytes, *, key_id: UUID, subject: UUID, compartment: Compartment, nonce: bytes | None = None
    ) -> WrappedKey:
        """A subject's key for the key store, bound to subject, compartment and this generation."""
        nonce = nonce or secrets.token_bytes(sealing.NONCE_BYTES)
        ciphertext = self._cipher.encrypt(nonce, key, self._associated(subject, compartment))
        return WrappedKey(key_id, nonce + ciphertext, derivation.commitment(key, key_id))

    def unwrap(self, key: WrappedKey, *, subject: UUID, compartment: Compartment) -> bytes:
        """The subject's key. Raises sealing.Damaged when it isn't that subject's, or was altered."""
        nonce, ciphertext = key.wrapped[: sealing.NONCE_BYTES], key.wrapped[sealing.NONCE_BYTES :]
        try:
            opened = self._cipher.decrypt(nonce, ciphertext, self._associated(subject, compartment))
        except (InvalidTag, ValueError):
            raise sealing.Damaged from None
        if not constant_time.bytes_eq(derivation.commitment(opened, key.id), key.commitment):
            raise sealing.Damaged
        return opened

    def _associated(self, subject: UUID, compartment: Compartment) -> bytes:
        generation = self.generation.to_bytes(_GENERATION_BYTES)
        return encode_fields(b"tryggve/1/wrapped", subject.bytes, compartment.encode(), generation)
