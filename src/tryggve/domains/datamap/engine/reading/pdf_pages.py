"""What one page of a PDF file holds, asked of PDFium without its Python objects, which take as long again."""

import ctypes
import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any, Final

import numpy as np
import pypdfium2
from numpy.typing import NDArray
from pypdfium2 import raw

_POINTS_PER_INCH: Final = 72
_DOTS_PER_INCH: Final = 200
_MOST_DOTS_A_SIDE: Final = 3000
_MOST_OBJECTS_LOOKED_AT: Final = 1000
_BYTES_A_DOT: Final = 4
_WHITE: Final = 0xFFFFFFFF
# How PDFium writes the hyphen of a word that goes on in the next line, and letters that have no code.
_LETTERS: Final = {"\x02": "-", "\ufffe": "-", "\uffff": " ", "\0": " "}
_SPACE: Final = re.compile(" ")


class Page:
    """``handle`` of FPDF_LoadPage, ``form`` of the document's form environment or None."""

    def __init__(self, handle: Any, form: Any) -> None:
        self._handle, self._form = handle, form

    def text(self) -> str:
        loaded = raw.FPDFText_LoadPage(self._handle)
        if not loaded:
            return ""
        try:
            size = raw.FPDFText_CountChars(loaded) + 1
            letters = (ctypes.c_ushort * size)()
            given = raw.FPDFText_GetText(loaded, 0, size - 1, letters)
            text = bytes(letters)[: 2 * max(given - 1, 0)].decode("utf-16-le", "replace")
            text = _with_tabs(text, loaded)
        finally:
            raw.FPDFText_ClosePage(loaded)
        for odd, usual in _LETTERS.items():
            text = text.replace(odd, usual)
        return text

    def annotations(self) -> Iterator[str]:
        """What fields of a form are called and filled with, and what notes say."""
        for place in range(raw.FPDFPage_GetAnnotCount(self._handle)):
            annotation = raw.FPDFPage_GetAnnot(self._handle, place)
            if annotation:
                try:
                    yield self._said_by(annotation)
                finally:
                    raw.FPDFPage_CloseAnnot(annotation)

    def has_image(self) -> bool:
        """Whether one lies on the page or in a group on it."""
        looked_at = 0
        groups: list[tuple[Callable[[Any], int], Callable[[Any, int], Any], Any]] = [
            (raw.FPDFPage_CountObjects, raw.FPDFPage_GetObject, self._handle)
        ]
        while groups:
            count, get, group = groups.pop()
            for place in range(count(group)):
                looked_at += 1
                found = get(group, place)
                kind = raw.FPDFPageObj_GetType(found)
                if kind == raw.FPDF_PAGEOBJ_IMAGE:
                    return True
                if looked_at > _MOST_OBJECTS_LOOKED_AT:
                    return False
                if kind == raw.FPDF_PAGEOBJ_FORM:
                    groups.append((raw.FPDFFormObj_CountObjects, raw.FPDFFormObj_GetObject, found))
        return False

    def picture(self) -> NDArray[np.uint8]:
        """As it would be printed: rows, columns, and blue, green, red of each dot. Raises MemoryError."""
        width, height = raw.FPDF_GetPageWidthF(self._handle), raw.FPDF_GetPageHeightF(self._handle)
        scale = min(_DOTS_PER_INCH / _POINTS_PER_INCH, _MOST_DOTS_A_SIDE / max(width, height, 1))
        columns, rows = max(round(width * scale), 1), max(round(height * scale), 1)
        dots = np.full((rows, columns, _BYTES_A_DOT), 255, np.uint8)
        bitmap = raw.FPDFBitmap_CreateEx(
            columns, rows, raw.FPDFBitmap_BGRx, dots.ctypes.data, columns * _BYTES_A_DOT
        )
        if not bitmap:
            raise MemoryError
        try:
            raw.FPDF_RenderPageBitmap(bitmap, self._handle, 0, 0, columns, rows, 0, raw.FPDF_ANNOT)
        finally:
            raw.FPDFBitmap_Destroy(bitmap)
        return np.ascontiguousarray(dots[:, :, :3])

    def _said_by(self, annotation: Any) -> str:
        if raw.FPDFAnnot_GetSubtype(annotation) != raw.FPDF_ANNOT_WIDGET:
            return _string(lambda *room: raw.FPDFAnnot_GetStringValue(annotation, b"Contents", *room))
        if self._form is None:
            return ""
        name = _string(lambda *room: raw.FPDFAnnot_GetFormFieldName(self._form, annotation, *room))
        value = _string(lambda *room: raw.FPDFAnnot_GetFormFieldValue(self._form, annotation, *room))
        return f"{name}: {value}" if value else ""


@contextmanager
def opened(document: pypdfium2.PdfDocument, number: int) -> Iterator[Page | None]:
    """The page with this number, from zero; None if it is damaged."""
    handle = raw.FPDF_LoadPage(document.raw, number)
    try:
        yield Page(handle, document.formenv.raw if document.formenv else None) if handle else None
    finally:
        if handle:
            raw.FPDF_ClosePage(handle)


def _with_tabs(text: str, loaded: Any) -> str:
    """Cells of a table stand far from each other, with nothing between that the file holds: PDFium says one space.

    A page with no more pieces of text than lines has none, which takes one question instead of one a space.
    """
    if raw.FPDFText_CountRects(loaded, 0, -1) <= text.count("\n") + 1:
        return text
    letters = list(text)
    for space in (found.start() for found in _SPACE.finditer(text)):
        place = raw.FPDFText_GetCharIndexFromTextIndex(loaded, space)
        if place > 0 and raw.FPDFText_IsGenerated(loaded, place) == 1 and _is_wide(loaded, place):
            letters[space] = "\t"
    return "".join(letters)


def _is_wide(loaded: Any, place: int) -> bool:
    """Whether what is left free there is wider than a line of its letters is high: no justified text leaves as much."""
    before, after = raw.FS_RECTF(), raw.FS_RECTF()
    if not raw.FPDFText_GetLooseCharBox(loaded, place - 1, before):
        return False
    if not raw.FPDFText_GetLooseCharBox(loaded, place + 1, after):
        return False
    return bool(after.left - before.right > abs(before.top - before.bottom))


def _string(asked: Callable[..., int]) -> str:
    """PDFium first tells how many bytes it needs, then fills them."""
    size = asked(None, 0)
    letters = (ctypes.c_ushort * (size // 2 + 1))()
    asked(letters, size)
    return bytes(letters)[: max(size - 2, 0)].decode("utf-16-le", "replace")
