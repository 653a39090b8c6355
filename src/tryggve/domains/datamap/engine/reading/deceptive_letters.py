"""Letters that look like others, or like nothing, become what a reader takes them for.

One kind of space, of line end, of hyphen and of digit is left; what has no width is gone. Code points after Unicode 15:
general categories Zs, Pd and Cf, the full-width forms (U+FF01 to U+FF5E), mathematical and Arabic-Indic digits.
"""

from functools import lru_cache
from typing import Final

import numpy as np
from numpy.typing import NDArray

from tryggve.domains.datamap.engine.reading.offset_map import Edits, edits
from tryggve.domains.datamap.engine.runs import Codes, Places

_KEPT, _GONE = 0, 1
_SPACES: Final = (0xA0, 0x1680, *range(0x2000, 0x200B), 0x202F, 0x205F, 0x3000)
_LINE_ENDS: Final = (0x85, 0x2028, 0x2029)
_HYPHENS: Final = (0x2D7, 0x58A, *range(0x2010, 0x2016), 0x2043, 0x2212, 0xFE58, 0xFE63)
_WITHOUT_WIDTH: Final = (
    0xAD,
    0x34F,
    0x61C,
    *range(0x180B, 0x180F),
    *range(0x200B, 0x2010),
    *range(0x202A, 0x202F),
    *range(0x2060, 0x2070),
    *range(0xFE00, 0xFE10),
    0xFEFF,
    *range(0xE0000, 0xE0080),
    *range(0xE0100, 0xE01F0),
)
_DIGITS: Final = ((0x660, 1), (0x6F0, 1), (0x1D7CE, 5))
_FULL_WIDTH: Final = range(0xFF01, 0xFF5F)
_SMALL_AT: Final = 0xFE6B

# First bytes, in UTF-8, of all of the above; no letter of the Nordic languages has one of them.
_LEADS: Final = tuple(
    bytes([lead]) for lead in (0xC2, 0xCB, 0xCD, 0xD6, 0xD8, 0xD9, 0xDB, 0xE1, 0xE2, 0xE3, 0xEF, 0xF0, 0xF3)
)
_HIGHEST_NORDIC_LEAD: Final = 0xC3


def resolved(content: bytes) -> tuple[bytes, Edits | None]:
    """Valid UTF-8 as it is searched, and what was changed; the same bytes and None when that is nothing."""
    if b"\r" in content and b"\n" not in content:
        content = content.replace(b"\r", b"\n")  # a Macintosh of old, or Excel for one, ends its lines so
    codes = np.frombuffer(content, np.uint8)
    where = _may_deceive(content, codes)
    if not len(where):
        return content, None
    width, letter = _letters(codes, where)
    becomes = _table()[np.minimum(letter, len(_table()) - 1)]
    is_changed = becomes != _KEPT
    if not is_changed.any():
        return content, None
    return _changed(codes, where[is_changed], width[is_changed], becomes[is_changed])


def _may_deceive(content: bytes, codes: Codes) -> Places:
    """Where letters begin that are looked at more closely."""
    nothing = np.empty(0, np.int64)
    if not len(codes) or (highest := int(codes.max())) < 0x80:
        return nothing
    leads = _LEADS if highest > _HIGHEST_NORDIC_LEAD else _LEADS[:1]
    found = [np.flatnonzero(codes == lead[0]) for lead in leads if lead in content]
    return np.sort(np.concatenate(found)) if found else nothing


def _letters(codes: Codes, where: Places) -> tuple[Places, NDArray[np.int64]]:
    """Width in bytes and code point of each."""
    lead = codes[where].astype(np.int64)
    width = 2 + (lead >= 0xE0) + (lead >= 0xF0)
    letter = lead & (0x7F >> width)
    for place in (1, 2, 3):
        following = codes[np.minimum(where + place, len(codes) - 1)] & 0x3F
        letter = np.where(place < width, letter << 6 | following, letter)
    return width, letter


def _changed(codes: Codes, where: Places, width: Places, becomes: Codes) -> tuple[bytes, Edits]:
    stays = becomes != _GONE
    content = codes.copy()
    content[where] = becomes
    is_kept = np.ones(len(codes), np.bool_)
    is_kept[where] = stays
    for place in (1, 2, 3):
        is_kept[where[width > place] + place] = False
    return content[is_kept].tobytes(), edits(where, width, stays.astype(np.int64))


@lru_cache(maxsize=1)
def _table() -> Codes:
    """For each code point the ASCII letter that it becomes, or that it stays or goes."""
    table = np.zeros(max(_WITHOUT_WIDTH) + 2, np.uint8)
    table[list(_SPACES)] = ord(" ")
    table[list(_LINE_ENDS)] = ord("\n")
    table[list(_HYPHENS)] = ord("-")
    table[list(_WITHOUT_WIDTH)] = _GONE
    for zero, sets in _DIGITS:
        table[zero : zero + 10 * sets] = np.tile(np.arange(ord("0"), ord("0") + 10), sets)
    table[_FULL_WIDTH.start : _FULL_WIDTH.stop] = np.arange(ord("!"), ord("~") + 1)
    table[_SMALL_AT] = ord("@")
    return table
