"""What goes by in a tar archive, counted and not kept."""

import io
import tarfile
from collections.abc import Iterator
from typing import Final

from tryggve.domains.backups.services.restore_tests.outcomes import TestFailed

_PIECE: Final = 1024 * 1024


def count(pieces: Iterator[bytes]) -> tuple[int, int]:
    """How many files come by and how many bytes they really have. Raises TestFailed, and what the pieces raise."""
    files = size = 0
    try:
        with tarfile.open(fileobj=_Stream(pieces), mode="r|", bufsize=_PIECE) as tar:
            for member in tar:
                if member.isfile() and (content := tar.extractfile(member)):
                    files += 1
                    while read := content.read(_PIECE):
                        size += len(read)
    except tarfile.TarError:
        for _rest in pieces:  # restic tells at its end why it couldn't go on
            pass
        raise TestFailed("own-folders-damaged") from None
    return files, size


class _Stream(io.RawIOBase):
    def __init__(self, pieces: Iterator[bytes]) -> None:
        self._pieces, self._held = pieces, b""

    def read(self, size: int = -1) -> bytes:
        while size < 0 or len(self._held) < size:
            piece = next(self._pieces, b"")
            if not piece:
                break
            self._held += piece
        taken = self._held if size < 0 else self._held[:size]
        self._held = self._held[len(taken) :]
        return taken
