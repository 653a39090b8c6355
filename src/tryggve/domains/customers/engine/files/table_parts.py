"""A table on its way from the process that parses it to the one that believes nobody."""

from collections.abc import Iterator, Sequence
from itertools import accumulate, pairwise
from typing import Any, BinaryIO, get_args

from tryggve.domains.customers.engine.files.tables import read_table
from tryggve.domains.customers.engine.table import (
    Fault,
    Limits,
    Row,
    Table,
    TableKind,
    UnreadableFile,
    bounded,
)

_ROWS_A_PART = 500
# What a sandbox takes as one value is a mebibyte, and a letter of JSON is up to twelve bytes.
_WEIGHT_OF_A_PART = 85_000
_LETTERS_A_PIECE = 85_000
_KINDS = get_args(TableKind)
_FAULTS = get_args(Fault)
_USUAL = Limits()

Faults = dict[int, list[tuple[int, Fault]]]


class Garbled(ValueError):
    """The parts are none of a table."""


def parts_of(stream: BinaryIO) -> Iterator[Any]:
    """How the file was understood, then its rows, some at a time; or why it can't be read. JSON can say all of it."""
    try:
        table = read_table(stream)
    except UnreadableFile as refused:
        yield {"unreadable": refused.code, "line": refused.line, "limit": refused.limit}
        return
    yield {
        "kind": table.kind,
        "encoding": table.encoding,
        "delimiter": table.delimiter,
        "sheet": table.sheet,
        "other_sheets": table.other_sheets,
    }
    yield from _parts_with(table.rows)


def _parts_with(rows: Sequence[Row]) -> Iterator[Any]:
    first, weight = 0, 0
    for number, row in enumerate(rows):
        own = _weight(row)
        if number - first == _ROWS_A_PART or (weight + own > _WEIGHT_OF_A_PART and number > first):
            yield _told(rows[first:number])
            first, weight = number, 0
        weight += own
        if own > _WEIGHT_OF_A_PART:
            yield from _in_pieces(row)
            first, weight = number + 1, 0
    if first < len(rows):
        yield _told(rows[first:])


def _weight(row: Row) -> int:
    """At least a twelfth of the bytes that JSON needs for it."""
    return 4 + sum(map(len, row.cells)) + len(row.cells) + 4 * len(row.faults)


def _in_pieces(row: Row) -> Iterator[Any]:
    """A row too long for one part: its text in pieces, then where the cells end in it."""
    text = "".join(row.cells)
    for start in range(0, len(text), _LETTERS_A_PIECE):
        yield text[start : start + _LETTERS_A_PIECE]
    yield _told([row]) | {"cells": [], "lengths": [len(cell) for cell in row.cells]}


def _told(rows: Sequence[Row]) -> dict[str, list[Any]]:
    """Their cells in one list: a list for each row would cost the other process as much as reading the file."""
    return {
        "lines": [row.line for row in rows],
        "widths": [len(row.cells) for row in rows],
        "cells": [cell for row in rows for cell in row.cells],
        "faults": [(number, place, fault) for number, row in enumerate(rows) for place, fault in row.faults],
    }


def table_of(parts: Iterator[Any], limits: Limits = _USUAL) -> Table:
    """The table again, every part of it checked. Raises UnreadableFile and Garbled."""
    head = next(parts, None)
    if not isinstance(head, dict):
        raise Garbled
    if "unreadable" in head:
        raise _refusal(head)
    encoding, delimiter, sheet = _texts([head.get(name) for name in ("encoding", "delimiter", "sheet")])
    others = tuple(_texts(head.get("other_sheets")))
    if head.get("kind") not in _KINDS:
        raise Garbled
    rows = _all_rows(parts, limits)
    return Table(head["kind"], bounded(rows, limits), encoding, delimiter, sheet, others)


def _all_rows(parts: Iterator[Any], limits: Limits) -> list[Row]:
    rows: list[Row] = []
    pieces: list[str] = []
    cells = faults = 0
    for part in parts:
        if isinstance(part, str):
            _add_piece(pieces, part)
            continue
        if not isinstance(part, dict):
            raise Garbled
        new = list(_rows_of(part, pieces))
        rows += new
        cells += sum(len(row.cells) for row in new)
        faults += sum(len(row.faults) for row in new)
        if len(rows) > limits.rows or max(cells, faults) > limits.cells:
            raise Garbled
    if pieces:
        raise Garbled
    return rows


def _add_piece(pieces: list[str], piece: str) -> None:
    """Only the last of them is shorter than the others: many small ones would take more memory than they hold."""
    if pieces and len(pieces[-1]) != _LETTERS_A_PIECE:
        raise Garbled
    pieces.append(piece)


def _rows_of(part: dict[str, Any], pieces: list[str]) -> Iterator[Row]:
    lines, widths, cells = _counts(part.get("lines")), _counts(part.get("widths")), _cells_of(part, pieces)
    faults = _faults_by_row(part.get("faults"), rows=len(lines))
    if len(lines) != len(widths) or sum(widths) != len(cells):
        raise Garbled
    borders = pairwise(accumulate(widths, initial=0))
    for number, (line, (start, end)) in enumerate(zip(lines, borders, strict=True)):
        yield Row(line, tuple(cells[start:end]), tuple(faults.get(number, ())))


def _cells_of(part: dict[str, Any], pieces: list[str]) -> list[str]:
    """Those that the part holds, or that the pieces before it are cut into; the pieces are used up."""
    cells = _texts(part.get("cells"))
    if not pieces:
        return cells
    [text], lengths = _texts(["".join(pieces)]), _counts(part.get("lengths"))
    pieces.clear()
    if cells or sum(lengths) != len(text):
        raise Garbled
    return [text[start:end] for start, end in pairwise(accumulate(lengths, initial=0))]


def _faults_by_row(told: Any, *, rows: int) -> Faults:
    if type(told) is not list:
        raise Garbled
    faults: Faults = {}
    for one in told:
        if type(one) is not list or len(one) != 3 or one[2] not in _FAULTS:
            raise Garbled
        [number, place] = _counts(one[:2])
        if number >= rows:
            raise Garbled
        faults.setdefault(number, []).append((place, one[2]))
    return faults


def _texts(told: Any) -> list[str]:
    if type(told) is not list or not {str}.issuperset(map(type, told)):
        raise Garbled
    try:
        "".join(told).encode()
    except UnicodeEncodeError:  # half a letter, which JSON can say and nobody can keep
        raise Garbled from None
    return told


def _counts(told: Any) -> list[int]:
    if type(told) is not list or not {int}.issuperset(map(type, told)) or min(told, default=0) < 0:
        raise Garbled
    return told


def _refusal(head: dict[str, Any]) -> UnreadableFile:
    code, line, limit = head["unreadable"], head.get("line"), head.get("limit")
    if type(code) is not str or not {int, type(None)}.issuperset(map(type, (line, limit))):
        raise Garbled
    return UnreadableFile(code, line=line, limit=limit)
