"""Files of plain text, in which a place is told in bytes."""

import json
import re
from collections.abc import Callable, Sequence
from html import escape

from bench.mess.deceptive import CELL_BREAK
from bench.mess.values import Made, Piece, Planted, Table, Text, Value

_BOMS = {"utf-16-le": b"\xff\xfe", "utf-8-sig": b"\xef\xbb\xbf"}


class Marked:
    """Bytes that are written one after another, and where the values came to stand."""

    def __init__(self, encoding: str = "utf-8", spell: Callable[[str], str] = str) -> None:
        self._encoding, self._spell = encoding.removesuffix("-sig"), spell
        self._bytes, self._planted = bytearray(_BOMS.get(encoding, b"")), list[Planted]()

    def __len__(self) -> int:
        return len(self._bytes)

    def add(self, *pieces: Piece) -> None:
        """Values are spelled as the format has it; strings are the format's own."""
        for piece in pieces:
            if isinstance(piece, str):
                self._bytes += piece.encode(self._encoding)
                continue
            spelled = self._spell(piece.text).encode(self._encoding)
            self._planted.append(Planted(piece, {"offset": len(self._bytes), "length": len(spelled)}))
            self._bytes += spelled

    def tell(self, *pieces: Piece) -> None:
        """As ``add``, strings spelled, too."""
        for piece in pieces:
            self.add(self._spell(piece) if isinstance(piece, str) else piece)

    @property
    def made(self) -> Made:
        return bytes(self._bytes), self._planted


def txt(text: Text, encoding: str = "utf-8", newline: str = "\n") -> Made:
    """Signs that the encoding lacks may stand in no text for it."""
    out = Marked(encoding, lambda told: told.replace("\n", newline))
    for line in text.lines():
        out.add(*line, newline)
    return out.made


def md(text: Text) -> Made:
    out = Marked()
    out.add(f"# {text.title}\n\n")
    for line in text.lines():
        out.add(*line, "\n")
    return out.made


def csv(table: Table, separator: str = ";", encoding: str = "utf-8", *, quoted: bool = False) -> Made:
    """Cells with the separator in them are quoted, or all."""
    out = Marked(encoding)
    for row in (table.headings, *table.rows):
        for place, cell in enumerate(row):
            told = cell if isinstance(cell, str) else cell.text
            quote = '"' if quoted or separator in told else ""
            out.add(separator if place else "", quote, cell, quote)
        out.add("\r\n")
    return out.made


def json_rows(table: Table, *, ascii_only: bool = False) -> Made:
    out = Marked(spell=lambda text: json.dumps(text, ensure_ascii=ascii_only)[1:-1])
    out.add("[\n")
    for number, row in enumerate(table.rows):
        out.add(",\n  {" if number else "  {")
        for place, (heading, cell) in enumerate(zip(table.headings, row, strict=True)):
            out.add(", " if place else "", '"')
            out.tell(heading)
            out.add('": "')
            out.tell(cell)
            out.add('"')
        out.add("}")
    out.add("\n]\n")
    return out.made


def xml(table: Table) -> Made:
    out = Marked(spell=escape)
    out.add('<?xml version="1.0" encoding="UTF-8"?>\n<export>\n')
    tags = [re.sub(r"\W+", "_", heading).strip("_") for heading in table.headings]
    for row in table.rows:
        out.add("  <row>")
        for tag, cell in zip(tags, row, strict=True):
            out.add(f"<{tag}>")
            out.tell(cell)
            out.add(f"</{tag}>")
        out.add("</row>\n")
    out.add("</export>\n")
    return out.made


def html(text: Text, table: Table | None = None, *, hard_spaces: bool = False) -> Made:
    """Values may hold a cell's border, and with ``hard_spaces`` their spaces are ``&nbsp;``."""
    out = Marked(spell=_with_hard_spaces if hard_spaces else _in_html)
    out.add(f'<!doctype html>\n<html><head><meta charset="utf-8"><title>{escape(text.title)}</title>')
    out.add("<style>p { margin: 1.5em 0 }</style></head>\n<body>\n")
    for line in text.lines():
        out.add("<p>")
        _tell_unspaced(out, line)
        out.add("</p>\n")
    if table:
        _html_table(out, table)
    out.add("</body></html>\n")
    return out.made


def html_cells(lines: Sequence[tuple[str, Value]]) -> Made:
    """A row for each, the label in the first cell, the value in those after it."""
    out = Marked(spell=_in_html)
    out.add('<html><head><meta charset="utf-8"></head><body><table border="1">\n')
    for label, value in lines:
        out.add(f"<tr><td>{escape(label)}</td><td>", value, "</td></tr>\n")
    out.add("</table></body></html>\n")
    return out.made


def _html_table(out: Marked, table: Table) -> None:
    out.add("<table>\n<tr>", *(f"<th>{escape(heading)}</th>" for heading in table.headings), "</tr>\n")
    for row in table.rows:
        out.add("<tr>")
        for cell in row:
            out.add("<td>")
            out.tell(cell)
            out.add("</td>")
        out.add("</tr>\n")
    out.add("</table>\n")


def _tell_unspaced(out: Marked, line: Sequence[Piece]) -> None:
    for piece in line:
        out.add(escape(piece) if isinstance(piece, str) else piece)


def _in_html(text: str) -> str:
    return escape(text).replace(CELL_BREAK, "</td><td>")


def _with_hard_spaces(text: str) -> str:
    return escape(text).replace(" ", "&nbsp;")
