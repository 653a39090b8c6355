"""Workbooks of Excel since 2007 too large to be laid out in memory, row by row (ECMA-376, SpreadsheetML).

Slower than the library that reads the others; takes no more memory than the workbook's table of shared texts.
"""

import posixpath
import re
from array import array
from collections.abc import Iterator
from typing import Final

from tryggve.domains.datamap.engine.findings import NotScanned
from tryggve.domains.datamap.engine.reading import cell_values, xml_parsing
from tryggve.domains.datamap.engine.reading.office_parts import OfficeParts
from tryggve.domains.datamap.engine.reading.parts import NotRead, Part, Read, Reason
from tryggve.domains.datamap.engine.reading.sheet_text import SheetText, column_number

_WORKBOOK: Final = "xl/workbook.xml"
_BINARY_WORKBOOK: Final = "xl/workbook.bin"
_RELATIONS: Final = "xl/_rels/workbook.xml.rels"
_TEXTS: Final = "xl/sharedStrings.xml"
_STYLES: Final = "xl/styles.xml"
# Formats of numbers that are dates, by their number (§18.8.30) and by the letters in those of the file's own.
_DATE_FORMATS: Final = frozenset((*range(14, 23), *range(27, 37), *range(45, 48), *range(50, 59)))
_QUOTED: Final = re.compile(r'"[^"]*"|\\.|\[[^\]]*\]')
_DATE_LETTERS: Final = frozenset("dmyhs")
_DIGITS: Final = "0123456789"
_MOST_COLUMNS: Final = 1 << 14
_MOST_ROWS: Final = 1 << 20


def read(parts: OfficeParts) -> Iterator[Read]:
    """All sheets in the workbook's order, with their numbers as calendar dates where they look like that."""
    names = {name.lower(): name for name in parts.names}
    if _BINARY_WORKBOOK in names:
        raise NotRead(Reason.TOO_LARGE)
    if _WORKBOOK not in names or _RELATIONS not in names:
        raise NotRead(Reason.DAMAGED)
    targets = {
        relation.get("Id"): posixpath.normpath(posixpath.join("/xl", relation.get("Target", ""))).lstrip("/")
        for _tag, relation in _elements(parts, names[_RELATIONS], "Relationship")
    }
    texts, dates = _SharedTexts(), _date_styles(parts, names)
    if name := names.get(_TEXTS.lower()):
        for _block in xml_parsing.parsed(parts.blocks(name), texts):
            pass
    for _tag, sheet in _elements(parts, names[_WORKBOOK], "sheet"):
        target = next((targets.get(value, "") for key, value in sheet.items() if key.endswith(":id")), "")
        if place := names.get(target.lower()):
            yield from _rows(parts, place, _Sheet(SheetText(sheet.get("name", "")), texts, dates))


def _rows(parts: OfficeParts, place: str, sheet: "_Sheet") -> Iterator[Read]:
    """Up to the damage, if there is any."""
    stopped = None
    try:
        for _block in xml_parsing.parsed(parts.blocks(place), sheet):
            yield from sheet.taken()
    except NotRead as error:
        stopped = NotScanned((place,), error.reason)
    yield from sheet.text.taken(is_end=True)
    if stopped:
        yield stopped


class _Elements:
    def __init__(self, tags: tuple[str, ...]) -> None:
        self._tags = tags
        self.found: list[tuple[str, dict[str, str]]] = []

    def start(self, tag: str, attributes: dict[str, str]) -> None:
        if xml_parsing.local(tag) in self._tags:
            self.found.append((xml_parsing.local(tag), attributes))

    def end(self, tag: str) -> None:
        pass

    def letters(self, text: str) -> None:
        pass


def _elements(parts: OfficeParts, name: str, *tags: str) -> list[tuple[str, dict[str, str]]]:
    elements = _Elements(tags)
    for _block in xml_parsing.parsed(parts.blocks(name), elements):
        pass
    return elements.found


