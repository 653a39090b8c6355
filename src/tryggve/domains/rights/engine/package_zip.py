"""A package as a ZIP file, written as it is read: nothing of it lies readable anywhere on the way."""

import hashlib
import io
import json
import re
import unicodedata
import zipfile
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime

from tryggve.lib.outlet import Outlet

MANIFEST = "manifest.json"
_PIECE_BYTES = 256 * 1024
_LONGEST_NAME = 200  # in octets: file systems take 255, and some tell a little more after a name
_LONGEST_ENDING = 8
# What Windows, macOS or Linux take for something else than a name (and all of Unicode's controls, below).
_NOT_IN_NAMES = re.compile(r'[<>:"/\\|?*]')
_BEGINNINGS = ". "


@dataclass(frozen=True)
class Entry:
    """One file of the package: its name within, and what gives its bytes."""

    name: str
    pieces: Callable[[], Iterable[bytes]]


def of_bytes(name: str, content: bytes) -> Entry:
    """A file that is in memory already."""
    return Entry(name, lambda: [content])


def document_name(number: int, name: str) -> str:
    """Where a document lies in the package: numbered, so that no two are one, and never outside its folder."""
    plain = unicodedata.normalize("NFC", name)
    shown = "".join("_" if unicodedata.category(letter).startswith("C") else letter for letter in plain)
    clean = _NOT_IN_NAMES.sub("_", shown).strip(_BEGINNINGS)
    stem, dot, ending = clean.rpartition(".")
    short = f"{_cut(stem)}.{ending}" if dot and len(ending) <= _LONGEST_ENDING else _cut(clean)
    return f"documents/{number:03}-{short or 'file'}"


def _cut(name: str) -> str:
    """As much of it as any disk takes, in whole letters."""
    return name.encode()[:_LONGEST_NAME].decode(errors="ignore")


def pieces(
    entries: Iterable[Entry],
    *,
    facts: Mapping[str, object],
    made_at: datetime,
    on_written: Callable[[int], None] = lambda count: None,
) -> Iterator[bytes]:
    """The ZIP in pieces; last in it the manifest: ``facts``, and each file with its size and SHA-256.

    The same entries give the same bytes. ``on_written`` is told how many files are in it, each time. Raises what an
    entry raises; what came before isn't a whole file then.
    """
    outlet, told = Outlet(), []
    with zipfile.ZipFile(outlet, "w", zipfile.ZIP_DEFLATED) as package:
        for count, entry in enumerate(entries, start=1):
            digest, size = hashlib.sha256(), 0
            with package.open(_info(entry.name, made_at), "w") as file:
                for piece in entry.pieces():
                    digest.update(piece)
                    size += len(piece)
                    file.write(piece)
                    if len(outlet) > _PIECE_BYTES:
                        yield outlet.taken()
            told.append({"name": entry.name, "size_bytes": size, "sha256": digest.hexdigest()})
            on_written(count)
        manifest = json.dumps({**facts, "files": told}, ensure_ascii=False, indent=2) + "\n"
        package.writestr(_info(MANIFEST, made_at), manifest)
    yield outlet.taken()


def as_file(written: Iterator[bytes]) -> io.BufferedReader:
    """The pieces as a file to read from."""
    return io.BufferedReader(_Intake(written))


def _info(name: str, made_at: datetime) -> zipfile.ZipInfo:
    info = zipfile.ZipInfo(name, date_time=made_at.timetuple()[:6])
    info.compress_type = zipfile.ZIP_DEFLATED
    info.external_attr = 0o600 << 16
    return info


class _Intake(io.RawIOBase):
    """Pieces, read as from a file."""

    def __init__(self, written: Iterator[bytes]) -> None:
        self._written = written
        self._rest = memoryview(b"")

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: object) -> int:
        room = memoryview(buffer)  # type: ignore[arg-type]  # what BufferedReader gives
        while not self._rest:
            piece = next(self._written, None)
            if piece is None:
                return 0
            self._rest = memoryview(piece)
        count = min(len(room), len(self._rest))
        room[:count] = self._rest[:count]
        self._rest = self._rest[count:]
        return count
