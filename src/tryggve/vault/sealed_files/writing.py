from typing import BinaryIO

from tryggve.vault.sealed_files.chunks import CHUNK_BYTES, SEALED_CHUNK_BYTES, Chunks, Readable

# Read several chunks at once: only the last of them is copied while it waits to learn whether more comes.
_READ_BYTES = 8 * CHUNK_BYTES


class ChunkWriter:
    """Seals what is written to it, however it is cut, and passes it on in whole chunks until ``finish``."""

    def __init__(self, out: BinaryIO, chunks: Chunks) -> None:
        self._out = out
        self._chunks = chunks
        self._sealed = bytearray(SEALED_CHUNK_BYTES)
        self._waiting = bytearray(CHUNK_BYTES)
        self._filled = 0
        self._number = 0
        self.size = 0

    def write(self, data: Readable) -> None:
        """Take more of the plaintext. Raises OSError."""
        rest = memoryview(data)
        self.size += len(rest)
        # A full chunk waits until more comes: what ends a stream is sealed as its end.
        while self._filled + len(rest) > CHUNK_BYTES:
            if not self._filled:
                self._pass_on(rest[:CHUNK_BYTES], is_last=False)
                rest = rest[CHUNK_BYTES:]
            else:
                rest = self._fill(rest)
                self._pass_on(self._waiting, is_last=False)
                self._filled = 0
        self._fill(rest)

    def finish(self) -> None:
        """Pass on the last chunk; only an empty stream has an empty one. Raises OSError."""
        self._pass_on(memoryview(self._waiting)[: self._filled], is_last=True)

    def _fill(self, data: memoryview) -> memoryview:
        """Keep what there is room for; returns what is left."""
        taken = min(len(data), CHUNK_BYTES - self._filled)
        self._waiting[self._filled : self._filled + taken] = data[:taken]
        self._filled += taken
        return data[taken:]

    def _pass_on(self, chunk: Readable, *, is_last: bool) -> None:
        length = self._chunks.seal_into(self._sealed, chunk, number=self._number, is_last=is_last)
        self._out.write(memoryview(self._sealed)[:length])
        self._number += 1


def write_sealed(source: BinaryIO, out: BinaryIO, chunks: Chunks) -> int:
    """Seal all that the source still gives; returns how many bytes that was. Raises OSError."""
    writer = ChunkWriter(out, chunks)
    while data := source.read(_READ_BYTES):
        writer.write(data)
    writer.finish()
    return writer.size
