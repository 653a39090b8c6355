"""Dates as people write them: 1980-05-17, 17.5.1980, 17/5 1980, 17 maj 1980, May 17, 1980, 800517."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray

from tryggve.domains.datamap.engine.arithmetic import is_day
from tryggve.domains.datamap.engine.boundaries import HYPHEN, POINT, SPACE
from tryggve.domains.datamap.engine.contacts.nearby import (
    IS_DIGIT,
    IS_LETTER,
    among,
    byte_at,
    eight_before,
    endings_of,
    ends_with_any,
    letters_before,
    reach,
    table_of,
    value_of,
    whole_words,
)
from tryggve.domains.datamap.engine.rows import rows
from tryggve.domains.datamap.engine.spans import Mask, Places
from tryggve.domains.datamap.engine.text import Text

_ZERO: Final = np.uint8(ord("0"))
_FIRST_YEAR: Final = 1880
# Years without their century: 29 February is a day in one of the two.
_ANY_CENTURY: Final = 2000
_MONTHS: Final = """
jan feb mar apr maj mai may jun jul aug sep okt oct nov dec des tam hel maa huh tou kes hei elo syy lok jou"""
# Up to eight bytes: of a longer word the end.
_MONTHS_BEFORE_DAYS: Final = """
january ebruary march april may june july august eptember october november december
jan feb mar apr jun jul aug sep sept oct nov dec"""
_MONTH_WORDS: Final = table_of(_MONTHS)
_ENDINGS_OF_MONTHS: Final = endings_of(_MONTHS_BEFORE_DAYS)
_FEWEST_LETTERS, _MOST_LETTERS = 5, 16

Years = NDArray[np.uint32]


@dataclass(frozen=True, slots=True)
class Dates:
    """``has_century``: whether the year is written with all of its figures."""

    start: Places
    end: Places
    has_century: Mask

    def __getitem__(self, which: Mask | Places) -> "Dates":
        return Dates(self.start[which], self.end[which], self.has_century[which])


def found(text: Text) -> Dates:
    """All dates that are days, in no order."""
    listed = list(_listed(text)) if len(text.runs) else []
    empty = np.empty(0, np.int64)
    return Dates(
        np.concatenate([each.start for each in listed] or [empty]),
        np.concatenate([each.end for each in listed] or [empty]),
        np.concatenate([each.has_century for each in listed] or [empty.astype(np.bool_)]),
    )


def _listed(text: Text) -> Iterator[Dates]:
    size, gap = text.runs.size, text.runs.gap
    three = np.flatnonzero(
        (size[:-2] <= 4) & (size[1:-1] <= 2) & (size[2:] <= 4) & (gap[:-2] <= 2) & (gap[1:-1] <= 2)
    )
    if len(three):
        yield _of_three(text, three)
    alone = np.flatnonzero((size == 8) | (size == 6))
    if len(alone):
        yield _in_one(text, alone)
    days = np.flatnonzero((size[:-1] <= 2) & (gap[:-1] <= _MOST_LETTERS) & (size[1:] == 4))
    if len(days):
        yield _with_month_between(text, days[gap[days] >= _FEWEST_LETTERS])
        yield _with_month_before(text, days[gap[days] == 2])


def _of_three(text: Text, at: Places) -> Dates:
    runs = text.runs
    first, last = runs.size[at], runs.size[at + 2]
    is_year_first = (first == 4) & (last <= 2)
    is_year_last = (first <= 2) & ((last == 4) | (last == 2))
    at = at[
        (is_year_first | is_year_last)
        & _joins(text, at, HYPHEN | POINT)
        & _joins(text, at + 1, HYPHEN | POINT | SPACE)
    ]
    at = at[runs.opens[at] & (runs.closes[at + 2] | _begins_time(text, runs.end[at + 2]))]
    one, two, three = (_value(text, at + place) for place in range(3))
    is_year_first = runs.size[at] == 4
    has_century = is_year_first | (runs.size[at + 2] == 4)
    year = np.where(is_year_first, one, np.where(has_century, three, three + _ANY_CENTURY))
    day = np.where(is_year_first, three, one)
    is_date = (is_day(year, two, day) | ~is_year_first & is_day(year, day, two)) & (
        ~has_century | _is_year(text, year)
    )
    return Dates(runs.start[at], runs.end[at + 2], has_century)[is_date]


def _joins(text: Text, at: Places, signs: int) -> Mask:
    """One of the signs is between a run and the next, or a point and a space."""
    runs = text.runs
    is_sign = (runs.joint[at] & np.uint8(signs)) != 0
    after = rows(text.codes, runs.end[at], 2)
    return np.asarray(is_sign | (runs.gap[at] == 2) & (after[:, 0] == ord(".")) & (after[:, 1] == ord(" ")))


def _begins_time(text: Text, end: Places) -> Mask:
    """1980-05-17T00:00."""
    return np.asarray((byte_at(text.codes, end) == ord("T")) & IS_DIGIT[byte_at(text.codes, end + 1)])


def _in_one(text: Text, at: Places) -> Dates:
    runs = text.runs
    at = at[runs.opens[at] & runs.closes[at]]
    has_century = runs.size[at] == 8
    figures = rows(text.codes, runs.start[at], 8) - _ZERO
    pairs = figures[:, 0::2].astype(np.uint32) * 10 + figures[:, 1::2]
    short = pairs[:, 0] + _ANY_CENTURY, pairs[:, 1], pairs[:, 2]
    short_turned = pairs[:, 2] + _ANY_CENTURY, pairs[:, 1], pairs[:, 0]
    year, year_last = pairs[:, 0] * 100 + pairs[:, 1], pairs[:, 2] * 100 + pairs[:, 3]
    is_long = is_day(year, pairs[:, 2], pairs[:, 3]) & _is_year(text, year)
    is_long |= is_day(year_last, pairs[:, 1], pairs[:, 0]) & _is_year(text, year_last)
    is_short = is_day(*short) | is_day(*short_turned)
    return Dates(runs.start[at], runs.end[at], has_century)[np.where(has_century, is_long, is_short)]


def _with_month_between(text: Text, at: Places) -> Dates:
    """17 maj 1980, 17. mai 1980, 17. toukokuuta 1980."""
    runs, codes = text.runs, text.codes
    at = at[runs.opens[at] & runs.closes[at + 1]]
    month = runs.end[at] + np.where(byte_at(codes, runs.end[at]) == ord("."), 1, 0)
    month += byte_at(codes, month) == ord(" ")
    end = month + reach(codes, month, IS_LETTER, _MOST_LETTERS)
    end += byte_at(codes, end) == ord(".")
    is_month = among(whole_words(eight_before(codes, month + 3), np.full(len(month), 3)), _MONTH_WORDS)
    is_date = is_month & (end + 1 == runs.start[at + 1]) & (byte_at(codes, end) == ord(" "))
    return _in_words(text, at[is_date], runs.start[at[is_date]])


def _with_month_before(text: Text, at: Places) -> Dates:
    """May 17, 1980."""
    runs, codes = text.runs, text.codes
    at = at[(byte_at(codes, runs.end[at]) == ord(",")) & (byte_at(codes, runs.start[at] - 1) == ord(" "))]
    letters = letters_before(codes, runs.start[at] - 1, IS_LETTER, _MOST_LETTERS)
    is_month = ends_with_any(eight_before(codes, runs.start[at] - 1), _ENDINGS_OF_MONTHS)
    is_month &= runs.closes[at + 1] & (letters > 0)
    return _in_words(text, at[is_month], (runs.start[at] - 1 - letters)[is_month])


def _in_words(text: Text, at: Places, start: Places) -> Dates:
    """With the day in a run and the year in the next."""
    year, day = _value(text, at + 1), _value(text, at)
    is_date = _is_year(text, year) & (day >= 1) & (day <= 31)
    return Dates(start, text.runs.end[at + 1], np.ones(len(at), np.bool_))[is_date]


def _is_year(text: Text, year: Years) -> Mask:
    return (year >= _FIRST_YEAR) & (year <= text.on.year)


def _value(text: Text, at: Places) -> Years:
    return value_of(text.codes, text.runs.start[at], text.runs.size[at], 4).astype(np.uint32)
