"""Word and PowerPoint before 2007: whatever looks like text in them, and the word that more may be there."""

import re
import struct
from collections.abc import Iterator
from typing import Final

from tryggve.domains.datamap.engine.findings import NotScanned
from tryggve.domains.datamap.engine.reading import encodings
from tryggve.domains.datamap.engine.reading.ole_streams import OleStreams, Stream
from tryggve.domains.datamap.engine.reading.parts import (
    HeldBytes,
    Limits,
    Member,
    NotRead,
    Read,
    Reason,
    Source,
)
from tryggve.domains.datamap.engine.reading.running_text import RunningText

_WORD, _SLIDES, _USER = "worddocument", "powerpoint document", "current user"
_MAIN: Final = (_WORD, _SLIDES)
_PACKAGE: Final = "package"
_WITH_WORDS: Final = (
    *_MAIN,
    "1table",
    "0table",
    "\x05summaryinformation",
    "\x05documentsummaryinformation",
    "\x01ole10native",
    "contents",
)
# Latin letters, signs and typographic marks in two bytes, and letters of Windows-1252 in one. Word marks cells,
# lines, fields and its own hyphens with bytes below the space.
_MARKS: Final = rb"\x07\t\n\x0b-\r\x13-\x15\x1e\x1f"
_TWO_BYTES: Final = rb"(?:[%s -~\xa0-\xff]\x00|[\x00-\x7f]\x01|[\x00-\x6f\xac]\x20){4,}" % _MARKS
_ONE_BYTE: Final = rb"[%s -~\x80\x82-\x8c\x8e\x91-\x9c\x9e-\xff]{6,}" % _MARKS
_TEXT: Final = re.compile(rb"(%s)|(%s)" % (_TWO_BYTES, _ONE_BYTE))
_READ_AS: Final = str.maketrans(
    {
        "\x07": "\t",
        "\x0b": "\n",
        "\x0c": "\n",
        "\r": "\n",
        "\x13": " ",
        "\x14": " ",
        "\x15": " ",
        "\x1e": "-",
        "\x1f": "",
    }
)
# Where Word says that its text is encrypted (MS-DOC, FibBase), and PowerPoint (MS-PPT, CurrentUserAtom).
_WORD_FLAGS: Final = 10
_WORD_ENCRYPTED: Final = 0x0100
_SLIDES_TOKEN: Final = 12
_SLIDES_ENCRYPTED: Final = 0xF3D1C4DF


def read(source: Source, name: str, limits: Limits) -> Iterator[Read]:
    """Raises NotRead (encrypted, damaged, unknown-format, too-large)."""
    ole = OleStreams(source)
    _refuse_encrypted(ole)
    found = [stream for stream in ole.streams if stream.name in _WITH_WORDS]
    packages = [stream for stream in ole.streams if stream.name == _PACKAGE]
    if not packages and not any(
        stream.name in _WITH_WORDS for stream in ole.streams if "summary" not in stream.name
    ):
        raise NotRead(Reason.UNKNOWN_FORMAT)
    for stream in packages:
        yield Member(_PACKAGE, HeldBytes(_whole(ole, stream, limits)))
    for stream in found:
        text = RunningText(() if stream.name in _MAIN else (stream.name.strip("\x01\x05"),))
        for run in _TEXT.finditer(_whole(ole, stream, limits)):
            text.add(_letters(run).translate(_READ_AS))
            text.end_paragraph()
            yield from text.taken()
        yield from text.taken(is_end=True)
    if found:
        yield NotScanned((), Reason.PARTLY)


def _letters(run: re.Match[bytes]) -> str:
    return run[0].decode("utf-16-le" if run[1] else encodings.FALLBACK, "replace")


def _refuse_encrypted(ole: OleStreams) -> None:
    for stream in ole.streams:
        head = next(ole.blocks(stream), b"")
        is_word = stream.name == _WORD and len(head) >= _WORD_FLAGS + 2
        if is_word and struct.unpack_from("<H", head, _WORD_FLAGS)[0] & _WORD_ENCRYPTED:
            raise NotRead(Reason.ENCRYPTED)
        is_user = stream.name == _USER and len(head) >= _SLIDES_TOKEN + 4
        if is_user and struct.unpack_from("<I", head, _SLIDES_TOKEN)[0] == _SLIDES_ENCRYPTED:
            raise NotRead(Reason.ENCRYPTED)


def _whole(ole: OleStreams, stream: Stream, limits: Limits) -> bytes:
    if stream.size > limits.held_bytes:
        raise NotRead(Reason.TOO_LARGE)
    return b"".join(ole.blocks(stream))
