"""PDF files as small as can be, written by hand."""

import zlib
from collections.abc import Sequence

import numpy as np
import pypdfium2
from numpy.typing import NDArray

_FONT = b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding >>"


def pdf(*pages: bytes, catalog: bytes = b"", trailer: bytes = b"", objects: Sequence[bytes] = ()) -> bytes:
    """``pages``: what stands in the dictionary of each; ``objects`` have the numbers from 4 on."""
    first = 4 + len(objects)
    kids = b" ".join(b"%d 0 R" % (first + place) for place in range(len(pages)))
    listed = [
        b"<< /Type /Catalog /Pages 2 0 R %s >>" % catalog,
        b"<< /Type /Pages /Count %d /Kids [%s] >>" % (len(pages), kids),
        _FONT,
        *objects,
        *(b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] %s >>" % page for page in pages),
    ]
    return _file(listed, trailer)


def _file(listed: Sequence[bytes], trailer: bytes) -> bytes:
    content, places = b"%PDF-1.7\n", []
    for number, body in enumerate(listed, 1):
        places.append(len(content))
        content += b"%d 0 obj\n%s\nendobj\n" % (number, body)
    table = b"".join(b"%010d 00000 n \n" % place for place in places)
    return (
        content
        + b"xref\n0 %d\n0000000000 65535 f \n%strailer\n<< /Size %d /Root 1 0 R %s >>\nstartxref\n%d\n%%%%EOF\n"
        % (
            len(places) + 1,
            table,
            len(places) + 1,
            trailer,
            len(content),
        )
    )


def stream(content: bytes, dictionary: bytes = b"") -> bytes:
    packed = zlib.compress(content)
    return b"<< %s /Filter /FlateDecode /Length %d >>\nstream\n%s\nendstream" % (
        dictionary,
        len(packed),
        packed,
    )


def drawn(lines: Sequence[str]) -> bytes:
    """What draws these lines of text."""
    shown = (
        line.encode("cp1252").replace(b"\\", rb"\\").replace(b"(", rb"\(").replace(b")", rb"\)")
        for line in lines
    )
    return b"BT /F 11 Tf 40 800 Td 14 TL %s ET" % b" ".join(b"(%s) Tj T*" % line for line in shown)


def row(*cells: str, width: int) -> bytes:
    """A page with one row of a table: every cell that many points from the one before, and nothing between them."""
    shown = b" ".join(b"(%s) Tj %d 0 Td" % (cell.encode("cp1252"), width) for cell in cells)
    contents = stream(b"BT /F 11 Tf 40 800 Td %s ET" % shown)
    return pdf(b"/Contents 4 0 R /Resources << /Font << /F 3 0 R >> >>", objects=[contents])


def with_text(
    *pages: Sequence[str], catalog: bytes = b"", trailer: bytes = b"", more: Sequence[bytes] = ()
) -> bytes:
    """Lines of text on each page; ``more`` objects have the numbers after those of the pages' texts, from 4 on."""
    texts = [stream(drawn(lines)) for lines in pages]
    dictionaries = [
        b"/Contents %d 0 R /Resources << /Font << /F 3 0 R >> >>" % (4 + place) for place in range(len(pages))
    ]
    return pdf(*dictionaries, catalog=catalog, trailer=trailer, objects=[*texts, *more])


def scanned(rows: int, columns: int, dots: bytes, *, is_grouped: bool = False) -> bytes:
    """A page that is a picture, in a group or not: ``dots`` are one byte each, black to white."""
    image = stream(
        dots,
        b"/Type /XObject /Subtype /Image /Width %d /Height %d /ColorSpace /DeviceGray /BitsPerComponent 8"
        % (columns, rows),
    )
    shown = b"q 595 0 0 %d 0 %d cm /I Do Q" % (595 * rows // columns, 842 - 595 * rows // columns)
    resources = b"/Resources << /XObject << /I 4 0 R /G 6 0 R >> >>"
    group = stream(shown, b"/Type /XObject /Subtype /Form /BBox [0 0 595 842] " + resources)
    content = stream(b"/G Do" if is_grouped else shown)
    return pdf(b"/Contents 5 0 R " + resources, objects=[image, content, group])


def picture_of(*lines: str) -> NDArray[np.uint8]:
    """The top of a page with these lines, one number a dot, as it would be printed."""
    with pypdfium2.PdfDocument(with_text(lines)) as document:
        dots = document[0].render(scale=200 / 72, grayscale=True).to_numpy()
    return np.ascontiguousarray(dots[60 : 150 + 40 * len(lines), 60:1300].reshape(-1, 1240))


def scan_of(*lines: str) -> bytes:
    picture = picture_of(*lines)
    rows, columns = picture.shape
    return scanned(rows, columns, picture.tobytes())
