"""Keyed hashes: equal values are known again by them, and nobody without the key can try values out.

The key of a register of such hashes is a key of the key store like a subject's, but for its id, which is fixed.
"""

from uuid import UUID

from cryptography.hazmat.primitives import hashes, hmac

from tryggve.vault.binding import Binding

TAG_BYTES = 16


def tag(value: bytes, *, key: bytes) -> str:
    """The first 16 bytes of the value's HMAC-SHA256 (RFC 2104), in hexadecimal."""
    keyed = hmac.HMAC(key, hashes.SHA256())
    keyed.update(value)
    return keyed.finalize()[:TAG_BYTES].hex()


def binding(register: UUID) -> Binding:
    """Whose the register's key is: nobody's but its own."""
    return Binding(type_name="vault.tags", record=register, subject=register, part="sensitive", revision=1)
