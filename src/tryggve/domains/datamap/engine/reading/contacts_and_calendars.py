"""vCard (versions 2.1, 3.0: RFC 2426, 4.0: RFC 6350) and iCalendar (RFC 5545): lines are unfolded and decoded.

What lies in them as base64 (photographs, keys, attached files) is no text; files attached to events come as members.
"""

import binascii
import quopri
import re
from collections.abc import Iterator
from typing import Final

from tryggve.domains.datamap.engine.findings import NotScanned
from tryggve.domains.datamap.engine.reading import encodings, plain_text
from tryggve.domains.datamap.engine.reading.offset_map import Edits, edited
from tryggve.domains.datamap.engine.reading.parts import (
    HeldBytes,
    Limits,
    Member,
    Read,
    Reason,
    Source,
)

_PARAMETERS: Final = rb"((?:;(?:[^:;\r\n\"]++|\"[^\"\r\n]*\"|\r?\n[ \t])*+)*+):"
_PROPERTY: Final = re.compile(rb"^[\w.-]++" + _PARAMETERS, re.MULTILINE)
_ATTACHED: Final = re.compile(rb"^ATTACH" + _PARAMETERS, re.MULTILINE | re.IGNORECASE)
_BASE64: Final = re.compile(rb"^;(?:[^\n]*;)?(?:ENCODING=)?(?:B|BASE64)(?:;|$)", re.IGNORECASE)
_QUOTED_PRINTABLE: Final = re.compile(rb"^;(?:[^\n]*;)?(?:ENCODING=)?QUOTED-PRINTABLE(?:;|$)", re.IGNORECASE)
_CHARSET: Final = re.compile(rb";CHARSET=\"?([\w.:-]+)", re.IGNORECASE)
_DATA_ADDRESS: Final = re.compile(rb"data:[\w/+.-]*;base64,", re.IGNORECASE)
_FOLDED: Final = re.compile(rb"\r?\n[ \t]")
# A soft line break of quoted-printable ends in an equals sign, and what follows belongs to the value.
_FOLDED_QUOTED: Final = re.compile(rb"(?<!=)(?<!=\r)\r?\n[ \t]")
_QUOTED_VALUE: Final = re.compile(rb"(?:[^\r\n]*=\r?\n)*[^\r\n]*(?:\r?\n[ \t][^\r\n]*)*")
_VALUE: Final = re.compile(rb"[^\r\n]*(?:\r?\n[ \t][^\r\n]*)*")
_CHANGED_INSIDE: Final = re.compile(rb"\r?\n[ \t]|\\([nN,;:\\])")
# The rest of something whose beginning stood in the piece before.
_REST_OF_BASE64: Final = re.compile(
    rb"(?:[ \t][A-Za-z0-9+/]{40,}+={0,2}\r?\n)++(?:[ \t][A-Za-z0-9+/]*+={0,2}(?:\r?\n|\Z))?"
)
_FILE_NAME: Final = re.compile(rb";(?:X-)?FILENAME=\"?([^\";:]+)", re.IGNORECASE)


def read(source: Source, name: str, limits: Limits) -> Iterator[Read]:
    yield from plain_text.pieces(source, unfolded)
    if source.size <= limits.held_bytes:
        yield from _attached(source[0 : source.size])


def rehearse() -> None:
    """Load what is loaded when the first value is decoded."""
    unfolded(b"N;ENCODING=QUOTED-PRINTABLE;CHARSET=ISO-8859-1:=E5\r\n")


def unfolded(content: bytes) -> tuple[bytes, Edits | None]:
    """A property a line, its value as people read it."""
    return edited(content, _replaced(content))


def _replaced(content: bytes) -> Iterator[tuple[int, int, bytes]]:
    rest = _REST_OF_BASE64.match(content)
    if rest:
        yield rest.start(), rest.end(), b""
    at = rest.end() if rest else 0
    while found := _PROPERTY.search(content, at):
        parameters = _FOLDED.sub(b"", found[1])
        yield from _inside(content, found.start(1), found.end(1))
        if _QUOTED_PRINTABLE.match(parameters):
            at = _end(_QUOTED_VALUE, content, found.end())
            yield found.end(), at, _decoded(content[found.end() : at], parameters)
            continue
        at = _end(_VALUE, content, found.end())
        if _BASE64.match(parameters) or _DATA_ADDRESS.match(content, found.end()):
            yield found.end(), at, b""
        else:
            yield from _inside(content, found.end(), at)


def _end(pattern: re.Pattern[bytes], content: bytes, at: int) -> int:
    found = pattern.match(content, at)
    return found.end() if found else at


def _inside(content: bytes, start: int, end: int) -> Iterator[tuple[int, int, bytes]]:
    for found in _CHANGED_INSIDE.finditer(content, start, end):
        escaped = found[1]
        yield found.start(), found.end(), b"\n" if escaped in (b"n", b"N") else escaped or b""


def _decoded(value: bytes, parameters: bytes) -> bytes:
    raw = quopri.decodestring(_FOLDED_QUOTED.sub(b"", value))
    charset = _CHARSET.search(parameters)
    return encodings.to_utf8(
        raw, encodings.one_byte_encoding(charset[1].decode()) if charset else encodings.UTF8
    )[0]


def _attached(content: bytes) -> Iterator[Read]:
    for number, found in enumerate(_ATTACHED.finditer(content), 1):
        parameters = _FOLDED.sub(b"", found[1])
        value = _FOLDED.sub(b"", content[found.end() : _end(_VALUE, content, found.end())])
        told = _FILE_NAME.search(parameters)
        name = told[1].decode(errors="replace") if told else f"attachment {number}"
        address = _DATA_ADDRESS.match(value)
        if address or _BASE64.match(parameters):
            try:
                yield Member(name, HeldBytes(binascii.a2b_base64(value[address.end() if address else 0 :])))
            except binascii.Error:
                yield NotScanned((name,), Reason.DAMAGED)
