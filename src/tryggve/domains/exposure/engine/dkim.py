"""The public key that a domain's mail is signed by (RFC 6376 §3.6.1, RFC 8301, RFC 8463)."""

import base64
import binascii
from collections.abc import Iterable
from dataclasses import dataclass

from cryptography.exceptions import UnsupportedAlgorithm
from cryptography.hazmat.primitives.asymmetric.rsa import RSAPublicKey
from cryptography.hazmat.primitives.serialization import load_der_public_key

from tryggve.domains.exposure.engine import tags
from tryggve.domains.exposure.engine.questions import Asks
from tryggve.domains.exposure.engine.troubles import Trouble

SHORTEST_BITS = 2048
_ED25519_BYTES = 32
# As strong as RSA with 3072 bits (NIST SP 800-57 part 1, table 2).
_WORTH_OF_ED25519 = 3072


@dataclass(frozen=True, slots=True)
class Key:
    """A selector's key: how many bits of RSA it is worth; zero where it was withdrawn or can't be read."""

    selector: str
    bits: int
    is_withdrawn: bool = False


@dataclass(frozen=True, slots=True)
class Keys:
    """What was found at the selectors that were asked."""

    found: tuple[Key, ...]

    @property
    def in_use(self) -> tuple[Key, ...]:
        return tuple(key for key in self.found if not key.is_withdrawn)

    @property
    def weakest_bits(self) -> int:
        return min((key.bits for key in self.in_use), default=0)

    @property
    def troubles(self) -> tuple[Trouble, ...]:
        if not self.in_use:
            return (Trouble.DKIM_MISSING,)
        if not any(key.bits for key in self.in_use):
            return (Trouble.DKIM_BROKEN,)
        weak = any(0 < key.bits < SHORTEST_BITS for key in self.in_use)
        return (Trouble.DKIM_WEAK,) if weak else ()


def find(asks: Asks, name: str, selectors: Iterable[str]) -> Keys:
    """The keys at those selectors of the domain. Raises Unread."""
    found = []
    for selector in dict.fromkeys(selectors):
        for text in asks.texts(f"{selector}._domainkey.{name}"):
            if (key := read(selector, text)) is not None:
                found.append(key)
    return Keys(tuple(found))


def read(selector: str, text: str) -> Key | None:
    """The key that this text holds; None where it is no key record at all."""
    told = tags.read(text)
    if told is None or "p" not in told or told.get("v", "DKIM1") != "DKIM1":
        return None
    value = "".join(told["p"].split())
    if not value:
        return Key(selector, 0, is_withdrawn=True)
    return Key(selector, _bits(told.get("k", "rsa").lower(), value))


def _bits(kind: str, value: str) -> int:
    try:
        key = base64.b64decode(value, validate=True)
    except (binascii.Error, ValueError):
        return 0
    if kind == "ed25519":
        return _WORTH_OF_ED25519 if len(key) == _ED25519_BYTES else 0
    return _rsa_bits(key) if kind == "rsa" else 0


def _rsa_bits(key: bytes) -> int:
    try:
        read_key = load_der_public_key(key)
    except (ValueError, UnsupportedAlgorithm):
        return 0
    return read_key.key_size if isinstance(read_key, RSAPublicKey) else 0
