"""Every key that is made from another, by HKDF-SHA256 (RFC 5869); the info field keeps the uses apart."""

from uuid import UUID

from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from tryggve.vault.binding import Part, encode_fields

KEY_BYTES = 32


def part_key(subject_key: bytes, part: Part) -> bytes:
    """The sub-key of a subject's key for one part of the record."""
    return _derive(subject_key, b"tryggve/1/part", part.encode())


def commitment(subject_key: bytes, key_id: UUID) -> bytes:
    """What ties a key to its id: AES-GCM alone lets one ciphertext open under two keys."""
    return _derive(subject_key, b"tryggve/1/commitment", key_id.bytes)


def slot_key(secret: bytes, *, salt: bytes, kind: str) -> bytes:
    """The key with which an unlocker's secret wraps the key-encryption key in its slot."""
    return _derive(secret, b"tryggve/1/slot", kind.encode(), salt=salt)


def _derive(key: bytes, *info: bytes, salt: bytes | None = None) -> bytes:
    return HKDF(hashes.SHA256(), KEY_BYTES, salt, encode_fields(*info)).derive(key)
