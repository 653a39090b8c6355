"""A wrapped subject key: ``form (1) | nonce (12) | ciphertext and tag (48)``, AES-256-GCM.

What ties a key to its subject is the commitment, not the associated data, so that the keys can be wrapped anew
by somebody who doesn't know whose they are. The first release wrote neither form nor generation, and had the
subject in the associated data (60 bytes, form 0); wrapped anew, such a row keeps its commitment (form 1).
"""

import secrets
from dataclasses import dataclass
from functools import lru_cache
from typing import Final
from uuid import UUID

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives import constant_time
from cryptography.hazmat.primitives.ciphers import Cipher, algorithms, modes
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from tryggve.vault import derivation, sealing
from tryggve.vault.binding import Compartment, encode_fields, encode_id

FIRST_FORM_BYTES = sealing.NONCE_BYTES + derivation.KEY_BYTES + sealing.TAG_BYTES
GENERATION_BYTES = 8

_TIED_BY_ID: Final = 1
_TIED_BY_SUBJECT: Final = 2


@dataclass(frozen=True)
class WrappedKey:
    """A subject's key as the key store holds it: which generation wraps it, and what commits it."""

    id: UUID
    wrapped: bytes
    commitment: bytes
    generation: int

    @property
    def is_of_first_form(self) -> bool:
        return len(self.wrapped) == FIRST_FORM_BYTES


class KeyEncryptionKey:
    """The key that wraps every subject's key, and which generation of it this is (0: the service key's)."""

    def __init__(self, secret: bytes, *, generation: int) -> None:
        # Only the cipher is kept: no attribute of this object holds the bytes.
        self._cipher = AESGCM(secret)
        self.generation = generation

    def wrap(
        self, key: bytes, *, key_id: UUID, subject: UUID, compartment: Compartment, nonce: bytes | None = None
    ) -> WrappedKey:
        """A subject's key for the key store, tied to its id, subject and compartment."""
        tied = derivation.subject_commitment(key, key_id, subject=subject, compartment=compartment)
        return self._enclose(key, form=_TIED_BY_SUBJECT, key_id=key_id, commitment=tied, nonce=nonce)

    def unwrap(self, key: WrappedKey, *, subject: UUID, compartment: Compartment) -> bytes:
        """The subject's key. Raises sealing.Damaged when it isn't that subject's, or was altered."""
        if key.is_of_first_form:
            opened, form = self._decrypt(key.wrapped, self._first_form(subject, compartment)), _TIED_BY_ID
        else:
            opened, form = self._disclose(key)
        if form == _TIED_BY_SUBJECT:
            tied = derivation.subject_commitment(opened, key.id, subject=subject, compartment=compartment)
        else:
            tied = derivation.commitment(opened, key.id)
        if not constant_time.bytes_eq(tied, key.commitment):
            raise sealing.Damaged
        return opened

    def take_over(
        self, key: WrappedKey, *, wrapped_by: "KeyEncryptionKey", first_secret: bytes
    ) -> WrappedKey:
        """The same key under this key-encryption key, without knowing whose it is. Raises sealing.Damaged.

        ``first_secret`` is that of ``wrapped_by``, asked for rows of the first form only.
        """
        if key.is_of_first_form:
            opened, form = _opened_by_commitment(key, first_secret), _TIED_BY_ID
        else:
            opened, form = wrapped_by._disclose(key)
        return self._enclose(opened, form=form, key_id=key.id, commitment=key.commitment)

    def _enclose(
        self, key: bytes, *, form: int, key_id: UUID, commitment: bytes, nonce: bytes | None = None
    ) -> WrappedKey:
        nonce = nonce or secrets.token_bytes(sealing.NONCE_BYTES)
        ciphertext = self._cipher.encrypt(nonce, key, self._associated(form, key_id))
        return WrappedKey(key_id, bytes([form]) + nonce + ciphertext, commitment, self.generation)

    def _disclose(self, key: WrappedKey) -> tuple[bytes, int]:
        if key.generation != self.generation or not key.wrapped:
            raise sealing.Damaged
        form = key.wrapped[0]
        if form > _TIED_BY_SUBJECT:
            raise sealing.NewerFormat
        return self._decrypt(key.wrapped[1:], self._associated(form, key.id)), form

    def _decrypt(self, enclosed: bytes, associated: bytes) -> bytes:
        nonce, ciphertext = enclosed[: sealing.NONCE_BYTES], enclosed[sealing.NONCE_BYTES :]
        try:
            return self._cipher.decrypt(nonce, ciphertext, associated)
        except (InvalidTag, ValueError):
            raise sealing.Damaged from None

    def _associated(self, form: int, key_id: UUID) -> bytes:
        return _beginning(form) + encode_id(key_id) + _ending(self.generation)

    def _first_form(self, subject: UUID, compartment: Compartment) -> bytes:
        generation = self.generation.to_bytes(GENERATION_BYTES)
        return encode_fields(b"tryggve/1/wrapped", subject.bytes, compartment.encode(), generation)


# The same beside every key of a store.
@lru_cache(maxsize=16)
def _beginning(form: int) -> bytes:
    return encode_fields(b"tryggve/2/wrapped", bytes([form]))


@lru_cache(maxsize=16)
def _ending(generation: int) -> bytes:
    return encode_fields(generation.to_bytes(GENERATION_BYTES))


def wrap_secret(secret: bytes, *, under: bytes, bound_to: bytes) -> bytes:
    """``nonce | ciphertext and tag`` of one key under another, that opens only with the same bytes beside it."""
    nonce = secrets.token_bytes(sealing.NONCE_BYTES)
    return nonce + AESGCM(under).encrypt(nonce, secret, bound_to)


def unwrap_secret(wrapped: bytes, *, under: bytes, bound_to: bytes) -> bytes:
    """The key that was wrapped. Raises sealing.Damaged."""
    nonce, ciphertext = wrapped[: sealing.NONCE_BYTES], wrapped[sealing.NONCE_BYTES :]
    try:
        return AESGCM(under).decrypt(nonce, ciphertext, bound_to)
    except (InvalidTag, ValueError):
        raise sealing.Damaged from None


def _opened_by_commitment(key: WrappedKey, secret: bytes) -> bytes:
    # The tag of the first form covers the subject, which nobody knows here. The commitment is as strong a proof
    # that these are the key's bytes, and whatever it seals names the subject again.
    nonce, ciphertext = (
        key.wrapped[: sealing.NONCE_BYTES],
        key.wrapped[sealing.NONCE_BYTES : -sealing.TAG_BYTES],
    )
    opened = Cipher(algorithms.AES256(secret), modes.GCM(nonce)).decryptor().update(ciphertext)
    if not constant_time.bytes_eq(derivation.commitment(opened, key.id), key.commitment):
        raise sealing.Damaged
    return opened
