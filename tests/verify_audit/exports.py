"""Invented exports of an audit log, built from the format alone; as a program it writes a large one.

``python -m tests.verify_audit.exports FOLDER ENTRIES [CHECKPOINTS]``
"""

import hashlib
import json
import sys
import zipfile
from base64 import b64encode
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

INSTALLATION = "3f1c2b7a-5d4e-4f6a-8b9c-0d1e2f3a4b5c"
CILLA = "01a201e6-a5d0-7a27-a58f-41d308402a13"
NOW = datetime(2026, 3, 4, 8, 0, tzinfo=UTC)
SALT = bytes(range(16))


def canonical(value: object) -> bytes:
    return json.dumps(value, sort_keys=True, separators=(",", ":"), ensure_ascii=False).encode()


def commitment(details: dict[str, str]) -> str:
    return hashlib.sha256(SALT + canonical(details)).hexdigest()


def leaf(entry: int, **changes: Any) -> bytes:
    """An entry's bytes; every third has details, some facts are several, some text isn't English."""
    at = NOW + timedelta(seconds=entry, microseconds=entry % 2 * 573_716)
    told: dict[str, Any] = {
        "action": "customers.viewed",
        "actor": "user:01a201e6-8cf9-773b-ba23-a524707b69d7",
        "at": at.isoformat().replace("+00:00", "Z"),
        "commitment": None if entry % 3 else commitment(details_of(entry)),
        "entry": entry,
        "facts": ({}, {"page": "card"}, {"fields": 3, "page": "edit", "shown": True})[entry % 3],
        "subject": CILLA if entry % 2 else None,
        "v": 1,
    }
    return canonical(told | changes)


def details_of(entry: int) -> dict[str, str]:
    return {"reason": f"Cilla bad om det, {entry}", "address": "Älvvägen 18"}


def opening(entry: int, epoch: int, reason: str, size: int = 0, **facts: object) -> bytes:
    told = {"epoch": epoch, "reason": reason, "previous_size": size, **facts}
    return leaf(entry, action="audit.epoch-opened", actor="system", facts=told, commitment=None, subject=None)


def key_made(entry: int, signer: "Signer", **facts: object) -> bytes:
    """Of the first key, or of one in the place of another: ``previous_key``."""
    action = "audit.signing-key-replaced" if facts else "audit.signing-key-made"
    told = {"key": signer.public[1:].hex(), **facts}
    return leaf(entry, action=action, actor="system", facts=told, commitment=None, subject=None)


@dataclass
class Tree:
    """RFC 6962 §2.1 as it is defined, by recursion."""

    leaves: Sequence[bytes]
    _known: dict[tuple[int, int], bytes] = field(default_factory=dict)

    def root(self, size: int) -> bytes:
        return self.hash(0, size) if size else hashlib.sha256(b"").digest()

    def hash(self, start: int, size: int) -> bytes:
        if (start, size) in self._known:
            return self._known[start, size]
        if size == 1:
            found = hashlib.sha256(b"\0" + self.leaves[start]).digest()
        else:
            left = 1 << (size - 1).bit_length() - 1
            right = self.hash(start + left, size - left)
            found = hashlib.sha256(b"\1" + self.hash(start, left) + right).digest()
        if size & (size - 1) == 0:
            self._known[start, size] = found
        return found


@dataclass(frozen=True)
class Signer:
    """A key that signs checkpoints, with the name of its log."""

    private: Ed25519PrivateKey = field(
        default_factory=lambda: Ed25519PrivateKey.from_private_bytes(b"\7" * 32)
    )
    name: str = f"tryggve/{INSTALLATION}"

    @property
    def public(self) -> bytes:
        return b"\1" + self.private.public_key().public_bytes_raw()

    @property
    def id(self) -> bytes:
        return hashlib.sha256(self.name.encode() + b"\n" + self.public).digest()[:4]

    @property
    def line(self) -> str:
        return f"{self.name}+{self.id.hex()}+{b64encode(self.public).decode()}"

    def checkpoint(self, epoch: int, size: int, root: bytes, *extensions: str) -> bytes:
        text = "".join(
            f"{line}\n" for line in (f"{self.name}/{epoch}", size, b64encode(root).decode(), *extensions)
        )
        return text.encode() + b"\n" + self.signature(text.encode())

    def signature(self, text: bytes) -> bytes:
        signed = b64encode(self.id + self.private.sign(text)).decode()
        return f"— {self.name} {signed}\n".encode()


