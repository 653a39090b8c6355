"""The sheets of an OpenDocument spreadsheet, cell by cell.

Read by our own hands: a cell or a row may stand for a million like it, which is measured before anything is laid
out, and the library that reads the other spreadsheets lays everything out first.
"""

from collections.abc import Callable
from dataclasses import dataclass, field
from xml.parsers import expat

from tryggve.domains.customers.engine.files.ods_values import OFFICE, TABLE, cell_value
from tryggve.domains.customers.engine.table import Fault, Limits, Row, UnreadableFile

_TEXT = "urn:oasis:names:tc:opendocument:xmlns:text:1.0 "
_STYLE = "urn:oasis:names:tc:opendocument:xmlns:style:1.0 "
_ENCODINGS = frozenset({"UTF-8", "UTF-16", "US-ASCII", "ISO-8859-1"})
_MOST_SPACES = 1_000
_MOST_DIGITS = 7


@dataclass(slots=True)
class OdsSheet:
    """A sheet and its rows; ``merged`` is the last column of a merged cell, by its row."""

    name: str
    is_hidden: bool
    rows: list[Row] = field(default_factory=list)
    merged: dict[int, int] = field(default_factory=dict)
    is_filled: bool = False


class OdsReader:
    """Read ``content.xml`` into ``sheets``, with rows up to the first sheet that people see and that holds anything."""

    def __init__(self, limits: Limits) -> None:
        self.sheets: list[OdsSheet] = []
        self._limits = limits
        self._hidden_styles: set[str] = set()
        self._style = ""
        self._is_found = False
        self._level = self._cell_level = self._paragraph_level = self._aside_level = self._table_level = 0
        self._empty_rows = self._row_times = self._empty_cells = 0
        self._held_cells = self._held_letters = 0
        self._cells: list[str] = []
        self._faults: list[tuple[int, Fault]] = []
        self._attributes: dict[str, str] = {}
        self._text: list[str] = []
        self._starts: dict[str, Callable[[dict[str, str]], None]] = {
            TABLE + "table-cell": self._start_cell,
            TABLE + "covered-table-cell": self._start_cell,
            TABLE + "table-row": self._start_row,
            TABLE + "table": self._start_table,
            _STYLE + "style": self._start_style,
            _STYLE + "table-properties": self._start_table_style,
        }

    def read(self, xml: bytes) -> None:
        """Raises UnreadableFile (damaged, too_many_rows, too_many_columns, too_large, zip_bomb)."""
        parser = expat.ParserCreate(namespace_separator=" ")
        parser.buffer_text = True
        parser.StartElementHandler = self._start
        parser.EndElementHandler = self._end
        parser.CharacterDataHandler = self._letters
        parser.StartDoctypeDeclHandler = self._doctype
        parser.XmlDeclHandler = self._declaration
        try:
            parser.Parse(xml, True)
        except expat.ExpatError as error:
            raise UnreadableFile("damaged") from error

    def _doctype(self, *_declared: object) -> None:
        """No such file declares entities; those that do mean harm."""
        raise UnreadableFile("damaged")

    def _declaration(self, _version: str, encoding: str | None, _standalone: int) -> None:
        """Others would have to be loaded first, and no such file has one."""
        if encoding and encoding.upper() not in _ENCODINGS:
            raise UnreadableFile("damaged")

    def _start(self, tag: str, attributes: dict[str, str]) -> None:
        self._level += 1
        if self._aside_level:
            return
        if self._cell_level:
            self._start_in_cell(tag, attributes)
        elif tag in self._starts:
            self._starts[tag](attributes)

    def _end(self, tag: str) -> None:
        level = self._level
        self._level -= 1
        if level == self._aside_level:
            self._aside_level = 0
        elif level == self._paragraph_level:
            self._paragraph_level = 0
        elif level == self._cell_level:
            self._end_cell()
        elif level == self._table_level:
            self._table_level = 0
        elif tag == TABLE + "table-row" and self._row_times:
            self._end_row()

    def _letters(self, text: str) -> None:
        if self._paragraph_level and not self._aside_level:
            self._text.append(text)

    def _start_style(self, attributes: dict[str, str]) -> None:
        self._style = attributes.get(_STYLE + "name", "")

    def _start_table_style(self, attributes: dict[str, str]) -> None:
        if attributes.get(TABLE + "display") == "false":
            self._hidden_styles.add(self._style)

    def _start_table(self, attributes: dict[str, str]) -> None:
        if self._table_level:  # a table within one: the data of a chart
            self._aside_level = self._level
            return
        self._is_found = any(sheet.is_filled and not sheet.is_hidden for sheet in self.sheets)
        is_hidden = attributes.get(TABLE + "style-name") in self._hidden_styles
        self.sheets.append(OdsSheet(attributes.get(TABLE + "name", ""), is_hidden))
        self._table_level, self._empty_rows = self._level, 0
        self._held_cells = self._held_letters = 0

    def _start_row(self, attributes: dict[str, str]) -> None:
        if self._table_level:
            self._row_times = _times(attributes.get(TABLE + "number-rows-repeated"))
            self._empty_cells, self._cells, self._faults = 0, [], []

    def _start_cell(self, attributes: dict[str, str]) -> None:
        if self._row_times:
            self._cell_level, self._attributes, self._text = self._level, attributes, []

    def _start_in_cell(self, tag: str, attributes: dict[str, str]) -> None:
        """Only paragraphs of the cell's own are its text: notes and drawings have others."""
        if tag == _TEXT + "p" and self._level == self._cell_level + 1:
            self._text += ["\n"] if self._text else []
            self._paragraph_level = self._level
        elif not self._paragraph_level or tag in (OFFICE + "annotation", _TEXT + "note"):
            self._aside_level = self._level
        elif tag == _TEXT + "s":
            self._text.append(" " * min(_times(attributes.get(_TEXT + "c")), _MOST_SPACES))
        elif tag == _TEXT + "tab":
            self._text.append("\t")
        elif tag == _TEXT + "line-break":
            self._text.append("\n")

    def _end_cell(self) -> None:
        self._cell_level = 0
        attributes = self._attributes
        text, fault = cell_value(attributes, "".join(self._text))
        times = _times(attributes.get(TABLE + "number-columns-repeated"))
        if not text and not fault:
            self._empty_cells += times
            return
        self.sheets[-1].is_filled = True
        if self._is_found:
            return
        start = len(self._cells) + self._empty_cells
        if start + times > self._limits.columns:
            raise UnreadableFile("too_many_columns", line=self._line(), limit=self._limits.columns)
        self._cells += [""] * self._empty_cells + [text] * times
        self._empty_cells = 0
        self._faults += [(place, fault) for place in range(start, start + times) if fault]
        spanned = _times(attributes.get(TABLE + "number-columns-spanned"))
        if spanned > 1:
            self.sheets[-1].merged[self._line()] = start + spanned

    def _line(self) -> int:
        return len(self.sheets[-1].rows) + self._empty_rows + 1

    def _end_row(self) -> None:
        times, self._row_times = self._row_times, 0
        if not self._cells:
            self._empty_rows += times
            return
        sheet, first = self.sheets[-1], self._line()
        self._held_cells += len(self._cells) * times
        self._held_letters += sum(map(len, self._cells)) * times
        if first + times - 1 > self._limits.rows:
            raise UnreadableFile("too_many_rows", limit=self._limits.rows)
        if self._held_cells > self._limits.cells:
            raise UnreadableFile("too_large", limit=self._limits.cells)
        if self._held_letters > self._limits.unpacked_bytes:
            raise UnreadableFile("zip_bomb", limit=self._limits.unpacked_bytes)
        cells, faults = tuple(self._cells), tuple(self._faults)
        sheet.rows += [Row(line, ()) for line in range(first - self._empty_rows, first)]
        sheet.rows += [Row(line, cells, faults) for line in range(first, first + times)]
        self._empty_rows = 0


def _times(written: str | None) -> int:
    if written is None:
        return 1
    if not (written.isascii() and written.isdigit() and len(written) <= _MOST_DIGITS):
        raise UnreadableFile("damaged")
    return max(int(written), 1)
