"""Messages, contacts and appointments that Outlook saved ([MS-OXMSG]; property numbers are those of [MS-OXPROPS])."""

import struct
from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import Final

from tryggve.domains.datamap.engine.findings import NotScanned
from tryggve.domains.datamap.engine.reading import compressed_rtf, mail, mime
from tryggve.domains.datamap.engine.reading.deceptive_letters import resolved
from tryggve.domains.datamap.engine.reading.ole_streams import OleStreams, Stream
from tryggve.domains.datamap.engine.reading.parts import (
    HeldBytes,
    Limits,
    Member,
    NotRead,
    Part,
    Read,
    Reason,
    Source,
    within,
)
from tryggve.domains.datamap.engine.reading.places import InLines

_PROPERTIES: Final = "__properties_version1.0"
_FIXED_BYTES: Final = 16
_CODE_PAGES: Final = (0x3FFD, 0x3FDE)
_UTF8_PAGE: Final = 65001
_USUAL_PAGE: Final = "cp1252"
_UTF16: Final = "001f"
_ONE_BYTE: Final = "001e"
_BINARY: Final = "0102"
_FOLDER: Final = "000d"

_TRANSPORT_HEADERS: Final = 0x007D
_BODY, _BODY_RTF, _BODY_HTML = 0x1000, 0x1009, 0x1013
_DATA: Final = 0x3701
_FILE_NAMES: Final = (0x3707, 0x3704, 0x3001)
_SAID: Final[Mapping[int, str]] = {
    0x0037: "Subject",
    0x0042: "From",
    0x0065: "From",
    0x5D02: "From",
    0x0C1A: "Sender",
    0x0C1F: "Sender",
    0x5D01: "Sender",
    0x0E04: "To",
    0x0E03: "Cc",
    0x0E02: "Bcc",
    0x3001: "Name",
    0x3003: "E-mail",
    0x39FE: "E-mail",
    0x3A06: "Given name",
    0x3A11: "Surname",
    0x3A08: "Telephone",
    0x3A09: "Home telephone",
    0x3A1C: "Mobile telephone",
    0x3A15: "Postal address",
    0x3A29: "Street address",
    0x3A2A: "Postal code",
    0x3A27: "Locality",
    0x3A16: "Company",
    0x3A17: "Title",
}
# Numbers of all that contacts have, and of what programs have named themselves.
_OF_CONTACTS: Final = range(0x3A00, 0x3B00)
_NAMED: Final = range(0x8000, 0xFFFF)


def read(source: Source, name: str, limits: Limits) -> Iterator[Read]:
    """Parts are inside «headers», «text»; those of a message within it further inside its name. Raises NotRead."""
    ole = OleStreams(source)
    yield from _message(_Properties(ole, ole.folder(ole.root), limits), depth=0)


def rehearse() -> None:
    """Load what is loaded when the first message is read."""
    mail.rehearse()


class _Properties:
    """Of a message, a recipient or an attachment, each of which is a folder of streams. Raises NotRead."""

    def __init__(self, ole: OleStreams, streams: Mapping[str, Stream], limits: Limits) -> None:
        self.ole, self.streams, self.limits = ole, streams, limits

    def inner(self, prefix: str) -> Iterator["_Properties"]:
        for name in sorted(self.streams):
            if name.startswith(prefix):
                yield _Properties(self.ole, self.ole.folder(self.streams[name]), self.limits)

    def binary(self, number: int) -> bytes:
        return self._content(f"__substg1.0_{number:04x}{_BINARY}")

    def string(self, number: int, code_page: str) -> str:
        wide = self._content(f"__substg1.0_{number:04x}{_UTF16}")
        narrow = self._content(f"__substg1.0_{number:04x}{_ONE_BYTE}")
        text = wide.decode("utf-16-le", "replace") or mime.utf8(narrow, code_page).decode(errors="replace")
        return text.rstrip("\0")

    def strings(self, code_page: str) -> Iterator[tuple[int, str]]:
        """Numbers and values of all that are text."""
        for name in sorted(self.streams):
            kind = name[-4:]
            if name.startswith("__substg1.0_") and kind in (_UTF16, _ONE_BYTE):
                number = int(name[-8:-4], 16)
                yield number, self.string(number, code_page)

    def code_page(self) -> str:
        """That of strings with one byte a letter."""
        content = self._content(_PROPERTIES)
        # A header of 32, 24 or 8 bytes stands before them.
        for place in range(len(content) % _FIXED_BYTES, len(content) - _FIXED_BYTES + 1, _FIXED_BYTES):
            _kind, number, value = struct.unpack_from("<HH4xI", content, place)
            if number in _CODE_PAGES:
                return "utf-8" if value == _UTF8_PAGE else f"cp{value}"
        return _USUAL_PAGE

    def _content(self, name: str) -> bytes:
        stream = self.streams.get(name)
        if stream is None:
            return b""
        if stream.size > self.limits.held_bytes:
            raise NotRead(Reason.TOO_LARGE)
        return b"".join(self.ole.blocks(stream))


