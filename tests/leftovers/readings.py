"""Bytes as they lie there, and unpacked wherever something packed begins in them."""

import base64
import binascii
import bz2
import lzma
import re
import struct
import zlib
from collections.abc import Callable, Iterator
from pathlib import Path

from tests.leftovers.spellings import Needles

_LARGEST = 64 * 1024 * 1024
# Every place where a stream of that kind may begin; most such places in ciphertext are chance, and unpack to nothing.
_ZLIB = re.compile(rb"\x78[\x01\x5e\x9c\xda]")
_ZIP_MEMBER = re.compile(rb"PK\x03\x04.{26}", re.DOTALL)
_GZIP = re.compile(rb"\x1f\x8b\x08")
_BZIP2 = re.compile(rb"BZh[1-9]1AY&SY")
_XZ = re.compile(rb"\xfd7zXZ\x00")
# How zlib's first two bytes look in base64: signed sessions and cookies are written so.
_ZLIB_IN_BASE64 = re.compile(rb"e(?:AE|F4|J[w-z]|N[o-r])[A-Za-z0-9_+/-]{8,}")


def readable_in(folder: Path, needles: Needles) -> dict[str, list[str]]:
    """Every file below the folder in which one of the words can be read, and those words."""
    files = sorted(path for path in folder.rglob("*") if path.is_file())
    found = {str(file.relative_to(folder)): words_in(_content(file), needles) for file in files}
    return {name: words for name, words in found.items() if words}


def words_in(raw: bytes, needles: Needles) -> list[str]:
    """The words that can be read in the bytes."""
    return sorted({word for content in readings(raw) for word in needles.found_in(content)})


def _content(file: Path) -> bytes:
    """With its name; a file that goes meanwhile leaves only that."""
    try:
        return file.name.encode() + b"\n" + file.read_bytes()
    except FileNotFoundError:
        return file.name.encode()


def readings(raw: bytes) -> Iterator[bytes]:
    """The bytes, and what is packed in them."""
    yield raw
    for beginning, unpack in _KINDS:
        for place in beginning.finditer(raw):
            if unpacked := unpack(raw, place):
                yield unpacked


def _from_zip(raw: bytes, place: re.Match[bytes]) -> bytes:
    """The name and content of one member, also of an archive that something else stands around."""
    name_length, extra_length = struct.unpack("<HH", place[0][-4:])
    begin = place.end() + name_length + extra_length
    try:
        content = zlib.decompressobj(wbits=-15).decompress(raw[begin:], _LARGEST)
    except zlib.error:  # it isn't compressed, and read as it lies there
        content = b""
    return raw[place.end() : place.end() + name_length] + b"\n" + content


def _inflated(raw: bytes, place: re.Match[bytes]) -> bytes:
    try:
        return zlib.decompressobj(wbits=47).decompress(raw[place.start() :], _LARGEST)
    except zlib.error:
        return b""


def _inflated_from_base64(raw: bytes, place: re.Match[bytes]) -> bytes:
    letters = place[0].replace(b"-", b"+").replace(b"_", b"/")
    letters = (
        letters[: len(letters) // 4 * 4] if len(letters) % 4 == 1 else letters + b"=" * (-len(letters) % 4)
    )
    try:
        return zlib.decompressobj().decompress(base64.b64decode(letters), _LARGEST)
    except (binascii.Error, zlib.error):
        return b""


def _from_bzip2(raw: bytes, place: re.Match[bytes]) -> bytes:
    try:
        return bz2.BZ2Decompressor().decompress(raw[place.start() :], _LARGEST)
    except (OSError, EOFError):
        return b""


def _from_xz(raw: bytes, place: re.Match[bytes]) -> bytes:
    try:
        return lzma.LZMADecompressor().decompress(raw[place.start() :], _LARGEST)
    except (lzma.LZMAError, EOFError):
        return b""


_KINDS: list[tuple[re.Pattern[bytes], Callable[[bytes, re.Match[bytes]], bytes]]] = [
    (_ZLIB, _inflated),
    (_ZIP_MEMBER, _from_zip),
    (_GZIP, _inflated),
    (_ZLIB_IN_BASE64, _inflated_from_base64),
    (_BZIP2, _from_bzip2),
    (_XZ, _from_xz),
]
