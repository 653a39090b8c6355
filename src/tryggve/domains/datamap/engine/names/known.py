"""Known names among the capitalised words of a text, looked up all at once."""

from dataclasses import dataclass
from functools import lru_cache
from typing import Final

import numpy as np
from numpy.typing import NDArray

from tryggve.domains.datamap.engine.names import lexicon
from tryggve.domains.datamap.engine.names.capitals import Keys, keys_of
from tryggve.domains.datamap.engine.names.lexicon import Lexicon
from tryggve.domains.datamap.engine.spans import Codes

FIRST: Final = 1
LAST: Final = 2
EVERYDAY: Final = 4
"""Bits of what a word is; the last: it is a word of the language, too."""

_BITS_OF_A_PLACE: Final = 17
_SPREAD: Final = np.uint64(0x9E3779B97F4A7C15)
_SHIFT: Final = np.uint64(64 - _BITS_OF_A_PLACE)


@dataclass(frozen=True, slots=True)
class KeyTable:
    """Keys with a few bits each. Most keys that aren't in it are told by one look into a small table."""

    keys: Keys
    bits: Codes
    may_hold: NDArray[np.bool_]

    def of(self, asked: Keys) -> Codes:
        """Zero for what isn't in it."""
        found = np.zeros(len(asked), np.uint8)
        likely = np.flatnonzero(self.may_hold[_place(asked)])
        if len(self.keys) and len(likely):
            at = np.minimum(np.searchsorted(self.keys, asked[likely]), len(self.keys) - 1)
            found[likely] = np.where(self.keys[at] == asked[likely], self.bits[at], 0)
        return found


def table(keys: Keys, bits: Codes) -> KeyTable:
    """A key may come more than once: its bits are put together."""
    unique, where = np.unique(keys, return_inverse=True)
    together = np.zeros(len(unique), np.uint8)
    np.bitwise_or.at(together, where, bits)
    may_hold = np.zeros(1 << _BITS_OF_A_PLACE, np.bool_)
    may_hold[_place(unique)] = True
    return KeyTable(unique, together, may_hold)


def names_table(known: Lexicon) -> KeyTable:
    bits = [_bits(known, name, marks) for name, marks in known.names.items()]
    return table(keys_of(known.names), np.array(bits, np.uint8))


@lru_cache(maxsize=1)
def shipped() -> KeyTable:
    return names_table(lexicon.shipped())


def _bits(known: Lexicon, name: str, marks: str) -> int:
    is_first = lexicon.FIRST in marks or lexicon.FIRST_ELSEWHERE in marks
    is_last = lexicon.LAST in marks or lexicon.LAST_ELSEWHERE in marks
    is_everyday = lexicon.FIRST not in marks and known.is_everyday(name)
    return is_first * FIRST | is_last * LAST | is_everyday * EVERYDAY


def _place(keys: Keys) -> NDArray[np.uint64]:
    return (keys * _SPREAD) >> _SHIFT
