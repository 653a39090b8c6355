"""PDF files page by page: text, what stands in forms and notes, scanned pages; attached files come as members."""

import ctypes
from collections.abc import Iterator
from dataclasses import replace
from typing import Final

import pypdfium2
from pypdfium2 import raw

from tryggve.domains.datamap.engine.findings import NotScanned
from tryggve.domains.datamap.engine.reading import ocr, pdf_pages
from tryggve.domains.datamap.engine.reading.deceptive_letters import resolved
from tryggve.domains.datamap.engine.reading.parts import (
    HeldBytes,
    Limits,
    Member,
    NotRead,
    Part,
    Read,
    Reason,
    Source,
    as_file,
)
from tryggve.domains.datamap.engine.reading.pdf_pages import Page
from tryggve.domains.datamap.engine.reading.places import OnPage

# A page with less text and with an image is taken for a scanned one.
_FEWEST_LETTERS: Final = 20
_END: Final = b"%%EOF"
_WHERE_END_STANDS: Final = 2048


def read(source: Source, name: str, limits: Limits) -> Iterator[Read]:
    """Raises NotRead (encrypted, damaged). A file without its end is read as far as it goes: partly."""
    with _opened(source, limits) as document:
        if document.get_formtype() != raw.FORMTYPE_NONE:
            document.init_forms()
        yield from _pages(document, limits)
        yield from _attachments(document, limits)
    if _END not in source[max(source.size - _WHERE_END_STANDS, 0) : source.size]:
        yield NotScanned((), Reason.PARTLY)


def rehearse() -> None:
    """Load what is loaded when the first PDF is read."""
    with pypdfium2.PdfDocument.new() as document:
        document.new_page(100, 100).close()
        document.init_forms()
        with pdf_pages.opened(document, 0) as page:
            if page:
                page.text()
                page.picture()


def _opened(source: Source, limits: Limits) -> pypdfium2.PdfDocument:
    try:
        if source.size <= limits.held_bytes:
            return pypdfium2.PdfDocument(source[0 : source.size])
        return pypdfium2.PdfDocument(as_file(source), autoclose=True)
    except pypdfium2.PdfiumError as failure:
        is_closed = failure.err_code in (raw.FPDF_ERR_PASSWORD, raw.FPDF_ERR_SECURITY)
        raise NotRead(Reason.ENCRYPTED if is_closed else Reason.DAMAGED) from None


def _pages(document: pypdfium2.PdfDocument, limits: Limits) -> Iterator[Read]:
    reads_pictures, needs_ocr = ocr.is_wanted(limits), False
    for number in range(len(document)):
        with pdf_pages.opened(document, number) as page:
            if page is None:
                yield NotScanned((f"page {number + 1}",), Reason.DAMAGED)
                continue
            text, is_scanned = _text(page)
            pictured = ocr.text_in(page.picture()) if is_scanned and reads_pictures else ""
        needs_ocr |= is_scanned and not reads_pictures
        if text:
            yield _part(text, number)
        if pictured:
            yield replace(_part(pictured, number), is_pictured=True)
    if needs_ocr:
        yield NotScanned((), Reason.NEEDS_OCR)


def _part(text: str, number: int) -> Part:
    return Part(resolved(text.encode(errors="replace"))[0], OnPage(number + 1))


def _text(page: Page) -> tuple[str, bool]:
    """What the page says in letters, and whether the rest of it is a picture."""
    text = page.text().strip()
    is_scanned = len(text) < _FEWEST_LETTERS and page.has_image()
    return "\n".join(filter(None, [text, *page.annotations()])), is_scanned


def _attachments(document: pypdfium2.PdfDocument, limits: Limits) -> Iterator[Read]:
    for place in range(document.count_attachments()):
        try:
            attachment = document.get_attachment(place)
            name = attachment.get_name()
            size = ctypes.c_ulong()
            raw.FPDFAttachment_GetFile(attachment, None, 0, size)
            if size.value > limits.held_bytes:
                yield NotScanned((name,), Reason.TOO_LARGE)
                continue
            content = bytes(attachment.get_data())
        except pypdfium2.PdfiumError:
            yield NotScanned((f"attachment {place + 1}",), Reason.DAMAGED)
        else:
            yield Member(name, HeldBytes(content))
