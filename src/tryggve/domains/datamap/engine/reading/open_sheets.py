"""Spreadsheets of OpenDocument, row by row.

Read by our own hands: a cell or a row may stand for a million like it, and the library that reads other spreadsheets
lays all of them out first.
"""

from collections.abc import Iterator
from typing import Final

from tryggve.domains.datamap.engine.findings import NotScanned
from tryggve.domains.datamap.engine.reading import cell_values, open_document, xml_parsing
from tryggve.domains.datamap.engine.reading.office_parts import OfficeParts
from tryggve.domains.datamap.engine.reading.parts import NotRead, Part, Read
from tryggve.domains.datamap.engine.reading.running_text import RunningText
from tryggve.domains.datamap.engine.reading.sheet_text import SheetText

_CELLS: Final = frozenset(("table:table-cell", "table:covered-table-cell"))
_NOTES: Final = frozenset(("office:annotation", "text:note"))
_CONTENT: Final = "content.xml"
_OTHERS: Final = ("styles.xml", "meta.xml")
# What is repeated more often than this is told once.
_MOST_TIMES: Final = 64
# As far as any program of today goes.
_MOST_COLUMNS: Final = 1 << 14
_MOST_DIGITS: Final = 8


def read(parts: OfficeParts) -> Iterator[Read]:
    """All sheets, hidden ones too, then notes, headers, properties and pictures."""
    open_document.refuse_encrypted(parts)
    sheets = _Sheets()
    try:
        for _block in xml_parsing.parsed(parts.blocks(_CONTENT), sheets):
            yield from sheets.taken()
    except NotRead as stopped:
        yield from sheets.ended()
        yield NotScanned((), stopped.reason)
    yield from sheets.notes.taken(is_end=True)
    yield from open_document.words_of(parts, set(_OTHERS).intersection(parts.names))
    yield from open_document.files_of(parts)


class _Sheets:
    """A sheet within a cell, as charts have them, is read as text of that cell."""

    def __init__(self) -> None:
        self.notes = RunningText(("notes",))
        self._ready: list[Part] = []
        self._sheet = SheetText("")
        self._row = 0
        self._row_times = 1
        self._cells: list[str] = []
        self._empty_cells = 0
        self._attributes: dict[str, str] = {}
        self._text: list[str] = []
        self._cell_level = self._note_level = self._paragraphs = 0

    def taken(self) -> list[Part]:
        ready, self._ready = self._ready, []
        return ready

    def ended(self) -> Iterator[Part]:
        """What has come of a sheet that isn't whole."""
        yield from self.taken()
        yield from self._sheet.taken(is_end=True)

    def start(self, tag: str, attributes: dict[str, str]) -> None:
        if tag in _CELLS:
            self._start_cell(attributes)
        elif tag in _NOTES:
            self._note_level += 1
        elif tag == "text:p":
            self._paragraphs += 1
        elif tag == "table:table" and not self._cell_level:
            self._sheet, self._row = SheetText(attributes.get("table:name", "")), 0
        elif tag == "table:table-row" and not self._cell_level:
            self._cells, self._empty_cells = [], 0
            self._row_times = _times(attributes.get("table:number-rows-repeated"))
        elif tag in ("text:s", "text:tab", "text:line-break"):
            self.letters(" ")

    def end(self, tag: str) -> None:
        if tag in _CELLS:
            self._end_cell()
        elif tag in _NOTES:
            self._note_level -= 1
            self.notes.end_paragraph()
        elif tag == "text:p":
            self.letters(" ")
            self._paragraphs -= 1
        elif tag == "table:table-row" and not self._cell_level:
            self._end_row()
        elif tag == "table:table" and not self._cell_level:
            self._ready += self._sheet.taken(is_end=True)

    def letters(self, text: str) -> None:
        if self._paragraphs and self._note_level:
            self.notes.add(text)
        elif self._paragraphs:
            self._text.append(text)

    def _start_cell(self, attributes: dict[str, str]) -> None:
        self._cell_level += 1
        if self._cell_level == 1:
            self._attributes, self._text = attributes, []

    def _end_cell(self) -> None:
        self._cell_level -= 1
        if self._cell_level:
            return
        text = _value(self._attributes) or "".join(self._text).strip()
        times = _times(self._attributes.get("table:number-columns-repeated"))
        if text and len(self._cells) + self._empty_cells < _MOST_COLUMNS:
            self._cells += [""] * self._empty_cells + [text] * min(times, _MOST_TIMES)
            self._empty_cells = max(times - _MOST_TIMES, 0)
        else:
            self._empty_cells += times

    def _end_row(self) -> None:
        if self._cells:
            self._ready += self._sheet.pass_to(self._row)
            self._sheet.add([self._cells] * min(self._row_times, _MOST_TIMES))
            self._ready += self._sheet.taken()
        self._row += self._row_times


def _value(attributes: dict[str, str]) -> str:
    """A number or a date in full: a cell may show less of it."""
    if written := attributes.get("office:value"):
        try:
            return cell_values.number(float(written))
        except (ValueError, OverflowError):
            return written
    return attributes.get("office:date-value", "").removesuffix("T00:00:00").replace("T", " ")


def _times(written: str | None) -> int:
    if written is None or not (written.isascii() and written.isdigit() and len(written) <= _MOST_DIGITS):
        return 1
    return max(int(written), 1)
