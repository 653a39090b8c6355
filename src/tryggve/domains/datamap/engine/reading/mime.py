"""The parts of a mail and what they hold (RFC 5322, 2045 to 2047, 2231), as found in the bytes.

Only headers go through the standard library's parser: for bodies it makes an object of every line, six times the
memory and ten times the time. Whatever breaks the rules is read as far as it can be.
"""

import binascii
import codecs
import quopri
import re
from collections.abc import Iterator
from dataclasses import dataclass
from email.errors import HeaderParseError
from email.header import decode_header
from email.message import Message
from email.parser import HeaderParser
from email.policy import compat32
from typing import Final

from tryggve.domains.datamap.engine.reading import encodings
from tryggve.domains.datamap.engine.reading.parts import NotRead, Reason

_BLANK_LINE: Final = re.compile(rb"\r?\n\r?\n")
_LINE_END: Final = re.compile(rb"\r?\n")
_FIELD: Final = re.compile(rb"[!-9;-~]+[ \t]*:|>?From ")
_MOST_HEADER_BYTES: Final = 1 << 20
_DEEPEST: Final = 30
_ONE_BYTE: Final = re.compile(r"ascii|iso8859-|cp125|cp437|cp8[56]|koi8-|mac-")
_NOT_BASE64: Final = re.compile(rb"[^A-Za-z0-9+/]")
_headers = HeaderParser(policy=compat32)


@dataclass(frozen=True, slots=True)
class Entity:
    """A mail, or one part of it; its body lies between ``begin`` and ``end``."""

    fields: Message
    raw: bytes
    begin: int
    end: int

    @property
    def content_type(self) -> str:
        return self.fields.get_content_type()

    @property
    def file_name(self) -> str:
        told = self.fields.get_filename()
        return words(told) if told else ""

    def content(self) -> bytes:
        """Its body, decoded."""
        body = self.raw[self.begin : self.end]
        match str(self.fields.get("content-transfer-encoding", "")).strip().lower():
            case "base64":
                return _from_base64(body)
            case "quoted-printable":
                return quopri.decodestring(body)
        return body

    def text(self) -> bytes:
        """The same as UTF-8, for a text."""
        return utf8(self.content(), self.fields.get_content_charset() or encodings.UTF8)


def entity(raw: bytes, begin: int = 0, end: int | None = None) -> Entity:
    """What lies there, its header first."""
    end = len(raw) if end is None else end
    if not _FIELD.match(raw, begin, end):
        blank = _LINE_END.match(raw, begin, end)
        return Entity(Message(), raw, blank.end() if blank else begin, end)
    most = min(end, begin + _MOST_HEADER_BYTES)
    blank = _BLANK_LINE.search(raw, begin, most)
    body = blank.end() if blank else most
    # Letters that aren't ASCII are against the rules, and the parser of bytes gives objects in place of such fields.
    header = encodings.to_utf8(raw[begin:body], encodings.UTF8)[0].decode(errors="replace")
    return Entity(_headers.parsestr(header), raw, body, end)


def leaves(mail: Entity, depth: int = 0) -> Iterator[Entity]:
    """Its parts that have no parts; those of an encrypted one are left together. Raises NotRead (too-deep)."""
    if depth > _DEEPEST:
        raise NotRead(Reason.TOO_DEEP)
    boundary = mail.fields.get_boundary()
    if not boundary or not is_divided(mail):
        yield mail
        return
    sections = list(_sections(mail, boundary.encode(errors="replace")))
    for begin, end in sections:
        yield from leaves(entity(mail.raw, begin, end), depth + 1)
    if not sections:
        yield mail


def is_divided(mail: Entity) -> bool:
    return mail.fields.get_content_maintype() == "multipart" and mail.content_type != "multipart/encrypted"


def words(field: str) -> str:
    """A field of a header as people read it."""
    try:
        pieces = decode_header(field) if "=?" in field else [(field, None)]
    except (HeaderParseError, ValueError):
        pieces = [(field, None)]
    return "".join(_decoded(piece, charset or encodings.UTF8) for piece, charset in pieces)


def utf8(raw: bytes, charset: str) -> bytes:
    """Text in any encoding that Python knows; else what it most likely is."""
    try:
        name = codecs.lookup(charset).name
        if name != encodings.UTF8 and not _ONE_BYTE.match(name):
            return raw.decode(name, "replace").encode(errors="replace")
        known = encodings.one_byte_encoding(name)
    except (LookupError, ValueError):
        known = encodings.UTF8
    return encodings.to_utf8(raw, known)[0]


def _decoded(piece: str | bytes, charset: str) -> str:
    raw = piece if isinstance(piece, bytes) else piece.encode(errors="replace")
    return utf8(raw, charset).decode(errors="replace")


def _sections(mail: Entity, boundary: bytes) -> Iterator[tuple[int, int]]:
    """Where each part begins and ends. The last may have no end: then it is that of the mail."""
    delimiter = re.compile(rb"\r?\n--" + re.escape(boundary) + rb"(--)?[ \t]*(?:\r?\n|\Z)")
    start = None
    # The line end before the first is that of the header.
    at = max(mail.begin - 2, 0)
    while found := delimiter.search(mail.raw, at, mail.end):
        if start is not None:
            yield start, max(found.start(), start)
        if found[1]:
            return
        start = found.end()
        at = start - len(b"\r\n")
    if start is not None:
        yield start, mail.end


def _from_base64(body: bytes) -> bytes:
    """As much as there is of it."""
    try:
        return binascii.a2b_base64(body)
    except binascii.Error:
        letters = _NOT_BASE64.sub(b"", body)
        return binascii.a2b_base64(letters[: len(letters) // 4 * 4])
