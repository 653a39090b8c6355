"""Zip files, and what gzip, bzip2 and xz have packed: one file, or a tar."""

import bz2
import codecs
import gzip
import io
import lzma
import stat
import zipfile
from collections.abc import Callable, Iterator, Mapping
from typing import BinaryIO, Final, cast

from tryggve.domains.datamap.engine.findings import NotScanned
from tryggve.domains.datamap.engine.reading import tar
from tryggve.domains.datamap.engine.reading.parts import (
    HeldBytes,
    Limits,
    Member,
    NotRead,
    Read,
    Reason,
    Source,
)
from tryggve.domains.datamap.engine.reading.streams import BROKEN, Forward, Lying, Unpacking

_Opener = Callable[[BinaryIO], io.BufferedIOBase]
_CHUNK: Final = 1 << 20
_IS_ENCRYPTED: Final = 1
_UNIX_MODE_SHIFT: Final = 16
_NAMES_OF_TAR: Final[Mapping[str, str]] = {".tgz": ".tar", ".tbz": ".tar", ".tbz2": ".tar", ".txz": ".tar"}
_SUFFIXES: Final = (".gz", ".bz2", ".xz")


def read_tar(source: Source, name: str, limits: Limits) -> Iterator[Read]:
    """See ``tar.members``."""
    yield from tar.members(Lying(source))


def read_gzip(source: Source, name: str, limits: Limits) -> Iterator[Read]:
    yield from _unpacked(source, name, limits, _gunzipping)


def read_bzip2(source: Source, name: str, limits: Limits) -> Iterator[Read]:
    yield from _unpacked(source, name, limits, bz2.BZ2File)


def read_xz(source: Source, name: str, limits: Limits) -> Iterator[Read]:
    yield from _unpacked(source, name, limits, lzma.LZMAFile)


def read_zip(source: Source, name: str, limits: Limits) -> Iterator[Read]:
    """Names are told, never used: nothing is written anywhere."""
    with source.opened() as file, zipfile.ZipFile(file) as packed:
        for entry in packed.infolist():
            # It may claim more than there is.
            entry.compress_size = min(entry.compress_size, source.size)
            if not entry.is_dir():
                yield from _zip_member(packed, entry, limits)


def rehearse() -> None:
    """Load what is loaded when the first name in a zip is decoded."""
    codecs.lookup("cp437")


def _zip_member(packed: zipfile.ZipFile, entry: zipfile.ZipInfo, limits: Limits) -> Iterator[Read]:
    reason = _why_not(entry, limits)
    if reason:
        yield NotScanned((entry.filename,), reason)
        return
    try:
        unpacked = packed.open(entry)
    except NotImplementedError:
        yield NotScanned((entry.filename,), Reason.NO_READER)
    except BROKEN:
        yield NotScanned((entry.filename,), Reason.DAMAGED)
    else:
        with unpacked:
            stream = Unpacking(cast(io.BufferedIOBase, unpacked).read1, entry.compress_size, limits)
            yield from stream.member(entry.filename, entry.file_size)


def _why_not(entry: zipfile.ZipInfo, limits: Limits) -> Reason | None:
    if entry.flag_bits & _IS_ENCRYPTED:
        return Reason.ENCRYPTED
    mode = entry.external_attr >> _UNIX_MODE_SHIFT
    if stat.S_IFMT(mode) and not stat.S_ISREG(mode):
        return Reason.NOT_A_FILE
    is_bomb = entry.file_size > max(limits.ratio * entry.compress_size, limits.ratio_from_bytes)
    return Reason.TOO_LARGE if is_bomb else None


def _unpacked(source: Source, name: str, limits: Limits, opener: _Opener) -> Iterator[Read]:
    with source.opened() as file:
        stream = Unpacking(opener(file).read1, source.size, limits)
        inner = _inner_name(name)
        if tar.begins(stream.peek(tar.BLOCK), inner):
            yield from tar.members(stream)
            if not stream.is_whole:
                raise NotRead(Reason.DAMAGED)
            return
        content = stream.read(limits.held_bytes + 1)
    if len(content) > limits.held_bytes:
        del content
        yield from _large(source, inner, limits, opener)
    else:
        yield Member(inner, HeldBytes(content))
        if not stream.is_whole:
            yield NotScanned((inner,), Reason.DAMAGED)


def _large(source: Source, name: str, limits: Limits, opener: _Opener) -> Iterator[Read]:
    """How long it is must be known before it is read, so it is unpacked twice."""
    with source.opened() as file:
        counted = Unpacking(opener(file).read1, source.size, limits)
        size = 0
        while passed := len(counted.read(_CHUNK)):
            size += passed
    with source.opened() as file:
        yield Member(name, Forward(Unpacking(opener(file).read1, source.size, limits).read, size))
    if not counted.is_whole:
        yield NotScanned((name,), Reason.DAMAGED)


def _gunzipping(file: BinaryIO) -> io.BufferedIOBase:
    return gzip.GzipFile(fileobj=file)


def _inner_name(name: str) -> str:
    lower = name.lower()
    for suffix, inner in _NAMES_OF_TAR.items():
        if lower.endswith(suffix):
            return name[: -len(suffix)] + inner
    return next((name[: -len(suffix)] for suffix in _SUFFIXES if lower.endswith(suffix)), name)
