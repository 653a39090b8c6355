"""PDF: pages of text, pages that are pictures, and encrypted ones. ISO 32000-1; a place is a page, from 1."""

import zlib
from collections.abc import Sequence

from bench.mess.values import Cell, Made, Phrase, Piece, Planted, Table, Text, values_of, wrapped

_WIDTH, _HEIGHT = 595, 842
_LEFT, _TOP, _LEADING = 40, 800, 14
_LINES = 52
_LETTERS = 96
_COLUMN = 180
_COLUMNS = 3
_FONT = b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding >>"

Line = Sequence[tuple[int, Phrase]]


class _Objects:
    def __init__(self) -> None:
        self._objects = list[bytes]()

    def add(self, content: bytes) -> int:
        self._objects.append(content)
        return len(self._objects)

    def stream(self, told: bytes, content: bytes) -> int:
        return self.add(b"<< %s /Length %d >>\nstream\n%s\nendstream" % (told, len(content), content))

    def file(self, root: int, trailer: bytes = b"") -> bytes:
        out, places = bytearray(b"%PDF-1.6\n%\xe2\xe3\xcf\xd3\n"), []
        for number, content in enumerate(self._objects, 1):
            places.append(len(out))
            out += b"%d 0 obj\n%s\nendobj\n" % (number, content)
        begin = len(out)
        out += b"xref\n0 %d\n0000000000 65535 f \n" % (len(places) + 1)
        out += b"".join(b"%010d 00000 n \n" % place for place in places)
        size = len(places) + 1
        return bytes(out) + b"trailer\n<< /Size %d /Root %d 0 R %s >>\nstartxref\n%d\n%%%%EOF\n" % (
            size, root, trailer, begin
        )  # fmt: skip


def pdf(text: Text, table: Table | None = None) -> Made:
    """Columns of the table stand where they stand: of wide ones as many as there is room for, then the rest below."""
    lines: list[Line] = []
    for line in text.lines():
        lines += [[(_LEFT, part)] for part in wrapped(line, _LETTERS)] or [[]]
    if table:
        lines += _table_lines(table)
    pages = [lines[at : at + _LINES] for at in range(0, len(lines), _LINES)]
    planted = [
        Planted(value, {"page": number})
        for number, page in enumerate(pages, 1)
        for line in page
        for _place, phrase in line
        for value in values_of(phrase)
    ]
    return _document([_operators(page) for page in pages]), planted


def _table_lines(table: Table) -> list[Line]:
    rows: list[Sequence[Cell]] = [table.headings, *table.rows]
    lines: list[Line] = []
    for first in range(0, len(table.headings), _COLUMNS):
        for row in rows:
            lines.append(
                [
                    (_LEFT + _COLUMN * place, (cell,))
                    for place, cell in enumerate(row[first : first + _COLUMNS])
                ]
            )
        lines.append([])
    return lines


def _operators(page: Sequence[Line]) -> bytes:
    size = 6 if any(len(line) > 1 for line in page) else 10
    out = [b"BT /F1 %d Tf" % size]
    for number, line in enumerate(page):
        for place, phrase in line:
            out.append(
                b"1 0 0 1 %d %d Tm (%s) Tj"
                % (place, _TOP - number * _LEADING, b"".join(map(_string, phrase)))
            )
    return b"\n".join([*out, b"ET"])


def _string(piece: Piece) -> bytes:
    spelled = (piece if isinstance(piece, str) else piece.text).encode("cp1252")
    return spelled.replace(b"\\", b"\\\\").replace(b"(", b"\\(").replace(b")", b"\\)")


def _document(contents: Sequence[bytes]) -> bytes:
    objects = _Objects()
    font = objects.add(_FONT)
    streams = [objects.stream(b"/Filter /FlateDecode", zlib.compress(content)) for content in contents]
    resources = b"<< /Font << /F1 %d 0 R >> >>" % font
    return objects.file(_root(objects, [(stream, resources) for stream in streams]))


def _root(objects: _Objects, pages: Sequence[tuple[int, bytes]]) -> int:
    """The catalogue over the pages."""
    parent = len(pages) + objects.add(b"null") + 1
    numbers = [
        objects.add(
            b"<< /Type /Page /Parent %d 0 R /MediaBox [0 0 %d %d] /Contents %d 0 R /Resources %s >>"
            % (parent, _WIDTH, _HEIGHT, stream, resources)
        )
        for stream, resources in pages
    ]
    kids = b" ".join(b"%d 0 R" % number for number in numbers)
    tree = objects.add(b"<< /Type /Pages /Count %d /Kids [%s] >>" % (len(numbers), kids))
    return objects.add(b"<< /Type /Catalog /Pages %d 0 R >>" % tree)


def pdf_of_pictures(pictures: Sequence[tuple[bytes, int, int]]) -> bytes:
    """A page for each: JPEG in grey, with its width and height. No text to read but by eye."""
    objects, pages = _Objects(), []
    for jpeg, width, height in pictures:
        told = (
            b"/Type /XObject /Subtype /Image /ColorSpace /DeviceGray /BitsPerComponent 8 /Filter /DCTDecode"
        )
        image = objects.stream(b"%s /Width %d /Height %d" % (told, width, height), jpeg)
        stream = objects.stream(b"", b"q %d 0 0 %d 0 0 cm /I1 Do Q" % (_WIDTH, _HEIGHT))
        pages.append((stream, b"<< /XObject << /I1 %d 0 R >> >>" % image))
    return objects.file(_root(objects, pages))


def encrypted_pdf(noise: bytes) -> bytes:
    """As one that nobody has the password of: what tells whether it is right is noise, as is the page."""
    objects = _Objects()
    stream = objects.stream(b"", noise)
    root = _root(objects, [(stream, b"<< >>")])
    owner, user = noise[:32].hex().encode(), noise[32:64].hex().encode()
    rules = b"<< /Filter /Standard /V 2 /R 3 /Length 128 /P -44 /O <%s> /U <%s> >>" % (owner, user)
    encrypt, name = objects.add(rules), noise[:16].hex().encode()
    return objects.file(root, b"/Encrypt %d 0 R /ID [<%s> <%s>]" % (encrypt, name, name))
