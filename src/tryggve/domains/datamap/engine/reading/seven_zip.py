"""7z archives (7zFormat.txt of the LZMA SDK; property and method numbers are those of that text).

Written here because the library for it (py7zr) asks the system for its free memory and starts threads, which a
process that only computes can't. What writers use unless told otherwise is read (LZMA2, LZMA, their filters for
programs and sound, none), and bzip2; other methods are told.
"""

import bz2
import codecs
import io
import lzma
import struct
import zlib
from collections.abc import Iterator, Sequence
from typing import BinaryIO, Final, cast

from tryggve.domains.datamap.engine.findings import NotScanned
from tryggve.domains.datamap.engine.reading import seven_zip_header
from tryggve.domains.datamap.engine.reading.parts import Limits, NotRead, Read, Reason, Source
from tryggve.domains.datamap.engine.reading.seven_zip_header import Coder, Folder
from tryggve.domains.datamap.engine.reading.streams import Slice, Unpacking

_START: Final = struct.Struct("<6sBBIQQI")
_AES: Final = b"\x06\xf1\x07\x01"
_COPY: Final = b"\x00"
_LZMA: Final = b"\x03\x01\x01"
_LZMA2: Final = b"\x21"
_BZIP2: Final = b"\x04\x02\x02"
_X86: Final = b"\x03\x03\x01\x03"
_DELTA: Final = b"\x03"
_LARGEST_LZMA2_CODE: Final = 39
_SMALLEST_DICTIONARY: Final = 4096


def read(source: Source, name: str, limits: Limits) -> Iterator[Read]:
    """Raises NotRead when the list of files can't be read."""
    for folder in seven_zip_header.folders(_header(source, limits)):
        yield from _members(source, folder, limits)


def rehearse() -> None:
    """Load what is loaded when the first list of names is decoded."""
    codecs.lookup("utf-16-le")


def _header(source: Source, limits: Limits) -> bytes:
    start = source[0 : _START.size]
    if len(start) < _START.size:
        raise NotRead(Reason.DAMAGED)
    _mark, _major, _minor, _crc, offset, size, crc = _START.unpack(start)
    header = source[_START.size + offset : _START.size + offset + min(size, limits.held_bytes)]
    if len(header) < size or zlib.crc32(header) != crc:
        raise NotRead(Reason.DAMAGED)
    packed = seven_zip_header.packed_header(header)
    return _unpacked_header(source, packed, limits) if packed else header


def _unpacked_header(source: Source, packed: Folder, limits: Limits) -> bytes:
    size = packed.unpacked_size
    reason = _why_not(packed, limits) or (Reason.TOO_LARGE if size > limits.held_bytes else None)
    if reason:
        raise NotRead(reason)
    header = _stream(source, packed, limits).read(size)
    if len(header) < size:
        raise NotRead(Reason.DAMAGED)
    return header


def _members(source: Source, folder: Folder, limits: Limits) -> Iterator[Read]:
    reason = _why_not(folder, limits)
    if reason:
        yield from (NotScanned((entry.name,), reason) for entry in folder.entries)
        return
    stream = _stream(source, folder, limits)
    for entry in folder.entries:
        if entry.is_link:
            stream.piece(entry.size)
            yield NotScanned((entry.name,), Reason.NOT_A_FILE)
        else:
            yield from stream.member(entry.name, entry.size, entry.crc)


def _why_not(folder: Folder, limits: Limits) -> Reason | None:
    methods = [coder.method for coder in folder.coders]
    if _AES in methods:
        return Reason.ENCRYPTED
    if folder.inputs != 1 or not _is_readable(methods):
        return Reason.NO_READER
    is_bomb = folder.unpacked_size > max(limits.ratio * folder.packed_size, limits.ratio_from_bytes)
    return Reason.TOO_LARGE if is_bomb else None


def _is_readable(methods: Sequence[bytes]) -> bool:
    first, *filters = methods or [b""]
    if first in (_COPY, _BZIP2):
        return not filters
    return first in (_LZMA, _LZMA2) and set(filters) <= {_X86, _DELTA}


def _stream(source: Source, folder: Folder, limits: Limits) -> Unpacking:
    packed = Slice(source, _START.size + folder.packed_at, folder.packed_size)
    return Unpacking(_opened(packed.opened(), folder).read1, packed.size, limits)


def _opened(packed: BinaryIO, folder: Folder) -> io.BufferedIOBase:
    method = folder.coders[0].method
    if method == _COPY:
        return cast(io.BufferedIOBase, packed)
    if method == _BZIP2:
        return bz2.BZ2File(packed)
    # liblzma wants them in the order of packing.
    chain = [_filter(coder, folder.unpacked_size) for coder in reversed(folder.coders)]
    return lzma.LZMAFile(packed, format=lzma.FORMAT_RAW, filters=chain)


def _filter(coder: Coder, size: int) -> dict[str, int]:
    if coder.method == _X86:
        return {"id": lzma.FILTER_X86}
    if coder.method == _DELTA:
        [distance] = coder.properties
        return {"id": lzma.FILTER_DELTA, "dist": distance + 1}
    if coder.method == _LZMA:
        bits, dictionary = struct.unpack("<BI", coder.properties)
        kind = {"id": lzma.FILTER_LZMA1, "lc": bits % 9, "lp": bits // 9 % 5, "pb": bits // 45}
    else:
        [code] = coder.properties
        dictionary = (2 | code & 1) << (min(code, _LARGEST_LZMA2_CODE) // 2 + 11)
        kind = {"id": lzma.FILTER_LZMA2}
    # One that is larger than what comes out only takes memory.
    return {**kind, "dict_size": max(min(dictionary, size), _SMALLEST_DICTIONARY)}
