import html
import posixpath
import re
from itertools import chain, pairwise

from tryggve.domains.customers.engine.files.zip_parts import ZipParts
from tryggve.domains.customers.engine.table import Fault, UnreadableFile

_ATTRIBUTE = re.compile(rb"([\w:.-]+)\s*=\s*(?:\"([^\"]*)\"|'([^']*)')")
_ATTRIBUTES = rb"((?:\s+[\w:.-]+\s*=\s*(?:\"[^\"]*\"|'[^']*'))*)\s*/?>"
_SHEET = re.compile(rb"<(?:[\w.-]+:)?sheet" + _ATTRIBUTES)
_RELATION = re.compile(rb"<(?:[\w.-]+:)?Relationship" + _ATTRIBUTES)
# Possessive, so that no file can make them slow.
_CELL = rb"<(?:[\w.-]{1,20}+:)?c(?=[\s>])"
_PLACE = rb"\sr\s*=\s*[\"']([A-Za-z]{1,3})([0-9]{1,7})[\"']"
_FILLED = re.compile(_CELL + rb"(?:(?=[^<>]*?" + _PLACE + rb"))?+[^<>]*+(?<!/)>\s*+<(?!/)")
_ERROR = re.compile(_CELL + rb"(?=[^<>]*?\st\s*=\s*[\"']e[\"'])([^<>]*+)>")
_FORMULA = rb"<(?:[\w.-]{1,20}+:)?f(?:\s[^<>]*+)?(?:(?<=/)>|/>|>[^<>]*+</(?:[\w.-]{1,20}+:)?f\s*+>)"
_NO_VALUE = rb"(?:<(?:[\w.-]{1,20}+:)?v\s*+(?:/>|>\s*+</(?:[\w.-]{1,20}+:)?v\s*+>))?"
_UNWORKED_FORMULA = re.compile(
    _CELL
    + rb"(?![^<>]*?\st\s*=\s*[\"']str[\"'])([^<>]*+)(?<!/)>\s*+"
    + _FORMULA
    + rb"\s*+"
    + _NO_VALUE
    + rb"\s*+</(?:[\w.-]{1,20}+:)?c\s*+>"
)
_ROW = re.compile(rb"<(?:[\w.-]{1,20}+:)?row(?=[\s>])")
_ROW_NUMBER = re.compile(rb"[^<>]*?\sr\s*=\s*[\"']([0-9]{1,7})[\"']")
_CELLS = re.compile(_CELL)
_CELL_PLACE = re.compile(_PLACE)
_MERGED = re.compile(
    rb"<(?:[\w.-]{1,20}+:)?mergeCell\s[^<>]*?ref\s*=\s*[\"'][A-Za-z]{1,3}([0-9]{1,7}):([A-Za-z]{1,3})[0-9]{1,7}[\"']"
)


def sheet_parts(parts: ZipParts) -> list[str]:
    """The part of each sheet in the workbook's order; «» for one that the package doesn't name."""
    targets = {
        attributes.get("Id", ""): posixpath.normpath(
            posixpath.join("/xl", attributes.get("Target", ""))
        ).lstrip("/")
        for attributes in _elements(_RELATION, parts.read("xl/_rels/workbook.xml.rels"))
    }
    return [
        targets.get(next((value for name, value in attributes.items() if name.endswith(":id")), ""), "")
        for attributes in _elements(_SHEET, parts.read("xl/workbook.xml"))
    ]


def extent(xml: bytes) -> tuple[int, int]:
    """The last row and column that hold anything, or more where cells don't say their places."""
    height, before, columns = 0, b"", set[bytes]()
    is_without_places = False
    for cell in _FILLED.finditer(xml):
        column, row = cell.groups()
        if not row:
            is_without_places = True
            continue
        columns.add(column)
        if row != before:
            height, before = max(height, int(row)), row
    width = max(map(_column_number, columns), default=0)
    return _counted_extent(xml, height, width) if is_without_places else (height, width)


def _counted_extent(xml: bytes, height: int, width: int) -> tuple[int, int]:
    starts = (row.end() for row in _ROW.finditer(xml))
    for place, (start, end) in enumerate(pairwise(chain(starts, [len(xml)])), start=1):
        number = _ROW_NUMBER.match(xml, start, end)
        height = max(height, place, int(number[1]) if number else 0)
        width = max(width, sum(1 for _cell in _CELLS.finditer(xml, start, end)))
    return height, width


def has_cells(xml: bytes) -> bool:
    return _FILLED.search(xml) is not None


def faulty_cells(xml: bytes) -> dict[tuple[int, int], Fault]:
    """Cells that the spreadsheet could not work out, by row and column from 1: the reader gives them as empty."""
    faults: dict[tuple[int, int], Fault] = {}
    # Most sheets have neither, and plain searches are fifty times faster than the patterns.
    if b"<f" in xml or b":f" in xml:
        faults.update((_place(cell[1]), "formula_without_value") for cell in _UNWORKED_FORMULA.finditer(xml))
    if b'"e"' in xml or b"'e'" in xml:
        faults.update((_place(cell[1]), "cell_error") for cell in _ERROR.finditer(xml))
    return faults


def merged_cells(xml: bytes) -> dict[int, int]:
    """The last column of the widest merged cell that begins in a row, both counted from 1."""
    merged: dict[int, int] = {}
    if b"mergeCell" in xml:
        for row, column in _MERGED.findall(xml):
            merged[int(row)] = max(merged.get(int(row), 0), _column_number(column))
    return merged


def _place(attributes: bytes) -> tuple[int, int]:
    place = _CELL_PLACE.search(attributes)
    if place is None:
        raise UnreadableFile("damaged")
    return int(place[2]), _column_number(place[1])


def _column_number(letters: bytes) -> int:
    number = 0
    for letter in letters.upper():
        number = number * 26 + letter - ord("A") + 1
    return number


def _elements(pattern: re.Pattern[bytes], xml: bytes) -> list[dict[str, str]]:
    return [
        {
            name.decode("ascii", "replace"): html.unescape((double or single).decode("utf-8", "replace"))
            for name, double, single in _ATTRIBUTE.findall(attributes)
        }
        for attributes in pattern.findall(xml)
    ]
