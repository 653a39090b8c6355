import io
import os
from typing import BinaryIO

from tryggve.vault.sealed_files.chunks import CHUNK_BYTES, SEALED_CHUNK_BYTES, Chunks
from tryggve.vault.sealing import TAG_BYTES, Damaged


class SealedReader(io.BufferedIOBase, BinaryIO):
    """The plaintext of a sealed stream as a file to read and seek in; it holds one chunk at a time.

    Every byte it gives was authenticated, and so was the length, when it was opened. Reading raises Damaged at
    the first chunk that isn't what was sealed. Not for several threads at once.
    """

    def __init__(self, sealed: BinaryIO, chunks: Chunks, *, begins_at: int = 0) -> None:
        """A reader that closes ``sealed`` with itself. Raises Damaged when the end isn't the end that was sealed."""
        self._sealed = sealed
        self._chunks = chunks
        self._begins_at = begins_at
        self._at = 0
        body = sealed.seek(0, os.SEEK_END) - begins_at
        self._count = max(1, -(-body // SEALED_CHUNK_BYTES))
        self.size = body - self._count * TAG_BYTES
        self._held = (self._count - 1, self._open(self._count - 1))
        if not self._held[1] and self._count > 1:
            raise Damaged

    def readable(self) -> bool:
        return True

    def seekable(self) -> bool:
        return True

    def seek(self, offset: int, whence: int = os.SEEK_SET, /) -> int:
        at = offset + {os.SEEK_SET: 0, os.SEEK_CUR: self._at, os.SEEK_END: self.size}[whence]
        if at < 0:
            raise ValueError("before the beginning of the file")
        self._at = at
        return at

    def tell(self) -> int:
        return self._at

    def read(self, size: int | None = -1, /) -> bytes:
        """That many bytes, fewer only at the end; without a size all that is left. Raises Damaged and OSError."""
        wanted = self.size if size is None or size < 0 else size
        found = self.read_from(self._at, wanted)
        self._at += len(found)
        return found

    def read1(self, size: int = -1, /) -> bytes:
        """The same, but no more than the rest of one chunk."""
        rest = CHUNK_BYTES - self._at % CHUNK_BYTES
        return self.read(rest if size < 0 else min(size, rest))

    def read_from(self, offset: int, size: int) -> bytes:
        """That many bytes from that place, fewer only at the end; opens no other chunks. Raises as read does."""
        end = min(offset + size, self.size)
        if offset >= end:
            return b""
        numbers = range(offset // CHUNK_BYTES, -(-end // CHUNK_BYTES))
        return b"".join(self._piece(number, offset, end) for number in numbers)

    def close(self) -> None:
        self._held = (-1, b"")
        self._sealed.close()
        super().close()

    def _piece(self, number: int, begin: int, end: int) -> bytes:
        if self._held[0] != number:
            self._held = (number, self._open(number))
        first = number * CHUNK_BYTES
        return self._held[1][max(begin - first, 0) : end - first]

    def _open(self, number: int) -> bytes:
        self._sealed.seek(self._begins_at + number * SEALED_CHUNK_BYTES)
        sealed = self._sealed.read(SEALED_CHUNK_BYTES)
        return self._chunks.open(sealed, number=number, is_last=number == self._count - 1)
