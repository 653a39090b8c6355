import csv
import io
import threading
from collections.abc import Iterator
from contextlib import contextmanager

from tryggve.domains.customers.engine.files import csv_dialect
from tryggve.domains.customers.engine.files.decoding import decode
from tryggve.domains.customers.engine.table import (
    Limits,
    Row,
    Table,
    UnreadableFile,
    bounded,
    without_empty_end,
)

# Unlikely as a line of its own; it ends up inside the last cell when that cell's quote was never closed.
_END = "\ue000\ue001end of table\ue001\ue000"
_field_limit = threading.Lock()


def read(data: bytes, limits: Limits) -> Table:
    """The rows of a text file with delimiters; raises UnreadableFile."""
    text, encoding = decode(data)
    # An old end-of-file mark (Ctrl-Z) may stand last.
    text = text.rstrip("\x1a")
    delimiter, skipped = csv_dialect.declared_delimiter(text)
    delimiter = delimiter or csv_dialect.likeliest_delimiter(text)
    with _fields_up_to(limits.bytes):
        rows = _rows(text[skipped:], delimiter, first_line=2 if skipped else 1, limits=limits)
    return Table(kind="csv", rows=bounded(rows, limits), encoding=encoding, delimiter=delimiter)


def _rows(text: str, delimiter: str, *, first_line: int, limits: Limits) -> list[Row]:
    rows: list[Row] = []
    reader = csv.reader(_lines(text), delimiter=delimiter)
    line, cells, held = first_line, [""], 0
    try:
        for cells in reader:
            rows.append(Row(line, without_empty_end(cells)))
            held += len(rows[-1].cells)
            # One more of each: the mark of the end is read as a row of one cell.
            if len(rows) > limits.rows + 1:
                raise UnreadableFile("too_many_rows", limit=limits.rows)
            if held > limits.cells + 1:
                raise UnreadableFile("too_large", limit=limits.cells)
            line = reader.line_num + first_line
    except csv.Error as error:
        raise UnreadableFile("damaged", line=line) from error
    last = rows.pop()
    if last.cells != (_END,):
        raise UnreadableFile("truncated", line=last.line)
    return rows


def _lines(text: str) -> Iterator[str]:
    yield from io.StringIO(text if text.endswith(("\n", "\r")) else text + "\n", newline="")
    yield _END


@contextmanager
def _fields_up_to(size: int) -> Iterator[None]:
    """Allow long cells while one file is read: the csv module keeps one limit for the whole process."""
    with _field_limit:
        before = csv.field_size_limit(size)
        try:
            yield
        finally:
            csv.field_size_limit(before)
