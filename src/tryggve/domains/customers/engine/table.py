from dataclasses import dataclass, field
from typing import Literal

Fault = Literal["cell_error", "formula_without_value", "cut_short", "group", "outside_cards"]
TableKind = Literal["csv", "xlsx", "xls", "ods", "vcard"]


class UnreadableFile(Exception):
    """The file can't be read as a table; ``code`` says why, ``line`` where it is known, ``limit`` what it broke.

    Codes: empty, binary, null_bytes, truncated, damaged, password_protected, too_large, zip_bomb,
    too_many_rows, too_many_columns, xlsb_not_yet, no_table, no_headings.
    """

    def __init__(self, code: str, *, line: int | None = None, limit: int | None = None) -> None:
        super().__init__(code)
        self.code = code
        self.line = line
        self.limit = limit


@dataclass(frozen=True, slots=True)
class Limits:
    """How much a file may hold: 100,000 customers of 20 columns and some air.

    ``unpacked_bytes`` and ``cells`` guard against small files that swell.
    """

    bytes: int = 64 * 1024 * 1024
    rows: int = 200_000
    columns: int = 1_000
    unpacked_bytes: int = 128 * 1024 * 1024
    parts: int = 2_000
    cells: int = 2_100_000


@dataclass(frozen=True, slots=True)
class Row:
    """One row: where it starts in the file (from 1), its cells, empty ones at the end left out.

    ``line`` is the physical line of a text file, the row number of a sheet; 0 for headings that stand in no file.
    ``faults`` names cells, by their place from 0, that the spreadsheet itself could not work out; those of contact
    cards (cut_short, group, outside_cards) are about the whole row.
    """

    line: int
    cells: tuple[str, ...]
    faults: tuple[tuple[int, Fault], ...] = ()


@dataclass(frozen=True, slots=True)
class Table:
    """What was read from a file, and how it was understood; each kind fills its own fields."""

    kind: TableKind
    rows: list[Row] = field(repr=False)
    encoding: str = ""
    delimiter: str = ""
    sheet: str = ""
    other_sheets: tuple[str, ...] = ()


def bounded(rows: list[Row], limits: Limits) -> list[Row]:
    """The same rows, when they are no more and no wider than allowed; raises UnreadableFile."""
    if not any(row.cells for row in rows):
        raise UnreadableFile("no_table")
    if len(rows) > limits.rows:
        raise UnreadableFile("too_many_rows", limit=limits.rows)
    for row in rows:
        if len(row.cells) > limits.columns:
            raise UnreadableFile("too_many_columns", line=row.line, limit=limits.columns)
    return rows


def refuse_vast_area(height: int, width: int, limits: Limits) -> None:
    """Raise UnreadableFile when the area that a sheet's cells lie in can't be held.

    Readers lay a sheet out whole: one cell at A1 and one at XFD1048576 would take all memory.
    """
    if height > limits.rows:
        raise UnreadableFile("too_many_rows", limit=limits.rows)
    if height * width > limits.cells:
        raise UnreadableFile("too_large", limit=limits.cells)


def without_empty_end(cells: list[str]) -> tuple[str, ...]:
    """The cells up to the last that holds more than white space."""
    end = len(cells)
    while end and not cells[end - 1].strip():
        end -= 1
    return tuple(cells[:end])
