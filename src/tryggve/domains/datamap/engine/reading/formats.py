"""Which format a file is in: by what it holds, and by its name only where text could be several things."""

import re
import zipfile
from collections.abc import Mapping
from enum import StrEnum, auto
from typing import Final

from tryggve.domains.datamap.engine.reading import encodings, ole_streams
from tryggve.domains.datamap.engine.reading.parts import NotRead, Reason, Source


class Format(StrEnum):
    """OOXML and ODF are texts and slides; spreadsheets of all makers are WORKBOOK, what is left of OLE is OLE."""

    TEXT = auto()
    JSON = auto()
    XML = auto()
    HTML = auto()
    RTF = auto()
    WORKBOOK = auto()
    OOXML = auto()
    ODF = auto()
    OLE = auto()
    PDF = auto()
    MAIL = auto()
    MBOX = auto()
    MSG = auto()
    CONTACTS_OR_CALENDAR = auto()
    ZIP = auto()
    TAR = auto()
    GZIP = auto()
    BZIP2 = auto()
    XZ = auto()
    SEVEN_ZIP = auto()
    PICTURE = auto()
    SQLITE = auto()


_HEAD: Final = 1 << 13
_SIGNATURES: Final = (
    (b"%PDF-", Format.PDF),
    (b"\x89PNG\r\n\x1a\n", Format.PICTURE),
    (b"\xff\xd8\xff", Format.PICTURE),
    (b"II*\x00", Format.PICTURE),
    (b"MM\x00*", Format.PICTURE),
    (b"\x1f\x8b\x08", Format.GZIP),
    *((b"BZh%d1AY&SY" % level, Format.BZIP2) for level in range(1, 10)),
    (b"\xfd7zXZ\x00", Format.XZ),
    (b"7z\xbc\xaf\x27\x1c", Format.SEVEN_ZIP),
    (b"SQLite format 3\x00", Format.SQLITE),
    (b"{\\rtf", Format.RTF),
)
_ZIP: Final = (b"PK\x03\x04", b"PK\x05\x06", b"PK00PK\x03\x04")
_HEIC: Final = re.compile(rb".{4}ftyp(?:hei[cmsx]|hev[cmsx]|mif1|msf1)", re.DOTALL)
_TAR_MARK: Final = 257
# Readers of PDF look for its mark this far into a file.
_PDF_MARK: Final = 1024
_MIMETYPE: Final = "application/vnd.oasis.opendocument."

_CONTROL: Final = bytes({*range(32), 127} - set(b"\t\n\r\f\v\b\x1a\x1b\0"))
_FEW_CONTROLS: Final = 2
_TOO_MANY_CONTROLS: Final = 0.02
_TOO_MANY_ZEROS: Final = 0.3

_HEADER: Final = (
    rb"(?:from|to|cc|subject|date|received|return-path|message-id|mime-version|delivered-to|reply-to"
    rb"|content-type|x-[a-z0-9-]+|dkim-signature|authentication-results|sender|arc-[a-z-]+)"
)
_FIELD: Final = rb"[!-9;-~]+[ \t]*:[^\n]*\n(?:[ \t][^\n]*\n)*"
_MAIL: Final = re.compile(rb"(?:%s)*?%s[ \t]*:[^\n]*\n" % (_FIELD, _HEADER), re.IGNORECASE)
_MAIL_NAMES: Final = re.compile(
    rb"^(from|to|subject|date|received|message-id|return-path)[ \t]*:", re.I | re.M
)
_FEWEST_FIELDS: Final = 2
_MBOX: Final = re.compile(rb"From [^\n]+\n(?:>?%s)" % _FIELD)
_CARDS: Final = re.compile(rb"\s*BEGIN[ \t]*:[ \t]*(?:VCARD|VCALENDAR)[ \t]*\r?\n", re.IGNORECASE)
_HTML: Final = re.compile(
    rb"\s*(?:<\?xml[^>]*>\s*)?(?:<!--.{0,2000}?-->\s*)*<(?:!doctype\s+html|html|head|body)\b", re.I | re.S
)
_XML: Final = re.compile(rb"\s*<\?xml\b", re.IGNORECASE)
_JSON: Final = re.compile(rb'\s*(?:\{\s*"(?:[^"\\]|\\.)*"\s*:|\[\s*[\[{"]|\{\s*\}|\[\s*\])')
_BY_NAME: Final[Mapping[str, Format]] = {
    ".json": Format.JSON,
    ".jsonl": Format.JSON,
    ".ndjson": Format.JSON,
    ".geojson": Format.JSON,
    ".xml": Format.XML,
    ".svg": Format.XML,
    ".htm": Format.HTML,
    ".html": Format.HTML,
    ".xhtml": Format.HTML,
    ".eml": Format.MAIL,
    ".mbox": Format.MBOX,
    ".vcf": Format.CONTACTS_OR_CALENDAR,
    ".ics": Format.CONTACTS_OR_CALENDAR,
}


