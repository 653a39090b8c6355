"""A workbook with one sheet of texts, written as it is read: nothing is kept, in memory or in a file.

The libraries that write XLSX hold every cell in memory or put the sheet into a temporary file, where nothing readable
may lie. What a sheet of texts takes of ECMA-376 Part 1 (SpreadsheetML, §18) fits here.
"""

import re
import zipfile
from collections.abc import Iterable, Iterator, Sequence
from xml.sax.saxutils import escape

from tryggve.domains.customers.engine.export.guarding import kept_through_import
from tryggve.lib.formulas import may_be_formula
from tryggve.lib.outlet import Outlet

_PIECE_BYTES = 64 * 1024
_TEXT, _GUARDED, _HEADING = 0, 1, 2
_MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006"
_TYPES = "application/vnd.openxmlformats-officedocument.spreadsheetml"
_XML = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
# XML has no such letters (XML 1.0 §2.2); a spreadsheet writes them, and what looks so, as ECMA-376 §22.9.2.19 says.
_NOT_IN_XML = re.compile(r"[\x00-\x08\x0b\x0c\x0d\x0e-\x1f\ufffe\uffff]|_(?=x[0-9A-Fa-f]{4}_)")

_PARTS = {
    "[Content_Types].xml": f'<Types xmlns="{_PACKAGE}/content-types">'
    '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
    '<Default Extension="xml" ContentType="application/xml"/>'
    f'<Override PartName="/xl/workbook.xml" ContentType="{_TYPES}.sheet.main+xml"/>'
    f'<Override PartName="/xl/styles.xml" ContentType="{_TYPES}.styles+xml"/>'
    f'<Override PartName="/xl/worksheets/sheet1.xml" ContentType="{_TYPES}.worksheet+xml"/></Types>',
    "_rels/.rels": f'<Relationships xmlns="{_PACKAGE}/relationships">'
    f'<Relationship Id="rId1" Type="{_OFFICE}/officeDocument" Target="xl/workbook.xml"/></Relationships>',
    "xl/_rels/workbook.xml.rels": f'<Relationships xmlns="{_PACKAGE}/relationships">'
    f'<Relationship Id="rId1" Type="{_OFFICE}/worksheet" Target="worksheets/sheet1.xml"/>'
    f'<Relationship Id="rId2" Type="{_OFFICE}/styles" Target="styles.xml"/></Relationships>',
    # Formats: text («@», 49); the same with the mark that it is text even when it is typed again; bold.
    "xl/styles.xml": f'<styleSheet xmlns="{_MAIN}">'
    '<fonts count="2"><font><sz val="11"/><name val="Calibri"/></font>'
    '<font><b/><sz val="11"/><name val="Calibri"/></font></fonts>'
    '<fills count="2"><fill><patternFill patternType="none"/></fill>'
    '<fill><patternFill patternType="gray125"/></fill></fills>'
    '<borders count="1"><border><left/><right/><top/><bottom/><diagonal/></border></borders>'
    '<cellStyleXfs count="1"><xf numFmtId="0" fontId="0" fillId="0" borderId="0"/></cellStyleXfs>'
    '<cellXfs count="3"><xf numFmtId="49" fontId="0" fillId="0" borderId="0" xfId="0" applyNumberFormat="1"/>'
    '<xf numFmtId="49" fontId="0" fillId="0" borderId="0" xfId="0" quotePrefix="1" applyNumberFormat="1"/>'
    '<xf numFmtId="49" fontId="1" fillId="0" borderId="0" xfId="0" applyNumberFormat="1" applyFont="1"/></cellXfs>'
    '<cellStyles count="1"><cellStyle name="Normal" xfId="0" builtinId="0"/></cellStyles></styleSheet>',
}
_SHEET_BEGINS = (
    f'{_XML}<worksheet xmlns="{_MAIN}"><sheetViews><sheetView workbookViewId="0">'
    '<pane ySplit="1" topLeftCell="A2" activePane="bottomLeft" state="frozen"/></sheetView></sheetViews>'
    '<sheetFormatPr defaultRowHeight="15"/>'
    '<cols><col min="1" max="16384" width="22" customWidth="1"/></cols><sheetData>'
)
_SHEET_ENDS = "</sheetData></worksheet>"


def pieces(rows: Iterable[Sequence[str]], *, title: str) -> Iterator[bytes]:
    """The rows as a workbook; the first are the headings. ``title`` names the sheet, in at most 31 letters."""
    outlet = Outlet()
    with zipfile.ZipFile(outlet, "w", zipfile.ZIP_DEFLATED) as package:
        for name, part in _PARTS.items():
            package.writestr(name, part if part.startswith("<?xml") else _XML + part)
        package.writestr("xl/workbook.xml", _workbook(title))
        with package.open("xl/worksheets/sheet1.xml", "w", force_zip64=True) as sheet:
            sheet.write(_SHEET_BEGINS.encode())
            for number, row in enumerate(rows, start=1):
                sheet.write(_row(number, row).encode())
                if len(outlet) > _PIECE_BYTES:
                    yield outlet.taken()
            sheet.write(_SHEET_ENDS.encode())
    yield outlet.taken()


def _workbook(title: str) -> str:
    named = escape(title[:31], {'"': "&quot;"})
    return (
        f'{_XML}<workbook xmlns="{_MAIN}" xmlns:r="{_OFFICE}">'
        f'<sheets><sheet name="{named}" sheetId="1" r:id="rId1"/></sheets></workbook>'
    )


def _row(number: int, cells: Sequence[str]) -> str:
    filled = (_cell(f"{_letters(place)}{number}", cell, number) for place, cell in enumerate(cells) if cell)
    return f'<row r="{number}">{"".join(filled)}</row>'


def _cell(place: str, cell: str, number: int) -> str:
    style = _HEADING if number == 1 else _GUARDED if may_be_formula(cell) else _TEXT
    text = escape(_NOT_IN_XML.sub(_as_code, kept_through_import(cell)))
    return f'<c r="{place}" s="{style}" t="inlineStr"><is><t xml:space="preserve">{text}</t></is></c>'


def _as_code(found: "re.Match[str]") -> str:
    return f"_x{ord(found[0]):04X}_"


def _letters(place: int) -> str:
    """The name of a column: A, B, …, Z, AA."""
    name = ""
    place += 1
    while place:
        place, rest = divmod(place - 1, 26)
        name = chr(ord("A") + rest) + name
    return name
