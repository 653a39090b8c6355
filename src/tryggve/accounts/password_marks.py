"""What shows that a password was set by the program, past which nobody writes one unnoticed.

A mark is sealed under the service key, which lies outside the database and goes with the register to another
computer. It opens for the one person alone: copied with the password to somebody else's row, it marks nothing.
"""

import hashlib
from uuid import UUID

from tryggve import vault


def of(encoded: str, person: UUID) -> str:
    """The mark of that person's password as it lies in the database, in hexadecimal digits. Raises vault.Locked."""
    return vault.seal_for_service(_purpose(person), _digest(encoded)).hex()


def holds(mark: str, encoded: str, person: UUID) -> bool:
    """Whether it was made of this password for this person. Raises vault.Locked."""
    try:
        return vault.open_for_service(_purpose(person), bytes.fromhex(mark)) == _digest(encoded)
    except (ValueError, vault.CannotOpen):
        return False


def _purpose(person: UUID) -> str:
    return f"password of {person}"


def _digest(encoded: str) -> bytes:
    return hashlib.sha256(encoded.encode()).digest()
