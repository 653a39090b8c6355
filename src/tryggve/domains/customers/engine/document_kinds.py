"""What a file is, told from its first bytes: what it is called, or said to be, counts for nothing."""

import unicodedata
from typing import Final

UNKNOWN: Final = "application/octet-stream"
TEXT: Final = "text/plain"
PICTURES: Final = frozenset({"image/png", "image/jpeg", "image/gif", "image/webp"})
FIRST_BYTES: Final = 4096

_LONGEST_NAME = 150
_LONGEST_ENDING = 10
_SIGNATURES = (
    (b"\x89PNG\r\n\x1a\n", "image/png"),
    (b"\xff\xd8\xff", "image/jpeg"),
    (b"GIF87a", "image/gif"),
    (b"GIF89a", "image/gif"),
    (b"%PDF-", "application/pdf"),
    (b"PK\x03\x04", "application/zip"),
    (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "application/x-ole-storage"),
)
_NO_TEXT = frozenset(range(32)) - {9, 10, 12, 13}


def kind_of(start: bytes) -> str:
    """The media type (RFC 6838) of a file that begins so; UNKNOWN for all that can't be told."""
    for signature, kind in _SIGNATURES:
        if start.startswith(signature):
            return kind
    if start[:4] == b"RIFF" and start[8:12] == b"WEBP":
        return "image/webp"
    return TEXT if start and _NO_TEXT.isdisjoint(start) else UNKNOWN


def clean_name(name: str) -> str:
    """A file's name as it is kept and shown: no folders, nothing invisible, no longer than can be read."""
    last = name.replace("\\", "/").rsplit("/", 1)[-1]
    visible = "".join(letter for letter in last if unicodedata.category(letter)[0] != "C")
    text = " ".join(visible.split()).strip(". ")
    stem, dot, ending = text.rpartition(".")
    if len(text) > _LONGEST_NAME and stem and len(ending) <= _LONGEST_ENDING:
        text = stem[: _LONGEST_NAME - len(ending) - 1] + dot + ending
    return text[:_LONGEST_NAME].rstrip(". ")


def as_text(start: bytes) -> str:
    """What stands in a file of text, in the encoding that fits."""
    try:
        return start.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        if error.end == len(start) and error.reason == "unexpected end of data":  # cut within a letter
            return start[: error.start].decode("utf-8-sig")
        return start.decode("cp1252", errors="replace")
