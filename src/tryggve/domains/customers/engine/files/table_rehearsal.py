"""Every kind of file is read once, from bytes of our own, so that all that reading needs is loaded."""

import io
import struct
import zipfile
from collections.abc import Iterator, Mapping

from tryggve.domains.customers.engine.files.ole_parts import ole_file
from tryggve.domains.customers.engine.files.table_parts import parts_of
from tryggve.domains.customers.engine.files.vcard_values import CHARSETS

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
_ODF = "urn:oasis:names:tc:opendocument:xmlns"
_OPEN_DOCUMENT = {
    "mimetype": "application/vnd.oasis.opendocument.spreadsheet",
    "META-INF/manifest.xml": "<manifest/>",
    "content.xml": (
        f'<a xmlns:o="{_ODF}:office:1.0" xmlns:t="{_ODF}:table:1.0" xmlns:x="{_ODF}:text:1.0"><t:table><t:table-row>'
        '<t:table-cell o:value-type="string"><x:p>Åsa</x:p></t:table-cell>'
        '<t:table-cell o:value-type="date" o:date-value="2026-03-02"/></t:table-row></t:table></a>'
    ),
}
_BEGIN, _SHEET, _DATES, _NUMBER, _END = 0x0809, 0x0085, 0x00E0, 0x0203, 0x000A


def rehearse() -> None:
    """Read one small file of each kind and encoding, and one that can't be read."""
    for content in files():
        for _part in parts_of(io.BytesIO(content)):
            pass


def files() -> Iterator[bytes]:
    """The files that are read: the last is cut short."""
    yield from (_LIST.encode(encoding) for encoding in _ENCODINGS)
    yield _LIST.encode("cp1252") + _NO_LETTER_OF_WINDOWS
    yield _old_workbook()
    yield _packed(_OPEN_DOCUMENT)
    yield b"".join(map(_card, CHARSETS))
    yield _packed(_WORKBOOK)
    yield _packed(_WORKBOOK)[:-1]


def _packed(parts: Mapping[str, str]) -> bytes:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as file:
        for name, text in parts.items():
            file.writestr(name, text)
    return packed.getvalue()


def _old_workbook() -> bytes:
    begin, end = _record(_BEGIN, struct.pack("<HH12x", 0x0600, 5)), _record(_END, b"")
    general = begin + _record(_DATES, struct.pack("<HH16x", 0, 14))
    bound = _record(
        _SHEET, struct.pack("<IHBB", len(general) + 14 + len(end), 0, 1, 1) + "å".encode("utf-16-le")
    )
    sheet = begin + _record(_NUMBER, struct.pack("<HHHd", 0, 0, 0, 45000.5)) + end
    return ole_file("Workbook", general + bound + end + sheet)


def _record(kind: int, data: bytes) -> bytes:
    return struct.pack("<HH", kind, len(data)) + data


def _card(charset: str) -> bytes:
    text = f"FN;CHARSET={charset};ENCODING=QUOTED-PRINTABLE:A=62".encode()
    return b"BEGIN:VCARD\n" + text + b"\nNOTE;ENCODING=B:QQ==\nTEL:\x81\nEND:VCARD\n"