def _date_styles(parts: OfficeParts, names: dict[str, str]) -> frozenset[str]:
    """Numbers of the cell styles that show a date; of both lists of styles in a file the last is that of cells."""
    if _STYLES not in names:
        return frozenset()
    formats = set(map(str, _DATE_FORMATS))
    styles: list[str] = []
    for tag, attributes in _elements(parts, names[_STYLES], "numFmt", "cellXfs", "xf", "cellStyles"):
        if tag == "numFmt" and _DATE_LETTERS & set(_QUOTED.sub("", attributes.get("formatCode", "").lower())):
            formats.add(attributes.get("numFmtId", ""))
        elif tag == "cellXfs":
            styles = []
        elif tag == "xf":
            styles.append(attributes.get("numFmtId", ""))
        elif tag == "cellStyles":
            break
    return frozenset(str(number) for number, used in enumerate(styles) if used in formats)


class _SharedTexts:
    """All texts in one piece: as objects of their own they would take three times as much."""

    def __init__(self) -> None:
        self._content = bytearray()
        self._ends = array("Q", [0])
        self._is_text = self._is_reading_aid = False

    def __getitem__(self, number: int) -> str:
        return self._content[self._ends[number] : self._ends[number + 1]].decode()

    def start(self, tag: str, attributes: dict[str, str]) -> None:
        name = xml_parsing.local(tag)
        self._is_text = name == "t"
        self._is_reading_aid = name == "rPh" or (self._is_reading_aid and name == "t")

    def end(self, tag: str) -> None:
        self._is_text = False
        if xml_parsing.local(tag) == "si":
            self._ends.append(len(self._content))

    def letters(self, text: str) -> None:
        if self._is_text and not self._is_reading_aid:
            self._content += text.encode()


class _Sheet:
    def __init__(self, text: SheetText, texts: _SharedTexts, dates: frozenset[str]) -> None:
        self.text = text
        self._texts, self._dates = texts, dates
        self._ready: list[Part] = []
        self._row, self._cells = -1, list[str]()
        self._column, self._columns = -1, dict[str, int]()
        self._kind = self._style = ""
        self._value: list[str] | None = None

    def taken(self) -> list[Part]:
        ready, self._ready = self._ready, []
        return ready

    def start(self, tag: str, attributes: dict[str, str]) -> None:
        name = xml_parsing.local(tag)
        if name == "c":
            self._start_cell(attributes)
        elif name in ("v", "t"):
            self._value = []
        elif name == "row":
            written = attributes.get("r", "")
            self._row = int(written) - 1 if written.isdecimal() and len(written) < 8 else self._row + 1
            self._column, self._cells = -1, []

    def end(self, tag: str) -> None:
        name = xml_parsing.local(tag)
        if name in ("v", "t"):
            self._end_value()
        elif name == "row" and self._cells:
            if self._row >= _MOST_ROWS:
                raise NotRead(Reason.DAMAGED)
            self._ready += self.text.pass_to(self._row)
            self.text.add([self._cells])
            self._ready += self.text.taken()

    def letters(self, text: str) -> None:
        if self._value is not None:
            self._value.append(text)

    def _start_cell(self, attributes: dict[str, str]) -> None:
        letters = attributes.get("r", "").rstrip(_DIGITS)
        if letters not in self._columns:
            self._columns[letters] = column_number(letters) - 1 if letters else -1
        self._column = self._columns[letters] if letters else self._column + 1
        if not 0 <= self._column < _MOST_COLUMNS:
            raise NotRead(Reason.DAMAGED)
        self._kind, self._style = attributes.get("t", "n"), attributes.get("s", "")

    def _end_value(self) -> None:
        value, self._value = "".join(self._value or ()), None
        missing = self._column - len(self._cells)
        if missing >= 0:
            self._cells += [""] * missing + [self._shown(value)]
        else:
            # Rich text comes in pieces.
            self._cells[self._column] += self._shown(value)

    def _shown(self, value: str) -> str:
        if self._kind == "b":
            return cell_values.text_of(value == "1")
        if self._kind not in ("n", "s"):
            return value
        try:
            if self._kind == "s":
                return self._texts[int(value)]
            number = float(value)
        except (ValueError, IndexError) as error:
            raise NotRead(Reason.DAMAGED) from error
        return cell_values.date_of(number) if self._style in self._dates else cell_values.number(number)
