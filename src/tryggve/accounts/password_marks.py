"""What shows that a password was set by the program, past which nobody writes one unnoticed."""

import hashlib


def of(encoded: str) -> str:
    """The mark of a password as it lies in the database: SHA-256 over its hash, in hexadecimal digits."""
    return hashlib.sha256(encoded.encode()).hexdigest()
