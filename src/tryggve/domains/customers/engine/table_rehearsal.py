"""Every kind of file is read once, from bytes of our own, so that all that reading needs is loaded."""

import io
import zipfile
from collections.abc import Iterator

from tryggve.domains.customers.engine.table_parts import parts_of

_LIST = "Namn;Ort\nÅsa;Örebro\n"
_ENCODINGS = ("utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "cp1252")
_NO_LETTER_OF_WINDOWS = b"\x81"
_MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006"
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_WORKBOOK = {
    "_rels/.rels": (
        f'<Relationships xmlns="{_PACKAGE}/relationships"><Relationship Id="a" '
        f'Type="{_OFFICE}/officeDocument" Target="xl/workbook.xml"/></Relationships>'
    ),
    "xl/workbook.xml": (
        f'<workbook xmlns="{_MAIN}" xmlns:r="{_OFFICE}"><sheets>'
        '<sheet name="List" sheetId="1" r:id="a"/></sheets></workbook>'
    ),
    "xl/_rels/workbook.xml.rels": (
        f'<Relationships xmlns="{_PACKAGE}/relationships"><Relationship Id="a" '
        f'Type="{_OFFICE}/worksheet" Target="worksheets/sheet1.xml"/>'
        f'<Relationship Id="b" Type="{_OFFICE}/styles" Target="styles.xml"/></Relationships>'
    ),
    "xl/styles.xml": (
        f'<styleSheet xmlns="{_MAIN}"><cellXfs><xf numFmtId="0"/><xf numFmtId="14"/></cellXfs></styleSheet>'
    ),
    "xl/worksheets/sheet1.xml": (
        f'<worksheet xmlns="{_MAIN}"><sheetData><row r="1"><c r="A1" t="inlineStr"><is><t>Åsa</t></is></c>'
        '<c r="B1"><v>1.5</v></c><c r="C1" s="1"><v>45000.5</v></c><c r="D1" t="b"><v>1</v></c>'
        '<c r="E1" t="e"><v>#N/A</v></c></row></sheetData></worksheet>'
    ),
}


def rehearse() -> None:
    """Read one small file of each kind and encoding, and one that can't be read."""
    for content in files():
        for _part in parts_of(io.BytesIO(content)):
            pass


def files() -> Iterator[bytes]:
    """The files that are read: the last is cut short."""
    yield from (_LIST.encode(encoding) for encoding in _ENCODINGS)
    yield _LIST.encode("cp1252") + _NO_LETTER_OF_WINDOWS
    book = io.BytesIO()
    with zipfile.ZipFile(book, "w", zipfile.ZIP_DEFLATED) as parts:
        for name, xml in _WORKBOOK.items():
            parts.writestr(name, xml)
    yield book.getvalue()
    yield book.getvalue()[:-1]
