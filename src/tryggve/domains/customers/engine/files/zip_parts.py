"""What is asked of a zipped office file before its reader may unpack it: whole, sound and of sane size."""

import io
import struct
import zipfile
import zlib

from tryggve.domains.customers.engine.table import Limits, UnreadableFile

_ENCRYPTED = 0x1
_KNOWN_METHODS = {zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED}
# All that the zipfile module was seen to raise on damaged bytes; its documentation names only the first.
_BROKEN = (zipfile.BadZipFile, zlib.error, struct.error, EOFError, OSError, RuntimeError, ValueError)


def names_in(data: bytes) -> set[str]:
    """The parts of a zip file in lower case; raises UnreadableFile (truncated)."""
    return {name.lower() for name in _opened(data).namelist()}


class ZipParts:
    """The parts of a zip file, read by name in any case.

    Raises UnreadableFile (truncated, damaged, zip_bomb, password_protected).
    """

    def __init__(self, data: bytes, limits: Limits) -> None:
        self._zip = _opened(data)
        # The largest part that was unpacked, which is asked for again: that of the sheet.
        self._largest, self._content = "", b""
        entries = self._zip.infolist()
        self._entries = {entry.filename.lower(): entry for entry in entries}
        if len(entries) > limits.parts:
            raise UnreadableFile("zip_bomb", limit=limits.parts)
        if sum(entry.file_size for entry in entries) > limits.unpacked_bytes:
            raise UnreadableFile("zip_bomb", limit=limits.unpacked_bytes)
        if any(entry.flag_bits & _ENCRYPTED for entry in entries):
            raise UnreadableFile("password_protected")
        if len(self._entries) < len(entries) or any(e.compress_type not in _KNOWN_METHODS for e in entries):
            raise UnreadableFile("damaged")

    def __contains__(self, name: str) -> bool:
        return name.lower() in self._entries

    def read(self, name: str) -> bytes:
        """One part, unpacked to the size it declares and no further, its checksum compared."""
        if name not in self:
            raise UnreadableFile("damaged")
        if name.lower() == self._largest:
            return self._content
        try:
            content = self._zip.read(self._entries[name.lower()])
        except _BROKEN as error:
            raise UnreadableFile("damaged") from error
        if len(content) > len(self._content):
            self._largest, self._content = name.lower(), content
        return content

    def verify(self) -> None:
        """Unpack everything once, so that no part is larger than it says."""
        for name in self._entries:
            self.read(name)


def _opened(data: bytes) -> zipfile.ZipFile:
    try:
        return zipfile.ZipFile(io.BytesIO(data))
    except _BROKEN as error:
        # The list of parts stands last in the file, so a file cut short has none.
        raise UnreadableFile("truncated") from error