@dataclass
class Epoch:
    """Leaves, and the sizes at which checkpoints were signed; the last of them is that of the folder."""

    number: int
    leaves: list[bytes]
    sizes: Sequence[int] = ()
    signer: Signer = field(default_factory=Signer)

    @property
    def root(self) -> bytes:
        return Tree(self.leaves).root(len(self.leaves))

    def files(self) -> Iterator[tuple[str, bytes]]:
        """Tiles and bundles as they lie after each checkpoint: older partial ones are still there."""
        tree, sizes = Tree(self.leaves), list(self.sizes) or [len(self.leaves)]
        for size in sizes:
            note = self.signer.checkpoint(self.number, size, tree.root(size), "erasures 0 -")
            yield f"checkpoints/{size:012}", note
            yield "checkpoint", note
        for size in {*sizes[-3:], len(self.leaves)}:
            yield from self._tiles(tree, size, is_whole=size == len(self.leaves))

    def _tiles(self, tree: Tree, size: int, is_whole: bool) -> Iterator[tuple[str, bytes]]:
        for level in range(8):
            width, count = 256**level, size // 256**level
            for start in range(0 if is_whole else count // 256 * 256, count, 256):
                end = min(start + 256, count)
                name = path_of(start // 256) + (f".p/{end - start}" if end - start < 256 else "")
                yield (
                    f"tile/{level}/{name}",
                    b"".join(tree.hash(at * width, width) for at in range(start, end)),
                )
                if not level:
                    bundle = [len(one).to_bytes(2, "big") + one for one in self.leaves[start:end]]
                    yield f"tile/entries/{name}", b"".join(bundle)


def path_of(index: int) -> str:
    digits = f"{index:03}"
    groups = [digits[max(0, end - 3) : end].zfill(3) for end in range(len(digits), 0, -3)][::-1]
    return "/".join([*(f"x{group}" for group in groups[:-1]), groups[-1]])


def export_of(*epochs: Epoch) -> dict[str, bytes]:
    """The files of an export by name."""
    keys = dict.fromkeys(epoch.signer.line for epoch in epochs)
    files = {"key": "".join(f"{line}\n" for line in keys).encode()}
    for epoch in epochs:
        files |= {f"epoch-{epoch.number:04}/{name}": data for name, data in epoch.files()}
    return files


def lost(files: dict[str, bytes], *epochs: int) -> dict[str, bytes]:
    """What a restore leaves of the export: of these epochs the checkpoints only."""
    tiles = tuple(f"epoch-{epoch:04}/tile/" for epoch in epochs)
    return {name: data for name, data in files.items() if not name.startswith(tiles)}


def details_file(*entries: int) -> bytes:
    lines = [{"entry": entry, "salt": SALT.hex(), "details": details_of(entry)} for entry in entries]
    return "".join(json.dumps(line, ensure_ascii=False) + "\n" for line in lines).encode()


def first_epoch(count: int, sizes: Sequence[int] = (), signer: Signer | None = None) -> Epoch:
    """Of at least two entries: the second tells of the key."""
    by = signer or Signer()
    begun = [opening(1, 1, "first"), key_made(2, by)]
    return Epoch(1, [*begun, *(leaf(entry) for entry in range(3, count + 1))], sizes, by)


def write(files: dict[str, bytes], folder: Path) -> Path:
    for name, data in files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(data)
    return folder


def write_zip(files: dict[str, bytes], path: Path) -> Path:
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in files.items():
            archive.writestr(name, data)
    return path


def main() -> int:
    folder, count = Path(sys.argv[1]), int(sys.argv[2])
    checkpoints = int(sys.argv[3]) if len(sys.argv) > 3 else 1
    sizes = [count * number // checkpoints for number in range(1, checkpoints + 1)]
    write(export_of(first_epoch(count, sizes)), folder)
    return 0


if __name__ == "__main__":
    sys.exit(main())
