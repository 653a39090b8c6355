"""What opens something for whoever shows it: long and random, and kept as a hash alone."""

import hashlib
import secrets


def new_token() -> str:
    """256 random bits, in letters that fit an address and a cookie."""
    return secrets.token_urlsafe(32)


def hash_of(token: str) -> str:
    """What is kept of a token. It is random and long, so a plain hash can't be guessed back."""
    return hashlib.sha256(token.encode()).hexdigest()
