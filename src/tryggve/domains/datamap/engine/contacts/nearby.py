"""What stands beside places in a text: single bytes, eight at a time, how far allowed ones go on."""

from collections.abc import Iterable
from itertools import groupby
from typing import Final

import numpy as np
from numpy.typing import NDArray

from tryggve.domains.datamap.engine.boundaries import IS_WORD
from tryggve.domains.datamap.engine.rows import rows
from tryggve.domains.datamap.engine.spans import Codes, Mask, Places

Class = NDArray[np.bool_]
Eights = NDArray[np.uint64]
Endings = tuple[tuple[int, Eights], ...]

_WIDTH: Final = 8
_CASE: Final = 0x20
_POINT: Final = ord(".")
_STEP: Final = 16


def _first_bits() -> Codes:
    """The place of the lowest bit that is set, of each number of 16; 16 where none is."""
    table = np.full(1 << _STEP, _STEP, np.uint8)
    for bit in reversed(range(_STEP)):
        table[1 << bit :: 2 << bit] = bit
    return table


_FIRST: Final = _first_bits()


def class_of(members: Iterable[int]) -> Class:
    """Which of the 256 bytes are among them; never the zero that stands for what is outside a text."""
    among = np.zeros(256, np.bool_)
    among[list(members)] = True
    return among


DIGITS: Final = b"0123456789"
UPPER: Final = b"ABCDEFGHIJKLMNOPQRSTUVWXYZ"
LOWER: Final = UPPER.lower()
# Bytes of UTF-8 but the first ones of quotation marks, bullets, arrows, emoji: a walk over letters stops at those.
_FIRST_WIDE, _SIGN_OF_TWO, _SIGNS_OF_THREE, _SIGN_OF_FOUR = 0x80, 0xC2, (0xE2, 0xEF), 0xF0
OF_LETTERS: Final = bytes(sorted(set(range(0x80, 0x100)) - {_SIGN_OF_TWO, *_SIGNS_OF_THREE, _SIGN_OF_FOUR}))
_IS_CONTINUATION: Final = class_of(range(0x80, 0xC0))

IS_DIGIT: Final = class_of(DIGITS)
IS_LETTER: Final = class_of(UPPER + LOWER + OF_LETTERS)
_IS_UPPER: Final = class_of(UPPER)
_LATIN_1, _SMALL_OF_LATIN_1 = 0xC3, 0xA0


def byte_at(codes: Codes, places: Places) -> Codes:
    """The byte at each place; 0 outside the text."""
    if not len(places) or not len(codes):
        return np.zeros(len(places), np.uint8)
    found = codes.take(places, mode="clip")
    if places.min() < 0 or places.max() >= len(codes):
        found[(places < 0) | (places >= len(codes))] = 0
    return found


def value_of(codes: Codes, start: Places, size: Codes, most: int) -> Places:
    """Of the figures from each place on; of the first ``most`` where there are more."""
    figures = rows(codes, start, most) - np.uint8(ord("0"))
    value = np.zeros(len(start), np.int64)
    for place in range(most):
        value = np.where(place < size, value * 10 + figures[:, place], value)
    return value


def reach(
    codes: Codes, places: Places, allowed: Class, most: int, *, back: bool = False, dotted: bool = False
) -> Places:
    """How many bytes from each place on, or ``back``, are allowed; ``dotted``: two points in a row end it too."""
    found = np.zeros(len(places), np.int64)
    going = np.arange(len(places))
    was_point = np.zeros(len(places), np.uint16)
    for done in range(0, most, _STEP):
        window = rows(codes, places[going] + (-done - _STEP if back else done), _STEP)
        ends = _bits(~members(window, allowed), back=back)
        if dotted:
            is_point = _bits(window == _POINT, back=back)
            ends |= is_point & (is_point << np.uint16(1) | was_point)
            was_point = is_point[ends == 0] >> np.uint16(_STEP - 1)
        found[going] += _FIRST[ends]
        going = going[ends == 0]
        if not len(going):
            break
    return np.minimum(found, most)


def _bits(flags: Mask, *, back: bool) -> NDArray[np.uint16]:
    """Of each row of 16 a number, its lowest bit the first; ``back``: the last."""
    if back:
        return np.packbits(flags.ravel(), bitorder="big").view(">u2").astype(np.uint16)
    return np.packbits(flags.ravel(), bitorder="little").view("<u2")


