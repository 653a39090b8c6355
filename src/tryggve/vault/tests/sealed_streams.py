"""Sealed streams in memory, for the tests that read, cut and mix them."""

import random
from io import BytesIO

from tryggve.vault.sealed_files.chunks import CHUNK_BYTES, SEALED_CHUNK_BYTES, Chunks
from tryggve.vault.sealed_files.reading import SealedReader
from tryggve.vault.sealed_files.writing import write_sealed

CHUNKS = Chunks(bytes(range(32)), associated=b"Cilla's photograph")
OTHER_KEY = Chunks(bytes(range(1, 33)), associated=b"Cilla's photograph")
OTHER_PLACE = Chunks(bytes(range(32)), associated=b"Dan's photograph")


def invented(size: int) -> bytes:
    """That many bytes, the same each time, no two chunks alike."""
    return random.Random(2026).randbytes(size)  # noqa: S311 - no secret


def sealed(plaintext: bytes, chunks: Chunks = CHUNKS) -> bytes:
    out = BytesIO()
    assert write_sealed(BytesIO(plaintext), out, chunks) == len(plaintext)
    return out.getvalue()


def reader(stream: bytes, chunks: Chunks = CHUNKS) -> SealedReader:
    return SealedReader(BytesIO(stream), chunks)


def cut_in_chunks(stream: bytes) -> list[bytes]:
    return [stream[at : at + SEALED_CHUNK_BYTES] for at in range(0, len(stream), SEALED_CHUNK_BYTES)]


THREE = invented(2 * CHUNK_BYTES + 1000)
SEALED_THREE = sealed(THREE)