def format_of(source: Source, name: str) -> Format:
    """Of a file that isn't empty; raises NotRead (unknown-format, encrypted, damaged)."""
    head = source[0:_HEAD]
    if head.startswith(ole_streams.SIGNATURE):
        return _ole_format(source)
    if head.startswith(_ZIP):
        return _zip_format(source)
    found = _by_signature(head, name)
    if found:
        return found
    encoding, mark = encodings.encoding_of(head)
    text = encodings.to_utf8(head[mark:], encoding)[0]
    if not _is_text(text):
        raise NotRead(Reason.UNKNOWN_FORMAT)
    return _text_format(text.replace(b"\r\n", b"\n"), name.lower())


def _by_signature(head: bytes, name: str) -> Format | None:
    for signature, found in _SIGNATURES:
        if head.startswith(signature):
            return found
    if _HEIC.match(head):
        return Format.PICTURE
    if head[_TAR_MARK:].startswith(b"ustar") or (name.lower().endswith(".tar") and b"\0" in head):
        return Format.TAR
    if b"%PDF-" in head[:_PDF_MARK]:
        return Format.PDF
    return None


def _ole_format(source: Source) -> Format:
    names = ole_streams.names_in(source)
    if names & {"encryptedpackage", "encryptedsummary"}:
        raise NotRead(Reason.ENCRYPTED)
    if names & {"workbook", "book"}:
        return Format.WORKBOOK
    return Format.MSG if "__properties_version1.0" in names else Format.OLE


def _zip_format(source: Source) -> Format:
    try:
        with source.opened() as file, zipfile.ZipFile(file) as packed:
            names = set(packed.namelist())
            kind = packed.read("mimetype").decode("ascii", "replace") if "mimetype" in names else ""
    except (zipfile.BadZipFile, RuntimeError, NotImplementedError, ValueError, OSError, EOFError):
        # What is still whole in it is for the reader of archives to find.
        return Format.ZIP
    if kind.startswith(_MIMETYPE):
        return Format.WORKBOOK if kind.startswith(_MIMETYPE + "spreadsheet") else Format.ODF
    folders = {part.replace("\\", "/").partition("/")[0].lower() for part in names}
    if not any(part.lower() == "[content_types].xml" for part in names):
        return Format.ZIP
    return Format.WORKBOOK if "xl" in folders else Format.OOXML if folders & {"word", "ppt"} else Format.ZIP


def _is_text(text: bytes) -> bool:
    controls = len(text) - len(text.translate(None, _CONTROL))
    return controls <= _FEW_CONTROLS + _TOO_MANY_CONTROLS * len(text) and text.count(
        b"\0"
    ) <= _TOO_MANY_ZEROS * len(text)


def _text_format(text: bytes, name: str) -> Format:
    if _CARDS.match(text):
        return Format.CONTACTS_OR_CALENDAR
    if _MBOX.match(text):
        return Format.MBOX
    if _HTML.match(text):
        return Format.HTML
    if _XML.match(text):
        return Format.XML
    if _is_mail(text):
        return Format.MAIL
    by_name = next((found for end, found in _BY_NAME.items() if name.endswith(end)), None)
    return by_name or (Format.JSON if _JSON.match(text) else Format.TEXT)


def _is_mail(text: bytes) -> bool:
    """Whether it begins with fields of a mail's header, two of the commonest among them, and a blank line ends them."""
    header, blank, _body = text.partition(b"\n\n")
    fields = {found.lower() for found in _MAIL_NAMES.findall(header)}
    return (
        bool(blank)
        and len(fields) >= _FEWEST_FIELDS
        and bool(re.fullmatch(rb"(?:%s)+" % _FIELD, header + b"\n"))
    )
