"""Searching raw bytes for what must not be readable anywhere: every file, in every spelling a program might leave."""

import base64
import gzip
import json
import lzma
import zlib
from collections.abc import Iterable, Iterator
from pathlib import Path

from tryggve.domains.customers.engine.folding import fold

# Shorter words occur in ciphertext by chance.
SHORTEST = 6


def spellings(word: str) -> set[bytes]:
    """The word as bytes: encodings, folded, escaped, in hex, in base64 at each of its three alignments."""
    plain = {
        encoded
        for text in {word, word.lower(), word.upper(), fold(word)}
        for encoding in ("utf-8", "utf-16-le", "utf-16-be", "cp1252")
        if (encoded := text.encode(encoding, "ignore")) and len(encoded) >= SHORTEST
    }
    escaped = {
        json.dumps(word)[1:-1].encode(),
        word.encode().hex().encode(),
        word.encode().hex().upper().encode(),
    }
    return plain | escaped | set(_in_base64(word.encode()))


def _in_base64(word: bytes) -> Iterator[bytes]:
    for before in range(3):
        shifted = bytes(before) + word
        whole = shifted[: len(shifted) // 3 * 3]
        # The first letters also carry bits of what stands before the word.
        yield base64.b64encode(whole)[(0, 2, 3)[before] :]


def readable_in(folder: Path, words: Iterable[str]) -> dict[str, list[str]]:
    """Every file below the folder in which one of the words can be read, and those words."""
    needles = {word: spellings(word) for word in words}
    found: dict[str, list[str]] = {}
    for file in sorted(path for path in folder.rglob("*") if path.is_file()):
        contents = list(_readings(file))
        seen = [
            word
            for word, forms in needles.items()
            if any(form in content for form in forms for content in contents)
        ]
        if seen:
            found[str(file.relative_to(folder))] = seen
    return found


def _readings(file: Path) -> Iterator[bytes]:
    """The file as it lies there, and unpacked if it is packed."""
    raw = file.read_bytes()
    yield file.name.encode() + b"\n" + raw
    for unpack in (gzip.decompress, zlib.decompress, lzma.decompress):
        try:
            yield unpack(raw)
        except (OSError, zlib.error, lzma.LZMAError, EOFError):
            continue
