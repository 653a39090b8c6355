"""Workbooks: xlsx, ods and xls, in which a place is told by sheet and cell."""

import struct
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from html import escape

from bench.mess.formats.compound import compound
from bench.mess.formats.packed import zipped
from bench.mess.values import Cell, Made, Planted, Table, Value

_DIGITS_OF_A_NUMBER = 15
_DATE_FORMAT = 14
_DATE_STYLE, _DATE_STYLE_OF_XLS = 1, 16
Number = tuple[int, bool]


def cell_name(column: int, row: int) -> str:
    """Both count from 0."""
    letters = ""
    column += 1
    while column:
        column, letter = divmod(column - 1, 26)
        letters = chr(65 + letter) + letters
    return f"{letters}{row + 1}"


def _number(cell: Cell) -> Number | None:
    """What a sheet makes of what is typed: a date becomes days, and digits a number without its leading zero."""
    text = cell if isinstance(cell, str) else cell.text
    if isinstance(cell, Value) and cell.days is not None:
        return cell.days, True
    if text.isascii() and text.isdigit() and len(text) <= _DIGITS_OF_A_NUMBER and not text.startswith("00"):
        return int(text), False
    return None


def _names(tables: Sequence[Table]) -> list[str]:
    return [f"{table.title[:24]} {number}" for number, table in enumerate(tables, 1)]


def _planted(tables: Sequence[Table]) -> list[Planted]:
    """The heading is the first row."""
    return [
        Planted(_as_shown(cell), {"sheet": name, "cell": cell_name(column, row)})
        for name, table in zip(_names(tables), tables, strict=True)
        for row, cells in enumerate(table.rows, 1)
        for column, cell in enumerate(cells)
        if isinstance(cell, Value)
    ]


def _as_shown(value: Value) -> Value:
    number = _number(value)
    return replace(value, text=str(number[0])) if number and not number[1] else value


def _rows(table: Table) -> Iterator[Sequence[Cell]]:
    yield table.headings
    yield from table.rows


def xlsx(tables: Sequence[Table]) -> Made:
    """ECMA-376, with shared strings as spreadsheet programs write them."""
    shared: dict[str, int] = {}
    kind = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
    main = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
    files = {
        "[Content_Types].xml": _content_types(len(tables)),
        "_rels/.rels": _relations([("officeDocument", "xl/workbook.xml")], kind),
    }
    sheets = "".join(
        f'<sheet name="{escape(name)}" sheetId="{number}" r:id="rId{number}"/>'
        for number, name in enumerate(_names(tables), 1)
    )
    files["xl/workbook.xml"] = (
        f'<workbook xmlns="{main}" xmlns:r="{kind}"><sheets>{sheets}</sheets></workbook>'
    )
    parts = [("worksheet", f"worksheets/sheet{number}.xml") for number in range(1, len(tables) + 1)]
    parts += [("sharedStrings", "sharedStrings.xml"), ("styles", "styles.xml")]
    files["xl/_rels/workbook.xml.rels"] = _relations(parts, kind)
    for number, table in enumerate(tables, 1):
        body = _sheet_rows(table, lambda cell, at: _xlsx_cell(cell, at, shared))
        files[f"xl/worksheets/sheet{number}.xml"] = (
            f'<worksheet xmlns="{main}"><sheetData>{body}</sheetData></worksheet>'
        )
    strings = "".join(f'<si><t xml:space="preserve">{escape(text, quote=False)}</t></si>' for text in shared)
    files["xl/sharedStrings.xml"] = (
        f'<sst xmlns="{main}" count="{len(shared)}" uniqueCount="{len(shared)}">{strings}</sst>'
    )
    files["xl/styles.xml"] = (
        f'<styleSheet xmlns="{main}"><fonts count="1"><font/></fonts><fills count="1"><fill/></fills>'
        '<borders count="1"><border/></borders><cellStyleXfs count="1"><xf/></cellStyleXfs><cellXfs count="2"><xf/>'
        f'<xf numFmtId="{_DATE_FORMAT}" applyNumberFormat="1"/></cellXfs></styleSheet>'
    )
    return zipped({name: _xml(text) for name, text in files.items()}), _planted(tables)


def _sheet_rows(table: Table, cell_xml: Callable[[Cell, str], str]) -> str:
    rows = []
    for row, cells in enumerate(_rows(table)):
        written = "".join(cell_xml(cell, cell_name(column, row)) for column, cell in enumerate(cells))
        rows.append(f'<row r="{row + 1}">{written}</row>')
    return "".join(rows)


def _xlsx_cell(cell: Cell, at: str, shared: dict[str, int]) -> str:
    if number := _number(cell):
        style = f' s="{_DATE_STYLE}"' if number[1] else ""
        return f'<c r="{at}"{style}><v>{number[0]}</v></c>'
    text = cell if isinstance(cell, str) else cell.text
    return f'<c r="{at}" t="s"><v>{shared.setdefault(text, len(shared))}</v></c>' if text else ""


def _content_types(sheets: int) -> str:
    kind = "application/vnd.openxmlformats-officedocument.spreadsheetml"
    parts = {
        "workbook": f"{kind}.sheet.main+xml",
        "sharedStrings": f"{kind}.sharedStrings+xml",
        "styles": f"{kind}.styles+xml",
    }
    parts |= {f"worksheets/sheet{number}": f"{kind}.worksheet+xml" for number in range(1, sheets + 1)}
    overrides = "".join(
        f'<Override PartName="/xl/{name}.xml" ContentType="{told}"/>' for name, told in parts.items()
    )
    return (
        '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
        '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        f'<Default Extension="xml" ContentType="application/xml"/>{overrides}</Types>'
    )


