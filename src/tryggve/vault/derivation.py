"""Every key that is made from another, by HKDF-SHA256 (RFC 5869); the info field keeps the uses apart."""

from uuid import UUID

from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from tryggve.vault.binding import Compartment, Part, encode_fields, encode_id, encode_texts

KEY_BYTES = 32

_SHA256 = hashes.SHA256()


def part_key(subject_key: bytes, part: Part) -> bytes:
    """The sub-key of a subject's key for one part of the record."""
    return _derive(subject_key, encode_texts("tryggve/1/part", part))


def tag_key(register_key: bytes) -> bytes:
    """The sub-key of a register's key by which its values are hashed."""
    return _derive(register_key, encode_texts("tryggve/1/tags"))


def commitment(key: bytes, key_id: UUID) -> bytes:
    """What ties a key to its id: AES-GCM alone lets one ciphertext open under two keys."""
    return _derive(key, encode_fields(b"tryggve/1/commitment", key_id.bytes))


def subject_commitment(key: bytes, key_id: UUID, *, subject: UUID, compartment: Compartment) -> bytes:
    """What ties a subject's key to its id, its subject and its compartment, whatever wraps the key."""
    ids = encode_id(key_id) + encode_id(subject)
    return _derive(key, encode_texts("tryggve/2/commitment") + ids + encode_texts(compartment))


def slot_key(secret: bytes, *, salt: bytes, kind: str) -> bytes:
    """The key with which an unlocker's secret wraps the key-encryption key in its slot."""
    return _derive(secret, encode_fields(b"tryggve/1/slot", kind.encode()), salt=salt)


def backup_password(secret: bytes) -> str:
    """What a recovery kit's secret opens repositories of key copies with; it tells nothing of the kit's slot key."""
    return _derive(secret, encode_fields(b"tryggve/1/backup-kit")).hex()


def service_purpose_key(service_key: bytes, purpose: str) -> bytes:
    """The sub-key of the service key for one purpose."""
    return _derive(service_key, encode_fields(b"tryggve/1/service", purpose.encode()))


def staff_key_encryption_key(service_key: bytes) -> bytes:
    """The sub-key of the service key that wraps staff members' keys."""
    return _derive(service_key, encode_fields(b"tryggve/1/staff-keys"))


def _derive(key: bytes, info: bytes, *, salt: bytes | None = None) -> bytes:
    return HKDF(_SHA256, KEY_BYTES, salt, info).derive(key)
