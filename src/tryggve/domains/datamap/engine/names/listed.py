"""Names by lists alone, with whole arrays: a known first name and the capitalised words that follow it."""

from typing import Final

import numpy as np
from numpy.typing import NDArray

from tryggve.domains.datamap.engine import spans
from tryggve.domains.datamap.engine.kinds import Confidence, Kind
from tryggve.domains.datamap.engine.names.capitals import Capitals
from tryggve.domains.datamap.engine.names.known import EVERYDAY, FIRST, LAST
from tryggve.domains.datamap.engine.spans import Codes, Mask, Places, Spans

_MOST_AFTER_THE_FIRST: Final = 3


def is_first_name(bits: Codes) -> Mask:
    """Not those that are words of the language as well, unless they are Nordic."""
    is_first: Mask = (bits & (FIRST | EVERYDAY)) == FIRST
    return is_first


def names_in(words: Capitals, bits: Codes, among: Mask) -> Spans:
    """Names of two words and more that begin at one of ``among``; MEDIUM where a last name is a known one.

    ``bits`` as KeyTable.of has them for the words. Also ``Last, First``.
    """
    joined = words.joined_by(b" ") | words.joined_by(b"-") | (words.joined_by(b". ") & (words.size == 1))
    first = np.flatnonzero(is_first_name(bits) & among & joined)
    straight = _first_name_first(words, bits, joined, first)
    turned = _last_name_first(words, bits, among)
    return spans.together((_without_covered(straight), turned))


def _first_name_first(words: Capitals, bits: Codes, joined: Mask, first: Places) -> Spans:
    last, goes_on = first.copy(), np.ones(len(first), np.bool_)
    is_known = np.zeros(len(first), np.bool_)
    for _word in range(_MOST_AFTER_THE_FIRST):
        goes_on &= joined[last]
        last += goes_on
        is_known |= goes_on & ((bits[last] & LAST) > 0)
    return spans.spans(Kind.PERSON, words.start[first], words.end[last], _confidence(is_known))


def _last_name_first(words: Capitals, bits: Codes, among: Mask) -> Spans:
    last = np.flatnonzero(((bits & LAST) > 0) & words.joined_by(b", ") & among)
    last = last[is_first_name(bits[last + 1])]
    is_known = np.ones(len(last), np.bool_)
    return spans.spans(Kind.PERSON, words.start[last], words.end[last + 1], _confidence(is_known))


def _confidence(is_known: Mask) -> NDArray[np.uint8]:
    return np.where(is_known, Confidence.MEDIUM, Confidence.LOW).astype(np.uint8)


def _without_covered(found: Spans) -> Spans:
    """Without those that begin inside one before them: the second of two first names."""
    if not len(found):
        return found
    reached = np.maximum.accumulate(found.end)
    return found[np.concatenate(([True], found.start[1:] >= reached[:-1]))]
