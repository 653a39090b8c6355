"""Which values stand in which files, and which of them are customers': tags in a file of their own, which no backup
holds and a scan makes anew."""

import sqlite3
from collections.abc import Collection, Iterable, Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Final
from uuid import UUID

from tryggve.lib import folders

_NAME: Final = "datamap.sqlite3"
_PATIENCE_SECONDS: Final = 30.0
# Result codes of SQLite: their lowest octet says what, the rest why.
_DAMAGED: Final = frozenset({sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB})
_PRIMARY: Final = 0xFF
# Whose a value is stands there sealed.
_SCHEMA: Final = """
CREATE TABLE IF NOT EXISTS value (tag BLOB, file BLOB, PRIMARY KEY (tag, file)) WITHOUT ROWID;
CREATE INDEX IF NOT EXISTS value_of_file ON value (file);
CREATE TABLE IF NOT EXISTS tie (tag BLOB, customer_sealed BLOB);
CREATE INDEX IF NOT EXISTS tie_of_value ON tie (tag);
CREATE TABLE IF NOT EXISTS compared (register TEXT);
CREATE TABLE IF NOT EXISTS made (id TEXT);
INSERT INTO made SELECT lower(hex(randomblob(16))) WHERE NOT EXISTS (SELECT 1 FROM made);
"""
# The file change counter of SQLite's header (https://sqlite.org/fileformat.html, 1.3.7): another with each transaction.
_CHANGE_AT: Final = 24
_CHANGE_BYTES: Final = 4


def path() -> Path:
    return folders.current().index / _NAME


def change() -> bytes:
    """Something else each time that anything was written; nothing while there is no such file."""
    try:
        with path().open("rb") as header:
            header.seek(_CHANGE_AT)
            return header.read(_CHANGE_BYTES)
    except FileNotFoundError:
        return b""


def put(some: Iterable[tuple[UUID, Collection[bytes]]]) -> None:
    """The tags of files, in place of what stood there of them; all or nothing."""
    with _connected() as connection, connection:
        for file, tags in some:
            connection.execute("DELETE FROM value WHERE file = ?", (file.bytes,))
            rows = ((tag, file.bytes) for tag in set(tags))
            connection.executemany("INSERT INTO value VALUES (?, ?)", rows)
            if tags:
                connection.execute("DELETE FROM compared")


def forget(files: Iterable[UUID]) -> None:
    put((file, ()) for file in files)


def files_with(tags: Collection[bytes]) -> dict[UUID, set[bytes]]:
    """The files in which any of them stands, and which do."""
    found: dict[UUID, set[bytes]] = {}
    with _connected() as connection:
        for tag in set(tags):
            for (file,) in connection.execute("SELECT file FROM value WHERE tag = ?", (tag,)):
                found.setdefault(UUID(bytes=file), set()).add(tag)
    return found


def tags_by_file() -> Iterator[tuple[UUID, bytes]]:
    """Everything, file by file."""
    with _connected() as connection:
        for file, tag in connection.execute("SELECT file, tag FROM value ORDER BY file"):
            yield UUID(bytes=file), tag


def tags() -> set[bytes]:
    """Every value that stands in any file."""
    with _connected() as connection:
        return {tag for (tag,) in connection.execute("SELECT DISTINCT tag FROM value")}


def put_ties(ties: Iterable[tuple[bytes, bytes]], *, register: str) -> None:
    """Which values are customers', in place of what stood there; ``register`` says as of when. All or nothing."""
    with _connected() as connection, connection:
        connection.execute("DELETE FROM tie")
        connection.executemany("INSERT INTO tie VALUES (?, ?)", ties)
        connection.execute("DELETE FROM compared")
        connection.execute("INSERT INTO compared VALUES (?)", (register,))


def tied_tags() -> set[bytes] | None:
    """Those of the values that are customers'; None while some weren't compared with the register."""
    with _connected() as connection:
        if _compared(connection) is None:
            return None
        return {tag for (tag,) in connection.execute("SELECT DISTINCT tag FROM tie")}


def ties_in(file: UUID) -> list[tuple[bytes, bytes]]:
    """Values of the file that are customers', and the customers, sealed."""
    question = "SELECT tie.tag, customer_sealed FROM value JOIN tie USING (tag) WHERE file = ?"
    with _connected() as connection:
        return list(connection.execute(question, (file.bytes,)))


def compared_with() -> str | None:
    """As of when all values were compared with the register; None when some weren't since they were found."""
    with _connected() as connection:
        return _compared(connection)


def identity() -> str:
    """Of this index: one that was lost and made anew has another one. 32 hexadecimal digits."""
    with _connected() as connection:
        return str(connection.execute("SELECT id FROM made").fetchone()[0])


def keep_only(files: Collection[UUID]) -> None:
    """Nothing of others stays: their rows were never written, or are gone."""
    there = {file.bytes for file in files}
    with _connected() as connection, connection:
        known = [row for row in connection.execute("SELECT DISTINCT file FROM value") if row[0] not in there]
        connection.executemany("DELETE FROM value WHERE file = ?", known)
        if known:
            connection.execute("DELETE FROM compared")


def is_there() -> bool:
    return path().exists()


def _compared(connection: sqlite3.Connection) -> str | None:
    row = connection.execute("SELECT register FROM compared").fetchone()
    return str(row[0]) if row else None


@contextmanager
def _connected() -> Iterator[sqlite3.Connection]:
    """What is damaged is thrown away, and made anew by the scans that follow."""
    path().parent.mkdir(mode=0o700, exist_ok=True)
    try:
        with closing(_opened()) as connection:
            yield connection
    except sqlite3.DatabaseError as error:
        if _is_damage(error):
            path().unlink(missing_ok=True)
        raise


def _is_damage(error: sqlite3.DatabaseError) -> bool:
    """What the module itself refuses has no code."""
    return getattr(error, "sqlite_errorcode", 0) & _PRIMARY in _DAMAGED


def _opened() -> sqlite3.Connection:
    try:
        return _begun()
    except sqlite3.DatabaseError as error:
        if not _is_damage(error):
            raise
        path().unlink(missing_ok=True)
        return _begun()


def _begun() -> sqlite3.Connection:
    connection = sqlite3.connect(path(), timeout=_PATIENCE_SECONDS)
    try:
        connection.executescript(f"PRAGMA journal_mode=DELETE; PRAGMA secure_delete=ON; {_SCHEMA}")
    except sqlite3.DatabaseError:
        connection.close()
        raise
    return connection
