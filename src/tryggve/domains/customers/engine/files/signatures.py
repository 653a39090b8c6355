import re

from tryggve.domains.customers.engine.files import ole_parts, zip_parts
from tryggve.domains.customers.engine.files.xls_table import BOOKS

_ZIP = b"PK\x03\x04"
_BINARY = (
    b"%PDF-",
    b"\x89PNG",
    b"\xff\xd8\xff",
    b"GIF8",
    b"\x1f\x8b",
    b"7z\xbc\xaf\x27\x1c",
    b"Rar!",
    b"{\\rtf",
    b"SQLite format 3\x00",
    b"\x7fELF",
    b"MZ\x90",
    b"PK\x05\x06",
)
_OFFICE_PARTS = {
    "xl/workbook.xml": "xlsx",
    "xl/workbook.bin": "xlsb_not_yet",
    "content.xml": "ods",
    "encrypted-package": "password_protected",
}
# How far into a file the first contact card may begin.
_SEARCHED_FOR_CARD = 65_536
_CARD = re.compile(
    rb"^[ \t\xfe\xff\xef\xbb\xbf]*BEGIN[ \t]*:[ \t]*VCARD[ \t]*$", re.IGNORECASE | re.MULTILINE
)


def format_of(data: bytes) -> str:
    """Which format the bytes are in: one that is read, or the code of the reason why they can't be.

    Raises UnreadableFile (truncated, damaged).
    """
    if data.startswith(ole_parts.SIGNATURE):
        return _ole_format(data)
    if data.startswith(_ZIP):
        return _zip_format(data)
    if data.startswith(_BINARY):
        return "binary"
    # Without its zeros western text in two bytes a letter is searched like any other.
    if _CARD.search(data[:_SEARCHED_FOR_CARD].replace(b"\0", b"").replace(b"\r", b"\n")):
        return "vcard"
    return "text"


def _ole_format(data: bytes) -> str:
    names = ole_parts.OleParts(data).names
    if "encryptedpackage" in names:
        return "password_protected"
    return "xls" if not names.isdisjoint(BOOKS) else "binary"


def _zip_format(data: bytes) -> str:
    names = zip_parts.names_in(data)
    return next((format_ for part, format_ in _OFFICE_PARTS.items() if part in names), "no_table")