def members(window: Codes, among: Class) -> Mask:
    """Of each byte, whether it is among those: several times as fast as looking up one at a time."""
    found = window.tobytes().translate(among.tobytes())
    return np.frombuffer(found, np.bool_).reshape(window.shape)


def trimmed(codes: Codes, start: Places, end: Places, edge: Class) -> tuple[Places, Places]:
    """Without the bytes of that class at both ends."""
    start, end = start.copy(), end.copy()
    at = np.flatnonzero(edge[byte_at(codes, start)])
    while len(at := at[(start[at] < end[at]) & edge[byte_at(codes, start[at])]]):
        start[at] += 1
    at = np.flatnonzero(edge[byte_at(codes, end - 1)])
    while len(at := at[(start[at] < end[at]) & edge[byte_at(codes, end[at] - 1)]]):
        end[at] -= 1
    return start, end


def is_capital(codes: Codes, places: Places) -> Mask:
    """A to Z, and À to Þ with Å, Ä, Ö, Æ and Ø among them."""
    code = byte_at(codes, places)
    is_wide = code == _LATIN_1
    if is_wide.any():
        is_wide &= byte_at(codes, places + 1) < _SMALL_OF_LATIN_1
    return np.asarray(_IS_UPPER[code] | is_wide)


def letters_before(codes: Codes, places: Places, allowed: Class, most: int) -> Places:
    """As ``reach`` back, of letters: without what it walked into of a quotation mark."""
    size = reach(codes, places, allowed, most, back=True)
    while (is_inside := (size > 0) & _IS_CONTINUATION[byte_at(codes, places - size)]).any():
        size -= is_inside
    return size


def follows_letter(codes: Codes, places: Places) -> Mask:
    """Whether a letter, a figure or an underscore ends at each place; a quotation mark or a bullet is none."""
    code = byte_at(codes, places - 1)
    is_word = IS_WORD[code]
    if len(wide := np.flatnonzero(code >= _FIRST_WIDE)):
        lead = rows(codes, places[wide] - 4, 4)
        is_sign = (
            (lead[:, 2] == _SIGN_OF_TWO)
            | np.isin(lead[:, 1], _SIGNS_OF_THREE)
            | (lead[:, 0] == _SIGN_OF_FOUR)
        )
        is_word[wide] = ~is_sign
    return is_word


def touches(code: Codes) -> Mask:
    """Whether a byte after something begins a letter, a figure or an underscore; a quotation mark is none."""
    return IS_WORD[code] & ((code < _FIRST_WIDE) | IS_LETTER[code])


def eight_before(codes: Codes, places: Places) -> Eights:
    """The eight bytes that end at each place, small letters for capitals, as numbers for ``ends_with_any``."""
    return (rows(codes, places - _WIDTH, _WIDTH) | _CASE).view("<u8")[:, 0]


def endings_of(words: str) -> Endings:
    """For ``ends_with_any``; words of up to eight bytes with spaces between, ``_`` for a space in one."""
    return tuple(
        (width, table_of(" ".join(same)))
        for width, same in groupby(sorted(words.split(), key=_width), _width)
    )


def ends_with_any(eights: Eights, endings: Endings) -> Mask:
    is_end = np.zeros(len(eights), np.bool_)
    for width, table in endings:
        is_end |= among(eights >> np.uint64(8 * (_WIDTH - width)), table)
    return is_end


def _width(word: str) -> int:
    return len(word.encode())


def whole_words(eights: Eights, size: Places) -> Eights:
    """The last ``size`` bytes of each; 0, which is no word, for more than eight."""
    shift = (8 * np.clip(_WIDTH - size, 0, _WIDTH - 1)).astype(np.uint64)
    return np.where((size > 0) & (size <= _WIDTH), eights >> shift, np.uint64(0))


def table_of(words: str) -> Eights:
    """For ``among``; words of up to eight bytes with spaces between, ``_`` for a space in one."""
    folded = (bytes(byte | _CASE for byte in word.replace("_", " ").encode()) for word in words.split())
    return np.array(sorted({int.from_bytes(word, "little") for word in folded}), np.uint64)


def among(words: Eights, table: Eights) -> Mask:
    place = np.searchsorted(table, words).clip(max=len(table) - 1)
    return np.asarray(table[place] == words)