def _message(message: _Properties, depth: int) -> Iterator[Read]:
    page = message.code_page()
    yield from _fields(message, page)
    yield from _texts(message, page)
    for number, attachment in enumerate(message.inner("__attach_version1.0_#"), 1):
        names = (attachment.string(number, page) for number in _FILE_NAMES)
        name = next(filter(None, names), mail.numbered("attachment", number))
        try:
            yield from _attachment(attachment, name, depth)
        except NotRead as stopped:
            yield NotScanned((name, *stopped.inside), stopped.reason)


def _fields(message: _Properties, page: str) -> Iterator[Read]:
    told = [
        _line(number, value) for number, value in message.strings(page) if number in _SAID or _is_told(number)
    ]
    for recipient in message.inner("__recip_version1.0_#"):
        values = [value for number, value in recipient.strings(page) if number in _SAID]
        told.append(("Recipient", " ".join(dict.fromkeys(values))))
    content = resolved("\n".join(f"{name}: {value}" for name, value in told).encode(errors="replace"))[0]
    if told:
        yield Part(content, InLines("header", [name for name, _value in told], content), mail.HEADERS)
    sent_with = message.string(_TRANSPORT_HEADERS, page).encode(errors="replace")
    for found in mail.headers(mime.entity(sent_with).fields.raw_items()):
        if isinstance(found, Part):
            yield replace(found, inside=("transport headers",))


def _line(number: int, value: str) -> tuple[str, str]:
    return _SAID.get(number, "Property"), " ".join(value.split())


def _is_told(number: int) -> bool:
    return number in _OF_CONTACTS or number in _NAMED


def _texts(message: _Properties, page: str) -> Iterator[Read]:
    plain = message.string(_BODY, page)
    html = message.binary(_BODY_HTML) or message.string(_BODY_HTML, page).encode(errors="replace")
    if plain:
        yield from mail.text(plain.encode(errors="replace"), "text", is_html=False)
    if html:
        yield from mail.text(mime.utf8(html, _charset(html, page)), "text as HTML", is_html=True)
    packed = message.binary(_BODY_RTF)
    if packed and not (plain or html):
        yield Member("text.rtf", HeldBytes(compressed_rtf.unpacked(packed, message.limits)))


def _charset(html: bytes, page: str) -> str:
    """It often isn't in the code page of the message's other strings."""
    try:
        html.decode()
    except UnicodeDecodeError:
        return page
    return "utf-8"


def _attachment(attachment: _Properties, name: str, depth: int) -> Iterator[Read]:
    content = attachment.binary(_DATA)
    if content:
        yield Member(name, HeldBytes(content))
    for inner in attachment.inner(f"__substg1.0_{_DATA:04x}{_FOLDER}"):
        if _PROPERTIES not in inner.streams:
            yield NotScanned((name,), Reason.UNKNOWN_FORMAT)
        elif depth >= attachment.limits.depth:
            yield NotScanned((name,), Reason.TOO_DEEP)
        else:
            for found in _message(inner, depth + 1):
                yield (
                    replace(found, name=f"{name}/{found.name}")
                    if isinstance(found, Member)
                    else within((name,), found)
                )
