"""Streets and boxes with their numbers: Storgatan 5 B, Niels Juels Gade 12, Karl Johans gate 5, Box 123."""

from dataclasses import dataclass
from typing import Final

import numpy as np

from tryggve.domains.datamap.engine.boundaries import HYPHEN
from tryggve.domains.datamap.engine.contacts import street_names
from tryggve.domains.datamap.engine.contacts.nearby import (
    IS_DIGIT,
    IS_LETTER,
    LOWER,
    OF_LETTERS,
    UPPER,
    byte_at,
    class_of,
    eight_before,
    follows_letter,
    is_capital,
    letters_before,
    reach,
    touches,
    whole_words,
)
from tryggve.domains.datamap.engine.spans import Codes, Mask, Places
from tryggve.domains.datamap.engine.text import Text

_SPACE, _ZERO, _POINT = ord(" "), ord("0"), ord(".")
_IN_NAME: Final = class_of(UPPER + LOWER + OF_LETTERS + b"-.':")
_IS_ASCII_LETTER: Final = class_of(UPPER + LOWER)
_TIES: Final = class_of(b"-./:,")
_LONGEST_NAME: Final = 40
_LONGEST_INITIALS: Final = len("H.C.")
_MOST_WORDS: Final = 3
_MOST_FIGURES: Final = 4


@dataclass(frozen=True, slots=True)
class Streets:
    """``is_sure``: the name alone tells; ``is_possible``: with a postal code; others where a heading says so."""

    start: Places
    end: Places
    is_sure: Mask
    is_possible: Mask

    def __len__(self) -> int:
        return len(self.start)


_NOWHERE: Final = np.empty(0, np.int64)
_NO_STREETS: Final = Streets(_NOWHERE, _NOWHERE, _NOWHERE.astype(np.bool_), _NOWHERE.astype(np.bool_))


def found(text: Text) -> Streets:
    """Every capitalised name with a number after it, in the order of the text."""
    runs, codes = text.runs, text.codes
    at = np.flatnonzero(runs.size <= _MOST_FIGURES)
    at = at[(byte_at(codes, runs.start[at] - 1) == _SPACE) & (codes[runs.start[at]] != _ZERO)]
    at = at[_IN_NAME[byte_at(codes, runs.start[at] - 2)]]
    if not len(at):
        return _NO_STREETS
    name_end = runs.start[at] - 1
    size = letters_before(codes, name_end, _IN_NAME, _LONGEST_NAME)
    eight = eight_before(codes, name_end)
    word = whole_words(eight, size)
    is_word = street_names.is_street_word(word)
    some = np.flatnonzero((is_capital(codes, name_end - size) & (size > 1)) | is_word)
    if not len(some):
        return _NO_STREETS
    start = _with_words_before(codes, (name_end - size)[some], is_word[some])
    end = _end_of_number(text, at[some])
    is_alone = is_word[some] & (start == (name_end - size)[some])
    is_whole = is_capital(codes, start) & ~follows_letter(codes, start) & (end > 0)
    start, end, is_alone, some = start[is_whole], end[is_whole], is_alone[is_whole], some[is_whole]
    is_sure = street_names.ends_sure(eight[some]) & ~is_alone | street_names.is_sure_box(word[some])
    is_possible = street_names.ends_possible(eight[some]) | street_names.is_box(word[some]) | is_word[some]
    return Streets(start, end, is_sure, is_sure | is_possible)


def _with_words_before(codes: Codes, start: Places, is_word: Mask) -> Places:
    """«Drottning Kristinas» before «väg», «Norra» before «Storgatan»."""
    start = start.copy()
    goes_on = np.flatnonzero(byte_at(codes, start - 1) == _SPACE)
    for _ in range(_MOST_WORDS):
        before = start[goes_on] - 1
        size = letters_before(codes, before, _IN_NAME, _LONGEST_NAME)
        is_name = (size > 0) & is_capital(codes, before - size)
        is_name &= (size <= _LONGEST_INITIALS) | (byte_at(codes, before - 1) != _POINT)
        is_name &= is_word[goes_on] | street_names.stands_before_names(
            whole_words(eight_before(codes, before), size)
        )
        goes_on, before, size = goes_on[is_name], before[is_name], size[is_name]
        if not len(goes_on):
            break
        start[goes_on] = before - size
        goes_on = goes_on[byte_at(codes, start[goes_on] - 1) == _SPACE]
    return start


def _end_of_number(text: Text, at: Places) -> Places:
    """5, 5B, 5 B, 5-7; -1 where more belongs to the number: 5.50, 12:30, 5th."""
    runs, codes = text.runs, text.codes
    following = np.minimum(at + 1, len(runs) - 1)
    is_range = (runs.joint[at] == HYPHEN) & (following > at) & (runs.size[following] < _MOST_FIGURES)
    end = runs.end[np.where(is_range, following, at)]
    is_apart = byte_at(codes, end) == _SPACE
    letter = end + is_apart
    is_letter = _IS_ASCII_LETTER[byte_at(codes, letter)] & ~touches(byte_at(codes, letter + 1))
    is_letter &= ~is_apart | is_capital(codes, letter)
    end = np.where(is_letter, letter + 1, end)
    sign, beyond = byte_at(codes, end), byte_at(codes, end + 1)
    is_more = touches(sign) | (_TIES[sign] & IS_DIGIT[beyond])
    return np.where(is_more, -1, end)


def english(text: Text) -> Streets:
    """12 High Street, 221B Baker Street."""
    runs, codes = text.runs, text.codes
    at = np.flatnonzero((runs.size <= _MOST_FIGURES) & (runs.gap > len(" A Lane")) & runs.opens)
    word = runs.end[at] + 1 + _IS_ASCII_LETTER[byte_at(codes, runs.end[at])]
    some = (byte_at(codes, word - 1) == _SPACE) & is_capital(codes, word)
    if not some.any():
        return _NO_STREETS
    start, word = runs.start[at[some]], word[some]
    end = np.zeros(len(start), np.int64)
    for place in range(_MOST_WORDS + 1):
        size = reach(codes, word, IS_LETTER, _LONGEST_NAME)
        stop = word + size
        is_street = street_names.is_english(whole_words(eight_before(codes, stop), size))
        end = np.where((place > 0) & (end == 0) & is_street, stop, end)
        goes_on = (end == 0) & (byte_at(codes, stop) == _SPACE) & is_capital(codes, stop + 1)
        if not goes_on.any():
            break
        word = np.where(goes_on, stop + 1, stop)
    some = (end > 0) & ~touches(byte_at(codes, end))
    return Streets(start[some], end[some], some[some], some[some])
