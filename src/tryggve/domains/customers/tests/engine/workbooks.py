import io
import re
import zipfile
from collections.abc import Callable, Sequence
from typing import Any

import openpyxl


def workbook(*sheets: Sequence[Sequence[Any]]) -> bytes:
    """An XLSX file with these rows on its sheets."""
    book = openpyxl.Workbook()
    book.remove(book.worksheets[0])
    for number, rows in enumerate(sheets, start=1):
        sheet = book.create_sheet(f"Blad {number}")
        for row in rows:
            sheet.append(list(row))
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def with_part(data: bytes, name: str, change: Callable[[bytes], bytes]) -> bytes:
    """The same file with one part changed."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new:
        for part in old.namelist():
            new.writestr(part, change(old.read(part)) if part == name else old.read(part))
    return out.getvalue()


def with_sheet(data: bytes, pattern: bytes, replacement: bytes) -> bytes:
    """The same file with its first sheet's XML changed; the pattern must occur."""

    def change(xml: bytes) -> bytes:
        changed, count = re.subn(pattern, replacement, xml)
        assert count
        return changed

    return with_part(data, "xl/worksheets/sheet1.xml", change)
