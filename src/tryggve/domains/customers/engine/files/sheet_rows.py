"""The cells of a sheet as the calamine library gives them, as rows of texts."""

import datetime
import io
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager

import python_calamine

from tryggve.domains.customers.engine.table import Fault, Row, UnreadableFile, without_empty_end

Faults = Mapping[tuple[int, int], Fault]
_MOST_EXACT = 2**53


@contextmanager
def opened(data: bytes) -> Iterator[python_calamine.CalamineWorkbook]:
    """The workbook in these bytes; raises UnreadableFile (password_protected, damaged)."""
    try:
        with python_calamine.CalamineWorkbook.from_filelike(io.BytesIO(data)) as workbook:
            yield workbook
    except python_calamine.PasswordError as error:
        raise UnreadableFile("password_protected") from error
    except (python_calamine.CalamineError, OSError, ValueError) as error:
        raise UnreadableFile("damaged") from error
    except BaseException as error:
        # What the library gives up on without meaning to is no Exception, and its class has no module to import.
        if type(error).__name__ != "PanicException":
            raise
        raise UnreadableFile("damaged") from error


def rows_of(sheet: python_calamine.CalamineSheet, faults: Faults, merged: Mapping[int, int]) -> list[Row]:
    """Each row from the sheet's first on; ``merged`` is the last column of a merged cell, by its first row."""
    by_line: dict[int, list[tuple[int, Fault]]] = {}
    for (line, column), fault in sorted(faults.items()):
        by_line.setdefault(line, []).append((column - 1, fault))
    rows: list[Row] = []
    if sheet.start:
        before = [""] * sheet.start[1]
        # Rows come from the sheet's first on, cells from the first column that holds anything.
        for line, values in enumerate(sheet.iter_rows(), start=1):
            cells = [value if type(value) is str else _TEXTS[type(value)](value) for value in values]
            rows.append(Row(line, without_empty_end(before + cells), tuple(by_line.pop(line, ()))))
    rows += [Row(line, (), tuple(cells)) for line, cells in sorted(by_line.items())]
    return with_merged(rows, merged)


def with_merged(rows: list[Row], merged: Mapping[int, int]) -> list[Row]:
    """The same rows; one that ends in a merged cell is as wide as that, or as the widest other row.

    Without it a heading over the last two columns would leave the second without one.
    """
    if not merged:
        return rows
    widest = max((len(row.cells) for row in rows), default=0)
    return [
        Row(row.line, row.cells + ("",) * (min(merged[row.line], widest) - len(row.cells)), row.faults)
        if row.cells and row.line in merged
        else row
        for row in rows
    ]


def number_text(value: float) -> str:
    """As it was typed: a telephone number or postcode never gets a decimal point or an exponent."""
    if value.is_integer() and abs(value) <= _MOST_EXACT:
        return str(int(value))
    return f"{value:.0f}" if value.is_integer() else repr(value)


def moment_text(value: datetime.datetime) -> str:
    """A date, with its time of day unless that is midnight."""
    return value.date().isoformat() if value.time() == datetime.time() else value.isoformat(sep=" ")


_TEXTS: dict[type, Callable[..., str]] = {
    float: number_text,
    int: str,
    bool: lambda value: "true" if value else "false",
    datetime.date: datetime.date.isoformat,
    datetime.datetime: moment_text,
    datetime.time: datetime.time.isoformat,
    datetime.timedelta: str,
}
