import csv
import io
from collections.abc import Iterable, Iterator, Sequence

from tryggve.domains.customers.engine.export.guarding import guarded

# By this, spreadsheets know that the letters are UTF-8.
_MARK = "\ufeff"
_PIECE_LETTERS = 64 * 1024


def pieces(rows: Iterable[Sequence[str]], *, delimiter: str) -> Iterator[bytes]:
    """The rows as CSV (RFC 4180, UTF-8 with its mark), every cell in quotes and guarded from formulas."""
    out = io.StringIO(newline="")
    out.write(_MARK)
    writer = csv.writer(out, delimiter=delimiter, quoting=csv.QUOTE_ALL)
    for row in rows:
        writer.writerow(map(guarded, row))
        if out.tell() > _PIECE_LETTERS:
            yield _taken(out)
    yield _taken(out)


def _taken(out: io.StringIO) -> bytes:
    piece = out.getvalue().encode()
    out.seek(0)
    out.truncate()
    return piece