def _relations(parts: Sequence[tuple[str, str]], kind: str) -> str:
    told = "".join(
        f'<Relationship Id="rId{number}" Type="{kind}/{name}" Target="{target}"/>'
        for number, (name, target) in enumerate(parts, 1)
    )
    return f'<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">{told}</Relationships>'


def _xml(text: str) -> bytes:
    return f'<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n{text}'.encode()


_ODS = "urn:oasis:names:tc:opendocument:xmlns:"


def ods(tables: Sequence[Table]) -> Made:
    """OpenDocument."""
    body = "".join(
        f'<table:table table:name="{escape(name)}">{"".join(map(_ods_row, _rows(table)))}</table:table>'
        for name, table in zip(_names(tables), tables, strict=True)
    )
    spaces = "".join(f' xmlns:{name}="{_ODS}{name}:1.0"' for name in ("office", "table", "text"))
    content = (
        f'<office:document-content{spaces} office:version="1.2"><office:body><office:spreadsheet>{body}'
        "</office:spreadsheet></office:body></office:document-content>"
    )
    return open_document("application/vnd.oasis.opendocument.spreadsheet", content), _planted(tables)


def open_document(kind: str, content: str) -> bytes:
    manifest = (
        f'<manifest:manifest xmlns:manifest="{_ODS}manifest:1.0" manifest:version="1.2">'
        f'<manifest:file-entry manifest:full-path="/" manifest:media-type="{kind}"/>'
        '<manifest:file-entry manifest:full-path="content.xml" manifest:media-type="text/xml"/></manifest:manifest>'
    )
    files = {"mimetype": kind.encode(), "content.xml": _xml(content), "META-INF/manifest.xml": _xml(manifest)}
    return zipped(files, stored=["mimetype"])


def _ods_row(cells: Sequence[Cell]) -> str:
    return f"<table:table-row>{''.join(map(_ods_cell, cells))}</table:table-row>"


def _ods_cell(cell: Cell) -> str:
    text = cell if isinstance(cell, str) else cell.text
    told = 'office:value-type="string"'
    if isinstance(cell, Value) and cell.days is not None:
        day = f"{cell.value[:4]}-{cell.value[4:6]}-{cell.value[6:]}"
        told = f'office:value-type="date" office:date-value="{day}"'
    elif number := _number(cell):
        text = str(number[0])
        told = f'office:value-type="float" office:value="{text}"'
    return f"<table:table-cell {told}><text:p>{escape(text)}</text:p></table:table-cell>"


def xls(tables: Sequence[Table]) -> Made:
    """BIFF8 in a compound file: [MS-XLS]."""
    sheets = [_xls_sheet(table) for table in tables]
    begin = _bof(0x0005) + _record(0x0042, struct.pack("<H", 1200)) + _fonts_and_styles()
    size = len(begin) + sum(len(_bound_sheet(0, name)) for name in _names(tables)) + 4
    bound = b""
    for name, sheet in zip(_names(tables), sheets, strict=True):
        bound += _bound_sheet(size, name)
        size += len(sheet)
    return compound({"Workbook": begin + bound + _record(0x000A) + b"".join(sheets)}), _planted(tables)


def _record(kind: int, content: bytes = b"") -> bytes:
    return struct.pack("<HH", kind, len(content)) + content


def _bof(kind: int) -> bytes:
    return _record(0x0809, struct.pack("<HHHHII", 0x0600, kind, 0x0DBB, 0x07CC, 0, 6))


def _bound_sheet(at: int, name: str) -> bytes:
    return _record(0x0085, struct.pack("<IBBBB", at, 0, 0, len(name), 1) + name.encode("utf-16-le"))


def _fonts_and_styles() -> bytes:
    font = _record(0x0031, struct.pack("<HHHHHBBBBBB", 200, 0, 0x7FFF, 400, 0, 0, 0, 0, 0, 5, 0) + b"Arial")
    plain = struct.pack("<HHHBBBBIIH", 0, 0, 0xFFF5, 0x20, 0, 0, 0, 0, 0, 0x20C0)
    cells = [
        struct.pack("<HHHBBBBIIH", 0, form, 1, 0x20, 0, 0, 0, 0, 0, 0x20C0) for form in (0, _DATE_FORMAT)
    ]
    return font * 4 + _record(0x00E0, plain) * 15 + b"".join(_record(0x00E0, one) for one in cells)


def _xls_sheet(table: Table) -> bytes:
    records = [
        _bof(0x0010),
        _record(0x0200, struct.pack("<IIHHH", 0, len(table.rows) + 1, 0, len(table.headings), 0)),
    ]
    for row, cells in enumerate(_rows(table)):
        for column, cell in enumerate(cells):
            if number := _number(cell):
                style = _DATE_STYLE_OF_XLS if number[1] else 15
                records.append(_record(0x0203, struct.pack("<HHHd", row, column, style, number[0])))
            elif text := cell if isinstance(cell, str) else cell.text:
                told = struct.pack("<HHHHB", row, column, 15, len(text), 1) + text.encode("utf-16-le")
                records.append(_record(0x0204, told))
    return b"".join([*records, _record(0x000A)])
