from tryggve.domains.customers.engine import zip_parts

_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
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
_OFFICE_PARTS = {"xl/workbook.xml": "xlsx", "xl/workbook.bin": "xlsb_not_yet", "content.xml": "ods_not_yet"}


def format_of(data: bytes) -> str:
    """Which format the bytes are in: «xlsx», «text», or the code of the reason why they can't be read.

    Raises UnreadableFile (truncated).
    """
    if data.startswith(_OLE):
        return _ole_format(data)
    if data.startswith(_ZIP):
        return _zip_format(data)
    if data.startswith(_BINARY):
        return "binary"
    if data[:64].lstrip(b"\xef\xbb\xbf \r\n").upper().startswith(b"BEGIN:VCARD"):
        return "vcard_not_yet"
    return "text"


def _ole_format(data: bytes) -> str:
    if "EncryptedPackage".encode("utf-16-le") in data:
        return "password_protected"
    is_workbook = any(name.encode("utf-16-le") in data for name in ("Workbook", "Book"))
    return "xls_not_yet" if is_workbook else "binary"


def _zip_format(data: bytes) -> str:
    names = zip_parts.names_in(data)
    return next((format_ for part, format_ in _OFFICE_PARTS.items() if part in names), "no_table")
