"""Searching everything that this installation keeps for what must not be readable in it."""

import secrets
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path

from django.db import connection

from tryggve.domains.customers import readable_files
from tryggve.domains.customers.engine.readable.sought import Sought
from tryggve.domains.customers.engine.readable.spellings import spellings, spellings_of_bytes
from tryggve.domains.customers.selectors import planted
from tryggve.lib.folders import Folders
from tryggve.vault import keyfile, secretfile, servicefile
from tryggve.vault.locked import Locked

_TRIAL = "search-trial"
_ROWS_AT_ONCE = 200


@dataclass(slots=True)
class Findings:
    """What was searched and what could be read: codes of the things sought."""

    files: int = 0
    size_bytes: int = 0
    readable: set[str] = field(default_factory=set)


def search(folders: Folders, *, words: Mapping[str, str], addresses: frozenset[bytes]) -> Findings:
    """Look for words by their codes and for addresses in everything, for the keys in what they open.

    ``key`` and ``address`` are the codes of those. Raises OSError for a file that is kept closed, and LinkedFolder.
    """
    found = Findings()
    everywhere = Sought({code: spellings(word) for code, word in words.items()}, addresses)
    beside = Sought({**everywhere.forms, "key": _key_forms(folders)}, addresses)
    of_data, of_keys = places(folders)
    data = {*_files_of(of_data, folders), *readable_files.database_files()}
    own = {folders.key_file.resolve(), folders.service_key_file.resolve()}
    _search_files(sorted(data - own), beside, found)
    _search_files(_files_of(of_keys, folders), everywhere, found)
    if connection.vendor != "sqlite":
        _search_rows(beside, found)
    return found


def places(folders: Folders) -> tuple[Sequence[Path], Sequence[Path]]:
    """Where the data lie, each of whose folders may be a link to another disk, and where the keys."""
    data = (folders.data, folders.files, folders.audit, folders.logs, folders.run)
    return readable_files.outermost(data), readable_files.outermost([folders.config])


def _files_of(some: Sequence[Path], folders: Folders) -> Iterator[Path]:
    of_data, of_keys = places(folders)
    for folder in some:
        yield from readable_files.files_below(folder, searched=[*of_data, *of_keys])


@contextmanager
def trial(folders: Folders) -> Iterator[Mapping[str, str]]:
    """Words by their codes that lie open in files of their own: a search that doesn't find them there finds nothing."""
    laid = {f"{_TRIAL} {place.name}": (place / _TRIAL, new_word()) for place in (folders.run, folders.files)}
    try:
        for place, word in laid.values():
            place.parent.mkdir(mode=0o700, exist_ok=True)
            place.write_text(word, encoding="utf-16-le")
        yield {code: word for code, (_place, word) in laid.items()}
    finally:
        for place, _word in laid.values():
            place.unlink(missing_ok=True)


def new_word() -> str:
    """A word that nobody ever wrote, with a letter that programs escape."""
    return f"Kvå{secrets.token_hex(10)}"


def _key_forms(folders: Folders) -> frozenset[bytes]:
    """Of the keys that lie in files; a register that is opened by something else has one of the two."""
    forms: frozenset[bytes] = frozenset()
    for path, form in ((folders.key_file, keyfile.FORM), (folders.service_key_file, servicefile.FORM)):
        with suppress(Locked):
            forms |= spellings_of_bytes(secretfile.read(path, form, is_guarded=True).secret)
    return forms


def _search_files(paths: Iterable[Path], sought: Sought, found: Findings) -> None:
    for path in paths:
        found.files += 1
        for piece in readable_files.pieces(path, overlap=sought.overlap_bytes):
            found.size_bytes += len(piece)
            found.readable.update(sought.found_in(piece))
        found.readable.update(sought.found_in(path.name.encode("utf-8", "surrogateescape")))


def _search_rows(sought: Sought, found: Findings) -> None:
    some: list[bytes] = []
    for row in planted.tables_as_bytes():
        some.append(row)
        found.size_bytes += len(row)
        if len(some) >= _ROWS_AT_ONCE:
            found.readable.update(sought.found_in(b"\n".join(some)))
            some.clear()
    found.readable.update(sought.found_in(b"\n".join(some)))
