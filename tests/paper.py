"""What stands on a PDF page that WeasyPrint made, read back from its bytes."""

import re
import zlib
from collections.abc import Iterator

_STREAM = re.compile(rb"\bstream\r?\n(.*?)endstream", re.DOTALL)
_MEANT = re.compile(rb"^<([0-9a-f]{4})> <([0-9a-f]+)>$", re.MULTILINE)
_SHOWN = re.compile(rb"\[((?:<[0-9a-f]*>|[-\d. ])*)\] ?TJ")
_PAGE = re.compile(rb"/Type ?/Page\b")
_GLYPHS = re.compile(rb"<([0-9a-f]*)>")


def lines_of(pdf: bytes) -> list[str]:
    """Every piece of text in the order in which it is set."""
    contents = list(_streams(pdf))
    meant: dict[bytes, str] = {}
    for content in contents:
        if b"begincmap" in content:
            pairs = ((glyph, bytes.fromhex(code.decode())) for glyph, code in _MEANT.findall(content))
            meant = {glyph: code.decode("utf-16-be") for glyph, code in pairs} | meant
    shown = [run for content in contents for run in _SHOWN.findall(content)]
    return ["".join(_read(b"".join(_GLYPHS.findall(run)), meant)) for run in shown]


def objects_of(pdf: bytes) -> bytes:
    """The document's own objects, also those that lie packed: its language, its tags, what it says of itself."""
    return b"\n".join((_STREAM.sub(b"", pdf), *_streams(pdf)))


def pages_in(pdf: bytes) -> int:
    """How many pages it has, also where their objects lie packed."""
    return sum(len(_PAGE.findall(content)) for content in (_STREAM.sub(b"", pdf), *_streams(pdf)))


def _streams(pdf: bytes) -> Iterator[bytes]:
    for stream in _STREAM.findall(pdf):
        try:
            yield zlib.decompressobj().decompress(stream)  # which passes over the line's end after it
        except zlib.error:
            yield stream


def _read(glyphs: bytes, meant: dict[bytes, str]) -> Iterator[str]:
    for start in range(0, len(glyphs), 4):
        yield meant.get(glyphs[start : start + 4], "?")


def words_of_share(pdf: bytes) -> str:
    """The numbered words of a page of the recovery kit, in their order."""
    lines = lines_of(pdf)
    first = lines.index("1")
    numbers, words = lines[first : first + 66 : 2], lines[first + 1 : first + 66 : 2]
    assert numbers == [str(number) for number in range(1, 34)]
    return " ".join(words)
