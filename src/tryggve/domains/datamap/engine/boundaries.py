"""Where numbers may begin and end, and what holds the parts of one together."""

from collections.abc import Mapping
from typing import Final

import numpy as np
from numpy.typing import NDArray

from tryggve.domains.datamap.engine.rows import rows

Codes = NDArray[np.uint8]
Places = NDArray[np.int64]
Mask = NDArray[np.bool_]

SPACE: Final = 1
HYPHEN: Final = 2
PLUS: Final = 4
BREAK: Final = 8  # of the line, or between two cells
DASH: Final = 16  # a hyphen with spaces round it, or at the end of a line or a cell
POINT: Final = 32

_BETWEEN: Final[Mapping[bytes, int]] = {
    b" ": SPACE,
    b"-": HYPHEN,
    b"+": PLUS,
    b".": POINT,
    b"/": POINT,
    b"\n": BREAK,
    b"\t": BREAK,
    **dict.fromkeys((b"\r\n", b" \n", b"\n "), BREAK),
    **dict.fromkeys((b" - ", b"- ", b" -", b"-\n", b"-\r\n", b" -\n", b"-\t", b" -\t"), DASH),
}
_TIES: Final = HYPHEN | PLUS | POINT


def _of_one() -> Codes:
    table = np.zeros(256, np.uint8)
    for written, joint in _BETWEEN.items():
        if len(written) == 1:
            table[written[0]] = joint
    return table


def _number(written: bytes) -> int:
    return int.from_bytes(written.ljust(3, b"\0"), "little")


def _word_bytes() -> Mask:
    """Letters, digits and the underscore; what is no ASCII counts as a letter."""
    table = np.zeros(256, np.bool_)
    table[0x80:] = True
    table[list(b"_0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz")] = True
    return table


IS_WORD: Final = _word_bytes()
_OF_ONE: Final = _of_one()
_OF_MORE: Final = {_number(written): joint for written, joint in _BETWEEN.items() if len(written) > 1}
_MORE: Final = np.array(sorted(_OF_MORE), np.uint32)
_MORE_JOINTS: Final = np.array([_OF_MORE[key] for key in sorted(_OF_MORE)], np.uint8)
_BEGINS_MORE: Final = np.isin(np.arange(256), [key & 0xFF for key in _OF_MORE])
_IS_FREE_BEFORE: Final = ~(IS_WORD | (np.arange(256) == ord("+")))  # +46… is a telephone number
# UTF-8 of quotation marks, dashes, bullets, and of « » § and the like.
_QUOTES: Final = (0xE2, 0x80)
_SIGNS: Final = 0xC2
_LETTERS_AMONG_SIGNS: Final = np.isin(np.arange(256), (0xAA, 0xB5, 0xBA))
_POINT_ZERO: Final = np.frombuffer(b".0", np.uint8)


def joints(codes: Codes, end: Places, gap: Codes) -> Codes:
    """What stands between runs: for each the sign after it, 0 for none that holds a number together."""
    after = codes.take(end, mode="clip")
    joint: Codes = _OF_ONE[after] * (gap == 1)
    wide = np.flatnonzero(((gap == 2) | (gap == 3)) & _BEGINS_MORE[after])
    if len(wide):
        three = rows(codes, end[wide], 3).astype(np.uint32)
        three[gap[wide] == 2, 2] = 0
        key = three[:, 0] | three[:, 1] << 8 | three[:, 2] << 16
        place = np.searchsorted(_MORE, key).clip(max=len(_MORE) - 1)
        joint[wide] = _MORE_JOINTS[place] * (_MORE[place] == key)
    return joint


def opens(codes: Codes, start: Places, joint: Codes) -> Mask:
    """Which runs begin something."""
    is_open = is_free_before(codes, start)
    is_open[1:] &= (joint[:-1] & _TIES) == 0
    return is_open


def closes(codes: Codes, start: Places, end: Places, joint: Codes) -> Mask:
    """Which runs end something."""
    is_closed = is_free_after(codes, end)
    is_tied = (joint & _TIES) != 0
    points = np.flatnonzero(joint[:-1] == POINT)
    if len(points):
        is_zero = (rows(codes, end[points], 2) == _POINT_ZERO).all(1)
        is_alone = (end[points + 1] - start[points + 1] == 1) & is_closed[points + 1] & ~is_tied[points + 1]
        is_tied[points[is_zero & is_alone]] = False
    return np.asarray(is_closed & ~is_tied)


def is_free_before(codes: Codes, start: Places) -> Mask:
    """Whether no word stands right before each place, and no plus. Ascending places."""
    before = codes.take(start - 1, mode="clip")
    if len(start) and start[0] == 0:
        before[0] = 0
    is_free: Mask = _IS_FREE_BEFORE[before]
    beyond = np.flatnonzero(before >= 0x80)
    if len(beyond):
        three = rows(codes, start[beyond] - 3, 3)
        is_quote = (three[:, 0] == _QUOTES[0]) & (three[:, 1] == _QUOTES[1])
        is_free[beyond] = is_quote | ((three[:, 1] == _SIGNS) & ~_LETTERS_AMONG_SIGNS[three[:, 2]])
    return is_free


def is_free_after(codes: Codes, end: Places) -> Mask:
    """Whether no word goes on at each place. Ascending places."""
    after = codes.take(end, mode="clip")
    if len(end) and end[-1] == len(codes):
        after[-1] = 0
    is_free: Mask = ~IS_WORD[after]
    beyond = np.flatnonzero(after >= 0x80)
    if len(beyond):
        two = rows(codes, end[beyond], 2)
        is_quote = (two[:, 0] == _QUOTES[0]) & (two[:, 1] == _QUOTES[1])
        is_free[beyond] = is_quote | ((two[:, 0] == _SIGNS) & ~_LETTERS_AMONG_SIGNS[two[:, 1]])
    return is_free
