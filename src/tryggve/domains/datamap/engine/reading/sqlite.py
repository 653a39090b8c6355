"""SQLite databases: each table row by row. The file is held in memory, and no code of its schema is run.

Only stored columns of stored tables are read. What views, generated columns and virtual tables show is stored in
others of the same file (of a full-text search in its shadow tables); a write-ahead log is a file of its own.
"""

import sqlite3
from collections.abc import Iterator, Sequence
from contextlib import closing
from typing import Final

from tryggve.domains.datamap.engine.findings import NotScanned
from tryggve.domains.datamap.engine.reading.deceptive_letters import resolved
from tryggve.domains.datamap.engine.reading.formats import format_of
from tryggve.domains.datamap.engine.reading.parts import (
    HeldBytes,
    Limits,
    Member,
    NotRead,
    Part,
    Read,
    Reason,
    Source,
    whole,
)
from tryggve.domains.datamap.engine.reading.places import InLines

_ROWS_A_PART: Final = 4096
_BYTES_A_PART: Final = 1 << 20
_MOST_VALUE_BYTES: Final = 16 << 20
# Reading a row takes some instructions of SQLite's machine for each byte of it; a file made to loop takes more.
_INSTRUCTIONS_A_BYTE: Final = 64
_INSTRUCTIONS_ANYWAY: Final = 10_000_000
_COUNTED_BY: Final = 100_000
# Bytes 18 and 19 of the file: 2 if changes go to a log of their own, which a database in memory can't have.
_JOURNAL_MODE: Final = slice(18, 20)
_WITHOUT_LOG: Final = b"\1\1"
# Letters that no value has, while the ends of lines in values become spaces.
_CELL_END: Final = "\x1f"
_ROW_END: Final = "\x1e"
_BREAKS: Final = str.maketrans(
    {**dict.fromkeys("\t\r\n\v\f\x1c\x1d\x85\u2028\u2029", " "), _CELL_END: "\t", _ROW_END: "\n"}
)
# What is shorter is a number, a key or a checksum.
_SMALLEST_FILE: Final = 64
_ALLOWED: Final = (sqlite3.SQLITE_SELECT, sqlite3.SQLITE_READ)
# Virtual tables have no root page.
_TABLES: Final = (
    "SELECT name FROM sqlite_master WHERE type = 'table' AND rootpage > 0 AND name NOT GLOB 'sqlite_*'"
)
_SAFE: Final = ("trusted_schema = OFF", "query_only = ON", "cell_size_check = ON", "temp_store = MEMORY")
# What table_xinfo says in its last column of one that is stored as it is.
_STORED: Final = 0

_Cell = str | int | float | bytes | None


def read(source: Source, name: str, limits: Limits) -> Iterator[Read]:
    """Raises NotRead (too-large), and sqlite3.DatabaseError when it is damaged."""
    content = whole(source, limits)
    with closing(_opened(content)) as database:
        for table, columns in _tables(database):
            try:
                yield from _rows(database, table, columns)
            except sqlite3.DataError:
                yield NotScanned((table,), Reason.TOO_LARGE)
            except sqlite3.Error:
                yield NotScanned((table,), Reason.DAMAGED)


def rehearse() -> None:
    """Load what is loaded when the first database is read."""
    with closing(sqlite3.connect(":memory:")) as database:
        database.execute("CREATE TABLE a (b)")
        database.execute("INSERT INTO a VALUES (1)")
        content = database.serialize()
    for _found in read(HeldBytes(content), "", Limits()):
        pass


