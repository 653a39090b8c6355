"""Words that begin with a capital, found with whole arrays and told apart by 64-bit keys."""

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property
from typing import Final

import numpy as np
from numpy.typing import NDArray

from tryggve.domains.datamap.engine.spans import Codes, Mask, Places

Keys = NDArray[np.uint64]

LONGEST: Final = 16
"""Bytes of a word that its key tells apart; longer words are no known names."""

_BLOCK: Final = 1 << 17
_HALF: Final = LONGEST // 2
_HIGH_BITS: Final = np.uint64(0x8080808080808080)
_A: Final = np.uint64(0x6161616161616161)
_BEYOND_Z: Final = np.uint64(0x7B7B7B7B7B7B7B7B)
_SMALL: Final = np.uint64(0x2020202020202020)
_REST: Final = np.uint64(0xC2B2AE3D27D4EB4F)
_LATIN: Final = 0xC3
_LAST_CAPITAL_OF_LATIN: Final = 0x9E
_LATIN_EXTENDED: Final = 0xC4
_LATIN_EXTENDED_BYTES: Final = 2


_SIGNS_IN_WORDS: Final = b"0123456789_abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ" + bytes(
    range(0x80, 256)
)
_IS_IN_WORDS: Final = np.isin(np.arange(256), list(_SIGNS_IN_WORDS))


@dataclass(frozen=True)
class Capitals:
    """In the order of the text. ``key`` is the same for all ways of writing a word in small and large letters.

    ``size`` in bytes, up to LONGEST; a hyphen, a dot or a digit ends a word.
    """

    content: bytes
    start: Places
    key: Keys
    size: Codes

    def __len__(self) -> int:
        return len(self.start)

    @cached_property
    def end(self) -> Places:
        return self.start + self.size

    @cached_property
    def gap(self) -> Places:
        """Bytes to the next; a large number after the last."""
        gap = np.full(len(self), np.iinfo(np.int64).max, np.int64)
        gap[:-1] = self.start[1:] - self.end[:-1]
        return gap

    def joined_by(self, between: bytes) -> Mask:
        """After which words exactly these one or two bytes lead to the next one."""
        is_joined: Mask = self.gap == len(between)
        places = self.end[is_joined]
        codes = np.frombuffer(self.content, np.uint8)
        for offset, byte in enumerate(between):
            is_joined[is_joined] = codes[places + offset] == byte
            places = self.end[is_joined]
        return is_joined


def capitals_in(content: bytes) -> Capitals:
    start = _starts(np.frombuffer(content, np.uint8))
    key, size = keys_at(content, start)
    return Capitals(content, start, key, size)


def keys_at(content: bytes, start: Places) -> tuple[Keys, Codes]:
    """Of the words that begin there, and their sizes."""
    words = np.ndarray((len(content) + 1,), np.dtype("<u8"), content + bytes(LONGEST), strides=(1,))
    key, size = _eight_bytes(words[start])
    if len(long := np.flatnonzero(size == _HALF)):
        rest, rest_size = _eight_bytes(words[np.minimum(start[long] + _HALF, len(content))])
        key[long] ^= rest * _REST
        size[long] += rest_size
    return key, size


def keys_of(words: Iterable[str]) -> Keys:
    """Of single words, whatever their letters."""
    encoded = [word.encode() for word in words]
    sizes = np.array([len(word) + 1 for word in encoded], np.int64)
    return keys_at(b" ".join(encoded) + b" ", np.cumsum(sizes) - sizes)[0]


def _eight_bytes(read: Keys) -> tuple[Keys, Codes]:
    """What of them belongs to the word, capitals made small, and how many bytes that is.

    Any byte from 0x80 on counts as a letter. Without branches, as in H. S. Warren, Hacker's Delight, 6-1 (finding the
    first zero byte): each byte's high bit is set first, so that no byte borrows from the next.
    """
    small = read | _SMALL
    from_a, beyond_z = (small | _HIGH_BITS) - _A, (small | _HIGH_BITS) - _BEYOND_Z
    ends = (~from_a | beyond_z) & ~read & _HIGH_BITS
    inside = ((ends & (~ends + np.uint64(1))) >> np.uint64(7)) - np.uint64(1)
    return small & inside, (np.bitwise_count(inside) >> 3).astype(np.uint8)


def _starts(codes: Codes) -> Places:
    found = []
    for begin in range(0, len(codes), _BLOCK):
        block = codes[begin : begin + _BLOCK]
        is_ascii = (block - np.uint8(ord("A"))) < 26
        is_beyond = (block - np.uint8(_LATIN)) <= _LATIN_EXTENDED_BYTES
        may_be = np.flatnonzero(is_ascii | is_beyond)
        found.append(may_be + begin)
    places = np.concatenate(found) if found else np.empty(0, np.int64)
    is_begin = ~_IS_IN_WORDS[codes[places - 1]] | (places == 0)
    begins: Places = places[is_begin & are_capitals(codes, places)]
    return begins


def are_capitals(codes: Codes, places: Places) -> Mask:
    """Whether a capital letter begins there; of letters beyond Latin-1, as in Łukasz and Şule, small ones pass, too."""
    first = codes[places]
    second = codes[np.minimum(places + 1, len(codes) - 1)]
    is_latin = (first == _LATIN) & (second <= _LAST_CAPITAL_OF_LATIN)
    is_extended = (first - np.uint8(_LATIN_EXTENDED)) < _LATIN_EXTENDED_BYTES
    is_capital: Mask = ((first - np.uint8(ord("A"))) < 26) | is_latin | is_extended
    return is_capital
