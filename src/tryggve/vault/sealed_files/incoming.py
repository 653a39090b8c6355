import secrets
import tempfile
from pathlib import Path
from typing import BinaryIO

from tryggve.vault import derivation
from tryggve.vault.sealed_files.chunks import Chunks, Readable
from tryggve.vault.sealed_files.reading import SealedReader
from tryggve.vault.sealed_files.writing import ChunkWriter

_ASSOCIATED = b"tryggve/1/incoming"


class Incoming:
    """Bytes on the disk for a while, sealed under a key that only this object ever holds; works while locked.

    The file has no name (``O_TMPFILE``, or removed as soon as it is made): whatever ends the process, it is gone.
    """

    def __init__(self, folder: Path) -> None:
        """Make the folder if it isn't there, and the file in it. Raises OSError."""
        folder.mkdir(mode=0o700, exist_ok=True)
        # Closed by what takes it over: the reader, or discard.
        self._file: BinaryIO = tempfile.TemporaryFile(dir=folder)  # noqa: SIM115
        self._chunks = Chunks(secrets.token_bytes(derivation.KEY_BYTES), associated=_ASSOCIATED)
        self._writer = ChunkWriter(self._file, self._chunks)

    def write(self, data: Readable) -> None:
        """Seal more. Raises OSError."""
        self._writer.write(data)

    def finished(self) -> SealedReader:
        """All that was written, to read as often as wanted; gone from the disk when it is closed. Raises OSError."""
        self._writer.finish()
        return SealedReader(self._file, self._chunks)

    def discard(self) -> None:
        """Let go of what was written."""
        self._file.close()
