"""Archives: files in files, and the places of what is in them."""

import gzip
import io
import lzma
import struct
import tarfile
import zipfile
import zlib
from collections.abc import Mapping, Sequence

from bench.mess.values import Made, Planted

_TIME = (2026, 3, 2, 8, 0, 0)
_ENCRYPTED_FLAG = 0x1
_LZMA2, _AES = b"\x21", b"\x06\xf1\x07\x01"
_DICTIONARY, _DICTIONARY_AS_PROPERTY = 1 << 20, b"\x10"


def zipped(files: Mapping[str, bytes], *, stored: Sequence[str] = ()) -> bytes:
    """ZIP, always with the same times."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in files.items():
            entry = zipfile.ZipInfo(name, _TIME)
            entry.compress_type = zipfile.ZIP_STORED if name in stored else zipfile.ZIP_DEFLATED
            entry.external_attr = 0o644 << 16
            archive.writestr(entry, content)
    return out.getvalue()


def gzipped(content: bytes) -> bytes:
    return gzip.compress(content, mtime=0)


def tarred(files: Mapping[str, bytes]) -> bytes:
    out = io.BytesIO()
    with tarfile.open(fileobj=out, mode="w", format=tarfile.PAX_FORMAT) as archive:
        for name, content in files.items():
            entry = tarfile.TarInfo(name)
            entry.size, entry.mtime = len(content), 1_772_438_400
            archive.addfile(entry, io.BytesIO(content))
    return out.getvalue()


def seven_zipped(files: Mapping[str, bytes]) -> bytes:
    """7z of one solid block in LZMA2."""
    filters = [{"id": lzma.FILTER_LZMA2, "dict_size": _DICTIONARY}]
    packed = lzma.compress(b"".join(files.values()), lzma.FORMAT_RAW, filters=filters)
    return _seven_zip(files, packed, _coder(_LZMA2, _DICTIONARY_AS_PROPERTY))


def encrypted_seven_zip(name: str, noise: bytes) -> bytes:
    """As one that nobody has the password of: what is packed is noise, of a whole number of blocks."""
    properties = b"\x53\x0f" + noise[:16]
    return _seven_zip({name: noise}, noise, _coder(_AES, properties))


def encrypted_zip(name: str, noise: bytes) -> bytes:
    """Marked as encrypted; what is packed is noise."""
    content = bytearray(zipped({name: noise}, stored=[name]))
    for signature, at in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        content[content.index(signature) + at] |= _ENCRYPTED_FLAG
    return bytes(content)


def inside(files: Mapping[str, Made]) -> list[Planted]:
    """What stands in the files, told from outside the archive."""
    return [
        planted.inside(name) for name, (_content, all_planted) in files.items() for planted in all_planted
    ]


def contents(files: Mapping[str, Made]) -> dict[str, bytes]:
    return {name: content for name, (content, _planted) in files.items()}


def _seven_zip(files: Mapping[str, bytes], packed: bytes, coder: bytes) -> bytes:
    """By 7zFormat.txt of the LZMA SDK: a start header, the block, and a header that tells of both."""
    sizes = [len(content) for content in files.values()]
    names = b"".join(name.encode("utf-16-le") + b"\0\0" for name in files)
    checks = b"".join(struct.pack("<I", zlib.crc32(content)) for content in files.values())
    pack_info = b"\x06" + _number(0) + _number(1) + b"\x09" + _number(len(packed)) + b"\x00"
    folders = b"\x07\x0b" + _number(1) + b"\x00" + coder + b"\x0c" + _number(sum(sizes)) + b"\x00"
    each = (
        b"\x0d" + _number(len(sizes)) + (b"\x09" + b"".join(map(_number, sizes[:-1])) if sizes[1:] else b"")
    )
    streams = b"\x08" + each + b"\x0a\x01" + checks + b"\x00"
    told = b"\x05" + _number(len(files)) + b"\x11" + _number(len(names) + 1) + b"\x00" + names + b"\x00"
    header = b"\x01\x04" + pack_info + folders + streams + b"\x00" + told + b"\x00"
    start = struct.pack("<QQI", len(packed), len(header), zlib.crc32(header))
    return b"7z\xbc\xaf\x27\x1c\x00\x04" + struct.pack("<I", zlib.crc32(start)) + start + packed + header


def _coder(method: bytes, properties: bytes) -> bytes:
    return b"\x01" + bytes([len(method) | 0x20]) + method + _number(len(properties)) + properties


def _number(value: int) -> bytes:
    """The first byte's leading ones tell how many bytes follow."""
    for more in range(8):
        if value < 1 << (7 * (more + 1)):
            first = (0xFF << (8 - more) & 0xFF) | value >> (8 * more)
            return bytes([first]) + (value & ((1 << (8 * more)) - 1)).to_bytes(more, "little")
    return b"\xff" + value.to_bytes(8, "little")
