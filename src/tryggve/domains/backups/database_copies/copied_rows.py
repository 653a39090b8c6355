"""One row of a table in a copy of the database, read without a server: whatever version of the program took it."""

import os
import shutil
import sqlite3
import subprocess
from collections.abc import Iterable
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final
from uuid import UUID

from tryggve.domains.backups.restic.running import die_with_parent

SQLITE: Final = "tryggve.sqlite3"
POSTGRESQL: Final = "database.pgdump"
_PASSED: Final = ("PATH", "HOME", "LANG", "LC_ALL")
_BYTES: Final = b"\\\\x"


class CopyUnreadable(Exception):
    """It isn't a copy of that kind, or is damaged, or has no such table."""


class NoRestoreProgram(Exception):
    """There is no pg_restore on this computer."""


@dataclass(frozen=True, slots=True)
class Asked:
    """A table and its columns, all of them names of the program's own: of the id, of a number and of bytes."""

    table: str
    id: str
    number: str
    content: str


Found = tuple[int, bytes]


def row(copy: Path, asked: Asked, *, id: UUID) -> Found | None:
    """Number and bytes of the row with that id; None where there is none. Raises CopyUnreadable, NoRestoreProgram."""
    try:
        return _in_dump(copy, asked, id) if copy.name == POSTGRESQL else _in_sqlite(copy, asked, id)
    except (sqlite3.Error, OSError, ValueError, TypeError, KeyError):
        raise CopyUnreadable from None


def _in_sqlite(copy: Path, asked: Asked, id: UUID) -> Found | None:
    question = f'SELECT "{asked.number}", "{asked.content}" FROM "{asked.table}" WHERE "{asked.id}" = ?'  # noqa: S608 - names of the program's own
    # Nobody writes in a copy: no log is looked for beside it, and none is made.
    with closing(sqlite3.connect(f"{copy.absolute().as_uri()}?mode=ro&immutable=1", uri=True)) as connection:
        found: tuple[Any, Any] | None = connection.execute(question, [id.hex]).fetchone()
    return None if found is None else (int(found[0]), bytes(found[1]))


def _in_dump(copy: Path, asked: Asked, id: UUID) -> Found | None:
    program = shutil.which("pg_restore")
    if program is None:
        raise NoRestoreProgram
    with subprocess.Popen(  # noqa: S603 - found on PATH
        [program, "--data-only", f"--table={asked.table}", "--file=-", str(copy)],
        env={name: os.environ[name] for name in _PASSED if name in os.environ},
        stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, preexec_fn=die_with_parent,
    ) as child:  # fmt: skip
        is_there, found = _among(child.stdout or (), asked, str(id).encode())
    if child.returncode != 0 or not is_there:
        raise CopyUnreadable
    return found


def _among(lines: Iterable[bytes], asked: Asked, id: bytes) -> tuple[bool, Found | None]:
    """Whether the table's data are among the lines, ``COPY public.table (…) FROM stdin;`` and on, and the row.

    All lines are read, so that the program that writes them comes to its end.
    """
    names: list[str] = []
    found: Found | None = None
    for line in lines:
        if not names:
            names = _names(line, asked.table)
        elif id in line:
            parts = dict(zip(names, line.rstrip(b"\n").split(b"\t"), strict=False))
            if parts.get(asked.id) == id:
                found = int(parts[asked.number]), _content(parts[asked.content])
    return bool(names), found


def _names(line: bytes, table: str) -> list[str]:
    head, _bracket, rest = line.decode(errors="replace").partition(" (")
    if not rest or head not in (f"COPY public.{table}", f"COPY {table}"):
        return []
    return [name.strip().strip('"') for name in rest.partition(")")[0].split(",")]


def _content(written: bytes) -> bytes:
    """PostgreSQL's hexadecimal form of bytes, as a line of COPY has it (PostgreSQL 15, §8.4.1, COPY)."""
    if not written.startswith(_BYTES):
        raise ValueError
    return bytes.fromhex(written.removeprefix(_BYTES).decode())
