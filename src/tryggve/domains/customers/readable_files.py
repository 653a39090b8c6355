"""The bytes of the firm's files as they lie on the disk, a piece at a time, also of those that were packed."""

import gzip
import os
import stat
import zipfile
import zlib
from collections.abc import Collection, Iterable, Iterator, Sequence
from pathlib import Path
from typing import Any, Protocol

from django.db import connection

PIECE_BYTES = 4 * 1024 * 1024
# Of a packed file no more is unpacked: a small one may hold what never ends.
_MOST_UNPACKED_BYTES = 256 * 1024 * 1024
_BESIDE_A_DATABASE = ("", "-wal", "-journal", "-shm")
_GZIP, _ZIP = b"\x1f\x8b", b"PK\x03\x04"
_BROKEN = (OSError, EOFError, zlib.error, zipfile.BadZipFile, NotImplementedError, RuntimeError)


class _Readable(Protocol):
    def read(self, size: int, /) -> bytes: ...


class LinkedFolder(Exception):
    """It leads to where nothing is searched."""


def outermost(folders: Iterable[Path]) -> Sequence[Path]:
    """Where these folders lie, also where one of them is a link; those within another are part of it."""
    real = {folder.resolve() for folder in folders}
    return sorted(one for one in real if not real.intersection(one.parents))


def files_below(folder: Path, *, searched: Collection[Path]) -> Iterator[Path]:
    """Every ordinary file, folders that are links not followed.

    Raises OSError for a folder that can't be listed, LinkedFolder for one that leads out of all that is ``searched``.
    """

    def refuse(error: OSError) -> None:
        if not isinstance(error, FileNotFoundError):
            raise error

    for place, folders, names in os.walk(folder, onerror=refuse):
        if any(_leads_out(Path(place, name), searched) for name in folders):
            raise LinkedFolder
        yield from (path for name in names if _is_ordinary(path := Path(place, name)))


def _leads_out(folder: Path, searched: Collection[Path]) -> bool:
    return folder.is_symlink() and not any(folder.resolve().is_relative_to(one) for one in searched)


def database_files() -> list[Path]:
    """What SQLite wrote, also what isn't in its main file yet; none where a server keeps the database."""
    if connection.vendor != "sqlite":
        return []
    name = str(Path(connection.settings_dict["NAME"]).resolve())
    return [path for ending in _BESIDE_A_DATABASE if (path := Path(name + ending)).is_file()]


def pieces(path: Path, *, overlap: int) -> Iterator[bytes]:
    """The file, then what is packed in it. A file that goes meanwhile is none. Raises OSError for one kept closed."""
    try:
        with path.open("rb") as file:
            start = file.read(len(_ZIP))
            file.seek(0)
            yield from _read(file, overlap)
    except FileNotFoundError:
        return
    try:
        yield from _unpacked(path, start, overlap)
    except _BROKEN:  # it only began as one that is packed, and was read as it lies there
        return


def _unpacked(path: Path, start: bytes, overlap: int) -> Iterator[bytes]:
    if start.startswith(_GZIP):
        with gzip.open(path) as file:
            yield from _read(file, overlap, most=_MOST_UNPACKED_BYTES)
    elif start == _ZIP:
        with zipfile.ZipFile(path) as archive:
            for member in archive.infolist():
                with archive.open(member) as file:
                    yield from _read(file, overlap, most=_MOST_UNPACKED_BYTES)


def _read(file: _Readable, overlap: int, *, most: int | None = None) -> Iterator[bytes]:
    end, taken = b"", 0
    while (piece := file.read(PIECE_BYTES)) and (most is None or taken < most):
        taken += len(piece)
        yield end + piece
        end = (end + piece)[-overlap:]


def _is_ordinary(path: Path) -> bool:
    try:
        return stat.S_ISREG(path.stat().st_mode)
    except FileNotFoundError:
        return False


def row_bytes(values: Iterable[Any]) -> bytes:
    """One row of a table as bytes: what a database says of it, since its server's files can't be read."""
    return b"\x00".join(_as_bytes(value) for value in values if value is not None)


def _as_bytes(value: Any) -> bytes:
    if isinstance(value, bytes | bytearray | memoryview):
        return bytes(value)
    return str(value).encode("utf-8", "replace")