def _opened(content: bytes) -> sqlite3.Connection:
    held = bytearray(content)
    held[_JOURNAL_MODE] = _WITHOUT_LOG
    database = sqlite3.connect(":memory:", isolation_level=None)
    database.deserialize(held)
    database.text_factory = lambda raw: raw.decode(errors="replace")
    database.setlimit(sqlite3.SQLITE_LIMIT_LENGTH, _MOST_VALUE_BYTES)
    for setting in _SAFE:
        database.execute(f"PRAGMA {setting}")
    left = iter(range((_INSTRUCTIONS_ANYWAY + _INSTRUCTIONS_A_BYTE * len(content)) // _COUNTED_BY))
    database.set_progress_handler(lambda: next(left, None) is None, _COUNTED_BY)
    return database


def _tables(database: sqlite3.Connection) -> Sequence[tuple[str, Sequence[str]]]:
    """Names, and those of their columns; then nothing but reading is allowed."""
    named = database.execute(_TABLES).fetchall()
    found = []
    for (table,) in named:
        told = database.execute(f"PRAGMA table_xinfo({_quoted(table)})").fetchall()
        found.append((table, [column[1] for column in told if column[-1] == _STORED]))
    database.set_authorizer(
        lambda action, *_about: sqlite3.SQLITE_OK if action in _ALLOWED else sqlite3.SQLITE_DENY
    )
    return found


def _rows(database: sqlite3.Connection, table: str, columns: Sequence[str]) -> Iterator[Read]:
    asked = f"SELECT {', '.join(map(_quoted, columns))} FROM {_quoted(table)}"  # noqa: S608 - names, quoted
    cursor: Iterator[tuple[_Cell, ...]] = database.execute(asked)
    heading = _lines([columns])
    count, is_partly = 0, False
    while rows := _some(cursor):
        numbers = range(count + 1, count + len(rows) + 1)
        content = _lines(rows)
        yield Part(content, InLines("row", numbers, content), (table,), is_table=True, heading=heading)
        for number, column, blob in _blobs(numbers, columns, rows):
            if _is_file(blob):
                yield Member(f"{table}/{number}/{column}", HeldBytes(blob))
            else:
                is_partly = True
        count += len(rows)
    if is_partly:
        yield NotScanned((table,), Reason.PARTLY)


def _some(cursor: Iterator[tuple[_Cell, ...]]) -> list[tuple[_Cell, ...]]:
    rows, size = [], 0
    for row in cursor:
        rows.append(row)
        size += sum(len(cell) for cell in row if isinstance(cell, str | bytes))
        if size > _BYTES_A_PART or len(rows) == _ROWS_A_PART:
            break
    return rows


def _blobs(
    numbers: Sequence[int], columns: Sequence[str], rows: Sequence[tuple[_Cell, ...]]
) -> Iterator[tuple[int, str, bytes]]:
    """Those that may be files: number of the row, name of the column, what stands there."""
    for number, row in zip(numbers, rows, strict=True):
        for column, cell in zip(columns, row, strict=True):
            if isinstance(cell, bytes) and len(cell) >= _SMALLEST_FILE and _text(cell) is None:
                yield number, column, cell


def _lines(rows: Sequence[Sequence[_Cell]]) -> bytes:
    """A row a line, cells parted by tabs."""
    said = _ROW_END.join([_CELL_END.join([_said(cell) for cell in row]) for row in rows])
    if said.count(_ROW_END) >= len(rows):
        said = _ROW_END.join(
            [_CELL_END.join([_said(cell).replace(_ROW_END, " ") for cell in row]) for row in rows]
        )
    return resolved(said.translate(_BREAKS).encode(errors="replace"))[0]


def _said(cell: _Cell) -> str:
    if isinstance(cell, str):
        return cell
    if isinstance(cell, bytes):
        return _text(cell) or ""
    return "" if cell is None else str(cell)


def _text(blob: bytes) -> str | None:
    """None if it isn't text."""
    try:
        return None if b"\0" in blob else blob.decode()
    except UnicodeDecodeError:
        return None


def _is_file(blob: bytes) -> bool:
    """Whether it is a file that somebody can read."""
    try:
        format_of(HeldBytes(blob), "")
    except NotRead:
        return False
    return True


def _quoted(name: str) -> str:
    return '"' + name.replace('"', '""') + '"'
