"""Postal codes with their towns: 123 45 Ort and SE-123 45 Ort, 2100 København Ø, N-0150 Oslo, 00100 Helsinki."""

from dataclasses import dataclass
from typing import Final

import numpy as np

from tryggve.domains.datamap.engine.boundaries import SPACE
from tryggve.domains.datamap.engine.contacts.nearby import (
    IS_LETTER,
    LOWER,
    OF_LETTERS,
    UPPER,
    byte_at,
    class_of,
    follows_letter,
    is_capital,
    letters_before,
    reach,
)
from tryggve.domains.datamap.engine.rows import rows
from tryggve.domains.datamap.engine.spans import Codes, Mask, Places
from tryggve.domains.datamap.engine.text import Text

_SPACE, _HYPHEN, _ZERO = (ord(sign) for sign in " -0")
_IN_TOWN: Final = class_of(UPPER + LOWER + OF_LETTERS + b"-")
_ENDS_LINE: Final = class_of(b"\n\r,;\t.|\"')")
_LONGEST_TOWN: Final = 32
_LONGEST_DISTRICT: Final = 2


@dataclass(frozen=True, slots=True)
class Towns:
    """``is_distinct``: the code looks like nothing else; four figures may be a year."""

    start: Places
    end: Places
    is_distinct: Mask

    def __len__(self) -> int:
        return len(self.start)


_NOWHERE: Final = np.empty(0, np.int64)
_NO_TOWNS: Final = Towns(_NOWHERE, _NOWHERE, _NOWHERE.astype(np.bool_))


def found(text: Text) -> Towns:
    """In the order of the text."""
    runs, codes = text.runs, text.codes
    at = np.flatnonzero((runs.size >= 3) & (runs.size <= 5))
    following = np.minimum(at + 1, len(runs) - 1)
    is_split = (
        (runs.size[at] == 3) & (runs.joint[at] == SPACE) & (runs.size[following] == 2) & (following > at)
    )
    end = runs.end[np.where(is_split, following, at)]
    town = end + 1 + (byte_at(codes, end + 1) == _SPACE)
    lead = byte_at(codes, runs.start[at])
    some = (
        (is_split & (lead != _ZERO) | (runs.size[at] > 3)) & (byte_at(codes, end) == _SPACE) & runs.opens[at]
    )
    at, town, is_split = at[some], town[some], is_split[some]
    some = is_capital(codes, town)
    at, town, is_split = at[some], town[some], is_split[some]
    if not len(at):
        return _NO_TOWNS
    is_year = (runs.size[at] == 4) & _is_century(rows(codes, runs.start[at], 2))
    return Towns(_with_country(codes, runs.start[at]), _end_of_town(codes, town), is_split | ~is_year)


def _is_century(two: Codes) -> Mask:
    """19 or 20."""
    return np.asarray((two == list(b"19")).all(1) | (two == list(b"20")).all(1))


def _with_country(codes: Codes, start: Places) -> Places:
    """SE-, S-, DK-, N-, FI-."""
    letters = letters_before(codes, start - 1, IS_LETTER, _LONGEST_DISTRICT + 1)
    begin = start - 1 - letters
    has_country = (byte_at(codes, start - 1) == _HYPHEN) & (letters > 0) & (letters <= _LONGEST_DISTRICT)
    return np.where(has_country & ~follows_letter(codes, begin), begin, start)


def _end_of_town(codes: Codes, town: Places) -> Places:
    """One word; a second one that is a district (København Ø), or with which the line ends (Västra Frölunda)."""
    end = town + reach(codes, town, _IN_TOWN, _LONGEST_TOWN)
    has_second = (byte_at(codes, end) == _SPACE) & is_capital(codes, end + 1)
    second = end + 1 + reach(codes, end + 1, _IN_TOWN, _LONGEST_TOWN)
    after = byte_at(codes, second)
    is_district = second - end - 1 <= _LONGEST_DISTRICT
    return np.where(has_second & (is_district | (after == 0) | _ENDS_LINE[after]), second, end)
