"""Bytes of a text become UTF-8: what a mark or a pattern says, else UTF-8, and Windows-1252 where it isn't that."""

import codecs
from functools import lru_cache
from typing import Final

import numpy as np
from numpy.typing import NDArray

from tryggve.domains.datamap.engine.reading.offset_map import (
    FixedWidth,
    OffsetMap,
    OneByteLetters,
    edited,
)
from tryggve.domains.datamap.engine.runs import Codes, Mask

UTF8: Final = "utf-8"
FALLBACK: Final = "cp1252"
UNITS: Final = {"utf-16-le": 2, "utf-16-be": 2, "utf-32-le": 4, "utf-32-be": 4}
# The mark of UTF-32 begins as that of UTF-16 does.
_MARKS: Final = (
    (codecs.BOM_UTF8, UTF8),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_NEARLY_ALL, _MOSTLY, _SELDOM = 0.8, 0.6, 0.1
_SAMPLE: Final = 8192
# What fits the processor's cache.
_BLOCK: Final = 1 << 18
# Leads that begin no letter, or after which not every following byte is right.
_DOUBTFUL: Final = (b"\xc0", b"\xc1", b"\xe0", b"\xed")

Decoded = tuple[bytes, tuple[OffsetMap, ...]]


def encoding_of(head: bytes) -> tuple[str, int]:
    """The encoding of a text that begins like this and the length of its mark; UTF-8 if nothing says otherwise."""
    for mark, encoding in _MARKS:
        if head.startswith(mark):
            return encoding, len(mark)
    return _by_zeros(head[:_SAMPLE]) or UTF8, 0


def _by_zeros(sample: bytes) -> str:
    """Western text in two or four bytes a letter is half or three quarters zeros, always at the same places."""
    if b"\0" not in sample:
        return ""
    zeros = [_share_of_zeros(sample[place::4]) for place in range(4)]
    if min(zeros[2:]) > _NEARLY_ALL and zeros[0] < _SELDOM:
        return "utf-32-le"
    if min(zeros[:2]) > _NEARLY_ALL and zeros[3] < _SELDOM:
        return "utf-32-be"
    even, odd = _share_of_zeros(sample[::2]), _share_of_zeros(sample[1::2])
    if odd > _MOSTLY and even < _SELDOM:
        return "utf-16-le"
    return "utf-16-be" if even > _MOSTLY and odd < _SELDOM else ""


def _share_of_zeros(sample: bytes) -> float:
    return sample.count(0) / len(sample) if sample else 0.0


def to_utf8(raw: bytes, encoding: str) -> Decoded:
    """The text as UTF-8, and the way back from it. Nothing is copied when it is UTF-8 already.

    Bytes that don't fit UTF-8 are read as Windows-1252, each alone, or all of them if they are many.
    """
    if encoding in UNITS:
        content = raw.decode(encoding, "replace").encode()
        return content, (FixedWidth(content, UNITS[encoding]),)
    if encoding != UTF8:
        return _one_byte_a_letter(raw, encoding)
    if _is_utf8(raw):
        return raw, ()
    if _is_mostly_other(np.frombuffer(raw, np.uint8)):
        return _one_byte_a_letter(raw, FALLBACK)
    letters = _letters(FALLBACK)
    content, where = edited(
        raw, ((place, place + 1, letters[raw[place]].encode()) for place in _not_utf8(raw))
    )
    return content, (where,) if where else ()


def _is_utf8(raw: bytes) -> bool:
    if raw.isascii():
        return True
    codes = np.frombuffer(raw, np.uint8)
    highest = codes.max()
    if highest < 0xF0 and not any(lead in raw for lead in _DOUBTFUL):
        return _leads_are_followed(codes, has_three=bool(highest >= 0xE0))
    try:
        raw.decode(UTF8)
    except UnicodeDecodeError:
        return False
    return True


def _leads_are_followed(codes: Codes, *, has_three: bool) -> bool:
    """Whether each lead, and nothing else, has the one or two bytes behind it: three times as fast as to decode."""
    expected = np.zeros(2, np.bool_)
    for begin in range(0, len(codes), _BLOCK):
        block = codes[begin : begin + _BLOCK]
        is_expected = np.zeros(len(block) + 2, np.bool_)
        np.greater_equal(block, 0xC0, out=is_expected[1:-1])
        if has_three:
            is_expected[2:] |= block >= 0xE0
        is_expected[:2] |= expected
        if (_is_following(block) != is_expected[:-2]).any():
            return False
        expected = is_expected[-2:]
    return not bool(expected.any())


def _is_following(codes: Codes) -> Mask:
    """0x80 to 0xBF, as numbers with a sign."""
    return codes.view(np.int8) < -0x40


def _is_mostly_other(codes: Codes) -> bool:
    """Whether most bytes beyond ASCII fit no letter of UTF-8; of such a letter they are two to four."""
    good = np.count_nonzero((codes[:-1] >= 0xC2) & _is_following(codes[1:]))
    return bool(good * 5 < np.count_nonzero(codes >= 0x80))


def _not_utf8(raw: bytes) -> list[int]:
    """Where the bytes are that don't fit: Python writes each as a surrogate, which has three bytes in UTF-8."""
    marked = raw.decode(UTF8, "surrogateescape").encode(UTF8, "surrogatepass")
    codes = np.frombuffer(marked, np.uint8)
    where = np.flatnonzero(codes[:-1] == 0xED)
    where = where[codes[where + 1] >= 0xA0]
    found: list[int] = (where - 2 * np.arange(len(where))).tolist()
    return found


def _one_byte_a_letter(raw: bytes, encoding: str) -> Decoded:
    letters = _letters(encoding)
    content = codecs.charmap_decode(raw, "strict", letters)[0].encode()
    return content, (OneByteLetters(raw, _widths(encoding)),)


@lru_cache(maxsize=8)
def _letters(encoding: str) -> str:
    """The 256 letters of an encoding of one byte a letter; what it leaves open is read as ISO 8859-1."""
    pairs = ((bytes([code]).decode(encoding, "ignore"), chr(code)) for code in range(256))
    return "".join(letter or fallback for letter, fallback in pairs)


@lru_cache(maxsize=8)
def _widths(encoding: str) -> NDArray[np.uint8]:
    return np.array([len(letter.encode()) for letter in _letters(encoding)], np.uint8)


def one_byte_encoding(declared: str) -> str:
    """The encoding that a document names, if it has one byte a letter; else UTF-8.

    ISO 8859-1 is read as Windows-1252, as browsers do (WHATWG Encoding).
    """
    try:
        name = codecs.lookup(declared).name
        letters = _letters(name)
    except (LookupError, UnicodeError):
        return UTF8
    if name in ("ascii", "iso8859-1"):
        return FALLBACK
    is_ascii_below = letters[:128] == bytes(range(128)).decode()
    return name if is_ascii_below and len(letters) == 256 and name != UTF8 else UTF8
