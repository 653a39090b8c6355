"""Repositories of restic made by its published design, whose passwords cost no half second to try.

What restic would choose when it makes one is slow on purpose: https://restic.readthedocs.io/en/stable/100_references.html
"""

import base64
import hashlib
import json
import os
import secrets
from collections.abc import Mapping
from pathlib import Path
from types import MappingProxyType
from typing import Any

from cryptography.hazmat.primitives.ciphers import Cipher, algorithms, modes
from cryptography.hazmat.primitives.kdf.scrypt import Scrypt
from cryptography.hazmat.primitives.poly1305 import Poly1305

_ROUNDS, _BLOCKS, _LANES = 16, 8, 1
_FOLDERS = ("data", "index", "keys", "locks", "snapshots")
# The design's own example of an irreducible one, by which files are cut.
_POLYNOMIAL = "25b468838dcb75"
_MASK = bytes.fromhex("ffffff0ffcffff0ffcffff0ffcffff0f")


class _Keys:
    """What one thing is encrypted and signed with: AES-256 in counter mode, and Poly1305-AES."""

    def __init__(self, content: bytes) -> None:
        self._encrypt, self._sign = content[:32], content[32:48]
        self._r = bytes(one & mask for one, mask in zip(content[48:64], _MASK, strict=True))

    def sealed(self, told: dict[str, Any]) -> bytes:
        begin = os.urandom(16)
        cipher = Cipher(algorithms.AES(self._encrypt), modes.CTR(begin)).encryptor()
        hidden = cipher.update(json.dumps(told).encode()) + cipher.finalize()
        nonce = Cipher(algorithms.AES(self._sign), modes.ECB()).encryptor()  # noqa: S305 - so Poly1305-AES is made
        return begin + hidden + Poly1305.generate_tag(self._r + nonce.update(begin), hidden)

    def told(self) -> dict[str, Any]:
        return {"mac": {"k": _text(self._sign), "r": _text(self._r)}, "encrypt": _text(self._encrypt)}


def make(folder: Path, password: str, *, others: Mapping[str, str] = MappingProxyType({})) -> None:
    """An empty one, as ``restic init`` leaves it; ``others`` are further passwords, by their labels."""
    for name in _FOLDERS:
        (folder / name).mkdir(parents=True)
    for number in range(256):
        (folder / "data" / f"{number:02x}").mkdir()
    master = _Keys(os.urandom(64))
    config = {"version": 2, "id": secrets.token_hex(32), "chunker_polynomial": _POLYNOMIAL}
    (folder / "config").write_bytes(master.sealed(config))
    for label, one in {"tryggve": password, **others}.items():
        key = _key_file(master, one, label)
        (folder / "keys" / hashlib.sha256(key).hexdigest()).write_bytes(key)


def _key_file(master: _Keys, password: str, label: str) -> bytes:
    salt = os.urandom(64)
    user = _Keys(Scrypt(salt=salt, length=64, n=_ROUNDS, r=_BLOCKS, p=_LANES).derive(password.encode()))
    told = {
        "created": "2026-01-01T00:00:00Z",
        "username": "tryggve",
        "hostname": label,
        "kdf": "scrypt",
        "N": _ROUNDS,
        "r": _BLOCKS,
        "p": _LANES,
        "salt": _text(salt),
        "data": _text(user.sealed(master.told())),
    }
    return json.dumps(told).encode()


def _text(content: bytes) -> str:
    return base64.b64encode(content).decode()
