"""Parts of a zipped office file, unpacked with limits."""

import zipfile
import zlib
from collections.abc import Iterator
from types import TracebackType
from typing import Final, Self

from tryggve.domains.datamap.engine.reading.parts import Limits, NotRead, Reason, Source

_BLOCK: Final = 1 << 16
_ENCRYPTED: Final = 0x1
# What the zipfile module was seen to raise on damaged bytes; its documentation names only the first.
_BROKEN: Final = (
    zipfile.BadZipFile,
    zlib.error,
    EOFError,
    OSError,
    RuntimeError,
    NotImplementedError,
    ValueError,
)


class OfficeParts:
    """Read by name. Raises NotRead (damaged, encrypted, too-large)."""

    def __init__(self, source: Source, limits: Limits) -> None:
        self._limits = limits
        try:
            self._zip = zipfile.ZipFile(source.opened())
        except _BROKEN as error:
            raise NotRead(Reason.DAMAGED) from error
        entries = [entry for entry in self._zip.infolist() if not entry.is_dir()]
        self._entries = {entry.filename: entry for entry in entries}
        if len(entries) > limits.parts:
            raise NotRead(Reason.TOO_LARGE)
        if len(self._entries) < len(entries):
            # One of two parts of the same name would be hidden by the other.
            raise NotRead(Reason.DAMAGED)
        if any(entry.flag_bits & _ENCRYPTED for entry in self._entries.values()):
            raise NotRead(Reason.ENCRYPTED)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._zip.close()

    @property
    def names(self) -> tuple[str, ...]:
        """As they lie in the file."""
        return tuple(self._entries)

    def size(self, name: str) -> int:
        """What it says that it unpacks to."""
        return self._entries[name].file_size

    def blocks(self, name: str) -> Iterator[bytes]:
        """One part, unpacked a block at a time; its checksum is compared at the end."""
        if name not in self._entries:
            raise NotRead(Reason.DAMAGED)
        entry, size = self._entries[name], 0
        most = max(self._limits.ratio * entry.compress_size, self._limits.ratio_from_bytes)
        try:
            with self._zip.open(entry) as part:
                while block := part.read(_BLOCK):
                    size += len(block)
                    if size > min(most, self._limits.bytes_out):
                        raise NotRead(Reason.TOO_LARGE)
                    yield block
        except _BROKEN as error:
            raise NotRead(Reason.DAMAGED) from error

    def read(self, name: str) -> bytes:
        """One part, whole."""
        if self.size(name) > self._limits.held_bytes:
            raise NotRead(Reason.TOO_LARGE)
        found: list[bytes] = []
        size = 0
        for block in self.blocks(name):
            found.append(block)
            size += len(block)
            if size > self._limits.held_bytes:
                raise NotRead(Reason.TOO_LARGE)
        return b"".join(found)
