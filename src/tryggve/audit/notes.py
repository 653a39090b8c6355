"""Signed notes (c2sp.org/signed-note) with Ed25519 (RFC 8032)."""

import base64
import binascii
import hashlib
import re
from collections.abc import Iterable
from dataclasses import dataclass

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey

_ED25519 = b"\x01"
_KEY_BYTES = 32
_ID_BYTES = 4
_SIGNATURE_BYTES = 64
_SIGNATURES = re.compile(r"(?:— [^ +\n]+ [A-Za-z0-9+/]+=*\n)+")


class NotANote(ValueError):
    """The bytes aren't a signed note, or the line isn't a verifier key."""


class NotSigned(Exception):
    """No key that we know has signed it, or the signature of one that we know doesn't hold."""


class UnknownKey(NotSigned):
    """Only keys that we don't know have signed it."""


@dataclass(frozen=True)
class Verifier:
    """A key that signatures are checked with, and its name."""

    name: str
    public: bytes

    @property
    def id(self) -> bytes:
        return hashlib.sha256(self.name.encode() + b"\n" + _ED25519 + self.public).digest()[:_ID_BYTES]

    @property
    def line(self) -> str:
        """``name+id+key``, as the file ``key`` holds it."""
        return f"{self.name}+{self.id.hex()}+{encode(_ED25519 + self.public)}"


def verifier(line: str) -> Verifier:
    """The key of such a line. Raises NotANote."""
    name, _plus, id_and_key = line.partition("+")
    raw = decode(id_and_key.partition("+")[2])
    found = Verifier(name, raw[1:])
    if not name or raw[:1] != _ED25519 or len(raw) != 1 + _KEY_BYTES or found.line != line:
        raise NotANote
    return found


def sign(text: str, *, name: str, key: Ed25519PrivateKey) -> bytes:
    """The note of a text of whole lines."""
    by = Verifier(name, key.public_key().public_bytes_raw())
    signature = key.sign(text.encode())
    return f"{text}\n— {name} {encode(by.id + signature)}\n".encode()


def text_of(note: bytes) -> tuple[str, list[tuple[str, bytes]]]:
    """The text, and by whom it is signed: name, and key id with signature. Raises NotANote."""
    try:
        text, gap, signed = note.decode().rpartition("\n\n")
    except UnicodeDecodeError:
        raise NotANote from None
    if not text or not gap or not _SIGNATURES.fullmatch(signed):
        raise NotANote
    lines = (line.split(" ") for line in signed[:-1].split("\n"))
    return text + "\n", [(name, decode(rest)) for _dash, name, rest in lines]


def opened(note: bytes, keys: Iterable[Verifier]) -> str:
    """The text of a note that one of the keys has signed. Raises as ``signers``."""
    signers(note, keys)
    return text_of(note)[0]


def signers(note: bytes, keys: Iterable[Verifier]) -> tuple[Verifier, ...]:
    """Those of the keys that have signed the note. Raises NotANote, and UnknownKey or else NotSigned."""
    text, signatures = text_of(note)
    by = {(key.name, key.id): key for key in keys}
    known = [(by[name, raw[:_ID_BYTES]], raw) for name, raw in signatures if (name, raw[:_ID_BYTES]) in by]
    if not known:
        raise UnknownKey
    if not all(_holds(text, key, raw) for key, raw in known):
        raise NotSigned
    return tuple(key for key, _raw in known)


def encode(raw: bytes) -> str:
    return base64.b64encode(raw).decode()


def decode(text: str) -> bytes:
    """Base64 in its one canonical form. Raises NotANote."""
    try:
        raw = base64.b64decode(text, validate=True)
    except (binascii.Error, ValueError):
        raise NotANote from None
    if encode(raw) != text:
        raise NotANote
    return raw


def _holds(text: str, key: Verifier, raw: bytes) -> bool:
    try:
        Ed25519PublicKey.from_public_bytes(key.public).verify(raw[_ID_BYTES:], text.encode())
    except (InvalidSignature, ValueError):
        return False
    return True
