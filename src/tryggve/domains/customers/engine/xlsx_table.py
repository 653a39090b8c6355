import datetime
import io
from collections.abc import Callable

import python_calamine

from tryggve.domains.customers.engine import xlsx_sheets
from tryggve.domains.customers.engine.table import (
    Fault,
    Limits,
    Row,
    Table,
    UnreadableFile,
    bounded,
    without_empty_end,
)
from tryggve.domains.customers.engine.zip_parts import ZipParts

Value = int | float | str | bool | datetime.time | datetime.date | datetime.datetime | datetime.timedelta
_MOST_EXACT = 2**53


def read(data: bytes, limits: Limits) -> Table:
    """The first sheet of a workbook that holds anything; raises UnreadableFile."""
    parts = ZipParts(data, limits)
    parts.verify()
    try:
        with python_calamine.CalamineWorkbook.from_filelike(io.BytesIO(data)) as workbook:
            return _read(workbook, parts, limits)
    except python_calamine.PasswordError as error:
        raise UnreadableFile("password_protected") from error
    except (python_calamine.CalamineError, OSError, ValueError) as error:
        raise UnreadableFile("damaged") from error


def _read(workbook: python_calamine.CalamineWorkbook, parts: ZipParts, limits: Limits) -> Table:
    names, places = workbook.sheet_names, xlsx_sheets.sheet_parts(parts)
    if len(names) != len(places):
        raise UnreadableFile("damaged")
    filled = [
        (name, place)
        for name, place in zip(names, places, strict=True)
        if place in parts and xlsx_sheets.has_cells(parts.read(place))
    ]
    if not filled:
        raise UnreadableFile("no_table")
    name, place = filled[0]
    xml = parts.read(place)
    xlsx_sheets.refuse_vast_area(xml, limits)
    rows = _rows(workbook.get_sheet_by_name(name), xlsx_sheets.faulty_cells(xml))
    others = tuple(other for other, _place in filled[1:])
    return Table(kind="xlsx", rows=bounded(rows, limits), sheet=name, other_sheets=others)


def _rows(sheet: python_calamine.CalamineSheet, faults: dict[tuple[int, int], Fault]) -> list[Row]:
    by_line: dict[int, list[tuple[int, Fault]]] = {}
    for (line, column), fault in sorted(faults.items()):
        by_line.setdefault(line, []).append((column - 1, fault))
    before = [""] * (sheet.start[1] if sheet.start else 0)
    rows: list[Row] = []
    # Rows come from the sheet's first on, cells from the first column that holds anything.
    for line, values in enumerate(sheet.iter_rows(), start=1):
        cells = [value if type(value) is str else _TEXTS[type(value)](value) for value in values]
        rows.append(Row(line, without_empty_end(before + cells), tuple(by_line.pop(line, ()))))
    rows += [Row(line, (), tuple(cells)) for line, cells in sorted(by_line.items())]
    return rows


def _number(value: float) -> str:
    """As it was typed: a telephone number or postcode never gets a decimal point or an exponent."""
    if value.is_integer() and abs(value) <= _MOST_EXACT:
        return str(int(value))
    return f"{value:.0f}" if value.is_integer() else repr(value)


def _moment(value: datetime.datetime) -> str:
    return value.date().isoformat() if value.time() == datetime.time() else value.isoformat(sep=" ")


_TEXTS: dict[type, Callable[..., str]] = {
    float: _number,
    int: str,
    bool: lambda value: "true" if value else "false",
    datetime.date: datetime.date.isoformat,
    datetime.datetime: _moment,
    datetime.time: datetime.time.isoformat,
    datetime.timedelta: str,
}
