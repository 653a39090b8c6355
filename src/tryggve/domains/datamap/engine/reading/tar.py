"""Tar archives, read from front to end (POSIX.1-2017, pax; the headers of GNU tar for long names and sparse files)."""

import tarfile
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Final

from tryggve.domains.datamap.engine.findings import NotScanned
from tryggve.domains.datamap.engine.reading.parts import Member, NotRead, Read, Reason
from tryggve.domains.datamap.engine.reading.streams import Stream

BLOCK: Final = tarfile.BLOCKSIZE
_MARK: Final = slice(257, 262)
_FILES: Final = (tarfile.REGTYPE, tarfile.AREGTYPE, tarfile.CONTTYPE, tarfile.GNUTYPE_SPARSE)
_MOST_HEADER_BYTES: Final = 1 << 20
# In the header of a sparse file, and in each block of the map that follows it: whether one more follows.
_MORE_MAP: Final = 482
_MORE_MAP_AFTER: Final = 504


def begins(head: bytes, name: str) -> bool:
    return head[_MARK] == b"ustar" or (name.lower().endswith(".tar") and len(head) == BLOCK)


def members(stream: Stream) -> Iterator[Read]:
    """Files; links and devices are told. Sparse files come without their holes. Raises NotRead."""
    extended = _Extended()
    while (block := stream.read(BLOCK)).strip(b"\0"):
        header = _header(block)
        if not extended.takes(header, stream):
            yield from _member(header, block, extended, stream)
            extended = _Extended()


def _header(block: bytes) -> tarfile.TarInfo:
    try:
        found = tarfile.TarInfo.frombuf(block, "utf-8", "replace")
    except tarfile.HeaderError:
        raise NotRead(Reason.DAMAGED) from None
    if found.size < 0:
        raise NotRead(Reason.DAMAGED)
    return found


@dataclass(slots=True)
class _Extended:
    """What headers before a member's own say about it."""

    fields: dict[bytes, bytes] = field(default_factory=dict)

    def takes(self, header: tarfile.TarInfo, stream: Stream) -> bool:
        if header.type == tarfile.GNUTYPE_LONGNAME:
            self.fields[b"path"] = _payload(header, stream).rstrip(b"\0")
        elif header.type in (tarfile.XHDTYPE, tarfile.SOLARIS_XHDTYPE):
            self.fields |= _records(_payload(header, stream))
        elif header.type in (tarfile.XGLTYPE, tarfile.GNUTYPE_LONGLINK):
            _payload(header, stream)
        else:
            return False
        return True

    def name(self, header: tarfile.TarInfo) -> str:
        told = self.fields.get(b"GNU.sparse.name") or self.fields.get(b"path")
        return told.decode(errors="replace") if told else header.name

    def size(self, header: tarfile.TarInfo) -> int:
        told = self.fields.get(b"size", b"")
        return int(told) if told.isdigit() else header.size


def _member(header: tarfile.TarInfo, block: bytes, extended: _Extended, stream: Stream) -> Iterator[Read]:
    name = extended.name(header)
    if header.type not in _FILES:
        if header.type != tarfile.DIRTYPE:
            yield NotScanned((name,), Reason.NOT_A_FILE)
        return
    size = extended.size(header)
    if header.type == tarfile.GNUTYPE_SPARSE:
        _pass_over_map(block, stream)
    found = stream.piece(size)
    if found.size:
        yield Member(name, found)
    if found.size < size:
        raise NotRead(Reason.DAMAGED)
    stream.piece(-size % BLOCK)


def _payload(header: tarfile.TarInfo, stream: Stream) -> bytes:
    if header.size > _MOST_HEADER_BYTES:
        raise NotRead(Reason.TOO_LARGE)
    return stream.read(header.size + -header.size % BLOCK)[: header.size]


def _records(payload: bytes) -> dict[bytes, bytes]:
    """Of pax: each is its own length, a space, a keyword, an equals sign, a value and a line feed."""
    found = {}
    while payload:
        length, _space, _rest = payload.partition(b" ")
        end = int(length) if length.isdigit() else 0
        if not len(length) < end <= len(payload):
            raise NotRead(Reason.DAMAGED)
        keyword, _equals, value = payload[len(length) + 1 : end - 1].partition(b"=")
        found[keyword] = value
        payload = payload[end:]
    return found


def _pass_over_map(block: bytes, stream: Stream) -> None:
    has_more = block[_MORE_MAP]
    while has_more:
        block = stream.read(BLOCK)
        has_more = block[_MORE_MAP_AFTER] if len(block) == BLOCK else 0
