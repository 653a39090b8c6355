"""Telephone numbers with a calling code (ITU-T E.164): +46 70 123 45 67, +46 (0)70-123 45 67, 0045 12 34 56 78."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

import numpy as np

from tryggve.domains.datamap.engine.boundaries import IS_WORD, SPACE
from tryggve.domains.datamap.engine.contacts.calling_codes import NORDIC, PLANS, WITH_ZERO
from tryggve.domains.datamap.engine.contacts.claims import Claims, claims
from tryggve.domains.datamap.engine.contacts.nearby import byte_at
from tryggve.domains.datamap.engine.contacts.phone_groups import BRACKET, SLASH, Groups
from tryggve.domains.datamap.engine.kinds import Confidence
from tryggve.domains.datamap.engine.rows import rows
from tryggve.domains.datamap.engine.spans import Codes, Mask, Places
from tryggve.domains.datamap.engine.text import Text

_ZERO: Final = np.uint8(ord("0"))
_NONE, _LOW, _MEDIUM, _HIGH = (np.uint8(level) for level in Confidence)
_MOST_GROUPS: Final = 6
_GROUPS_OF_IBAN: Final = (2, 4)
_NOWHERE: Final = np.empty(0, np.int64)
_IS_ASCII_WORD: Final = IS_WORD & (np.arange(256) < 0x80) | (np.arange(256) == ord("+"))


@dataclass(frozen=True, slots=True)
class _Beginnings:
    """Of each: where it begins, the run that its code begins in, the figures before the code there, a plus or none."""

    begin: Places
    run: Places
    skipped: Places
    has_plus: Mask

    def __getitem__(self, which: Mask | Places) -> "_Beginnings":
        return _Beginnings(self.begin[which], self.run[which], self.skipped[which], self.has_plus[which])


_NO_BEGINNINGS: Final = _Beginnings(_NOWHERE, _NOWHERE, _NOWHERE, _NOWHERE.astype(np.bool_))


def found(text: Text, groups: Groups) -> Iterator[Claims]:
    beginnings = _beginnings(text, groups)
    if not len(beginnings.run):
        return
    head = rows(text.codes, text.runs.start[beginnings.run] + beginnings.skipped, 3) - _ZERO
    code, plan = _calling_code(head, text.runs.size[beginnings.run] - beginnings.skipped)
    some = np.flatnonzero(plan[:, 0])
    beginnings, code, plan = beginnings[some], code[some], plan[some]
    last = _last(groups, beginnings, code, plan)
    some = np.flatnonzero((last >= 0) & groups.may_end(last))
    beginnings, last, is_nordic = beginnings[some], last[some], np.isin(code[some], NORDIC)
    unsaid = _worth(beginnings.has_plus, is_nordic, last > beginnings.run)
    other = np.where(beginnings.has_plus, unsaid - 1, _NONE)
    yield claims(beginnings.begin, text.runs.end[last], other=other, unsaid=unsaid, said=_HIGH)


def _worth(has_plus: Mask, is_nordic: Mask, is_grouped: Mask) -> Codes:
    """Where nothing is said. Figures that begin with 00 may be an order's, filled with zeros."""
    of_plus = np.where(is_nordic, _HIGH, _MEDIUM)
    of_zeros = np.where(is_nordic, np.where(is_grouped, _HIGH, _MEDIUM), np.where(is_grouped, _LOW, _NONE))
    return np.where(has_plus, of_plus, of_zeros)


def _beginnings(text: Text, groups: Groups) -> _Beginnings:
    runs, codes = text.runs, text.codes
    plus, begin = _after_plus(text) if b"+" in text.content else (_NOWHERE, _NOWHERE)
    zeros = np.flatnonzero((groups.lead == _ZERO) & (runs.size > 1))
    zeros = zeros[(codes[runs.start[zeros] + 1] == _ZERO) & runs.opens[zeros]]
    zeros = zeros[(groups.sign_before(zeros) != SPACE) | ~np.isin(runs.size[zeros - 1], _GROUPS_OF_IBAN)]
    if not len(plus) and not len(zeros):
        return _NO_BEGINNINGS
    is_alone = runs.size[zeros] == 2
    is_followed = ~is_alone | (groups.sign[zeros] == SPACE)
    zeros, is_alone = zeros[is_followed], is_alone[is_followed]
    begin = np.concatenate((begin, runs.start[zeros]))
    run = np.concatenate((plus, zeros + is_alone))
    begin -= (byte_at(codes, begin - 1) == ord("(")) & (byte_at(codes, runs.end[run]) == ord(")"))
    skipped = np.concatenate((np.zeros(len(plus), np.int64), np.where(is_alone, 0, 2)))
    return _Beginnings(begin, run, skipped, np.arange(len(run)) < len(plus))


def _after_plus(text: Text) -> tuple[Places, Places]:
    """Runs after ``+`` or ``+ ``, and where that stands."""
    runs, codes = text.runs, text.codes
    sign = byte_at(codes, runs.start - 1)
    at = np.flatnonzero((sign == ord("+")) | (sign == ord(" ")))
    begin = runs.start[at] - np.where(sign[at] == ord("+"), 1, 2)
    is_plus = (byte_at(codes, begin) == ord("+")) & ~_IS_ASCII_WORD[byte_at(codes, begin - 1)]
    return at[is_plus], begin[is_plus]


def _calling_code(head: Codes, figures: Places) -> tuple[Places, Codes]:
    """Of the first three figures: the code, and its row of PLANS, all 0 where there is none. No code begins another."""
    code, plan = np.zeros(len(head), np.int64), np.zeros((len(head), 3), np.uint8)
    value = np.zeros(len(head), np.int64)
    for width in (1, 2, 3):
        value = value * 10 + head[:, width - 1]
        row = PLANS[np.minimum(value, len(PLANS) - 1)]
        fits = (row[:, 0] == width) & (figures >= width)
        code[fits], plan[fits] = value[fits], row[fits]
    return code, plan


def _last(groups: Groups, beginnings: _Beginnings, code: Places, plan: Codes) -> Places:
    """The run that each ends with: as many figures as the country's numbers may have; -1 where they don't fit.

    The zero of a call at home doesn't count, whether in brackets or not.
    """
    run, width = beginnings.run, beginnings.skipped + plan[:, 0]
    fewest, most = plan[:, 1].astype(np.int64), plan[:, 2].astype(np.int64)
    glued = groups.runs.size[run] - width
    first = np.where(glued > 0, groups.runs.start[run] + width, groups.start(run + 1))
    zero = (byte_at(groups.codes, first) == _ZERO) & ~np.isin(code, WITH_ZERO)
    total = glued - zero
    fits = (total >= fewest) & (total <= most)
    last = np.where(fits, run, -1)
    goes_on = np.ones(len(run), np.bool_)
    for place in range(_MOST_GROUPS):
        following = run + place + 1
        sign, size = groups.sign_before(following), groups.size(following)
        is_alone = (size == 1) & (place > 0) & (groups.sign_before(following - 1) != BRACKET)
        is_another = fits & ((sign & (SPACE | SLASH)) != 0) & (groups.codes[groups.start(following)] == _ZERO)
        goes_on &= (sign != 0) & (size > 0) & (total < most) & ~is_alone & ~is_another
        if not goes_on.any():
            break
        total = total + np.where(goes_on, size, 0)
        fits = goes_on & (total >= fewest) & (total <= most)
        last = np.where(fits, following, last)
    return last
