"""Telephone numbers as people at home write them: 070-123 45 67, 08-123 456 78, 040 1234567, 12 34 56 78."""

from collections.abc import Iterator
from typing import Final

import numpy as np

from tryggve.domains.datamap.engine.boundaries import HYPHEN, POINT
from tryggve.domains.datamap.engine.contacts.area_codes import LENGTHS, MOBILE_LENGTHS
from tryggve.domains.datamap.engine.contacts.claims import Claims, claims
from tryggve.domains.datamap.engine.contacts.nearby import value_of
from tryggve.domains.datamap.engine.contacts.phone_groups import BRACKET, SLASH, Groups
from tryggve.domains.datamap.engine.kinds import Confidence
from tryggve.domains.datamap.engine.rows import rows
from tryggve.domains.datamap.engine.spans import Codes, Mask, Places

_ZERO: Final = np.uint8(ord("0"))
_NONE, _LOW, _MEDIUM, _HIGH = (np.uint8(level) for level in Confidence)
_STOCKHOLM: Final = 8
_SWEDISH_MOBILES: Final = 70  # and the numbers after it
_MARKS: Final = np.uint8(HYPHEN | BRACKET | SLASH)
_EIGHT: Final = 8
_WITHOUT_ZERO: Final = 9
_FEWEST_IN_ONE, _MOST_WITH_AREA, _MOST_IN_ONE = 8, 11, 13
_WITHOUT_PLUS: Final = ((b"45", (10,)), (b"46", (10, 11)), (b"47", (10,)), (b"358", (11, 12, 13)))


def found(groups: Groups) -> Iterator[Claims]:
    size = groups.runs.size
    grouped = np.flatnonzero((size - np.uint8(2) <= 2) & (groups.sign != 0))
    is_area = groups.lead[grouped] == _ZERO
    if is_area.any():
        yield _with_area(groups, grouped[is_area])
    if not is_area.all():
        yield _of_eight(groups, grouped[~is_area])
    in_one = np.flatnonzero(size - np.uint8(_FEWEST_IN_ONE) <= _MOST_IN_ONE - _FEWEST_IN_ONE)
    if len(in_one):
        yield _in_one(groups, in_one[groups.runs.opens[in_one] & groups.runs.closes[in_one]])


def _with_area(groups: Groups, first: Places) -> Claims:
    """Sweden and Finland: a zero, an area, one to four groups."""
    usual, possible = groups.counts(first, with_area=True)
    some = np.flatnonzero(possible | usual)
    first, usual, possible = first[some], usual[some], possible[some]
    area, row, total = (
        value_of(groups.codes, groups.runs.start[first], groups.runs.size[first], 4),
        groups.runs.size[first] - 2,
        _figures(groups, first, usual),
    )
    is_usual = (usual > 0) & ((LENGTHS[row, area] >> total & 1) != 0)
    is_mobile = (
        is_usual & (row > 0) & ((MOBILE_LENGTHS[np.where(row == 2, area // 10, area)] >> total & 1) != 0)
    )
    last = first + np.where(is_usual, usual, possible)
    sure = np.where(is_mobile, _MEDIUM, _of_fixed(groups, first, usual, total))
    claimed = claims(
        groups.runs.start[first] - groups.begins_with_bracket(first),
        groups.runs.end[last],
        other=np.where(is_mobile & (usual > 1), _LOW, _NONE),
        unsaid=np.where(is_usual, sure, _NONE),
        said=_HIGH,
    )
    return claimed[groups.may_begin(first, last) & groups.may_end(last)]


def _of_fixed(groups: Groups, first: Places, count: Codes, total: Places) -> Codes:
    """How sure one is of a number that is no mobile telephone's, where nothing is said.

    Nobody's figures after the area begin with a zero; pairs of figures only are dates and times as often.
    """
    sign = groups.sign[first]
    is_marked = (sign & _MARKS) != 0
    is_stockholm = (groups.codes[groups.runs.start[first] + 1] == _ZERO + _STOCKHOLM) & is_marked
    is_pairs = (total == 2 * (count + 1)) & ~is_stockholm
    sure = np.where(is_marked & (count > 1), _MEDIUM, _LOW)
    return np.where(
        (groups.codes[groups.start(first + 1)] == _ZERO) | is_pairs | (sign == POINT), _NONE, sure
    )


def _figures(groups: Groups, first: Places, count: Codes) -> Places:
    """How many there are in a run and the groups after it."""
    total = groups.runs.size[first].astype(np.int64)
    for place in range(1, int(count.max(initial=0)) + 1):
        total += np.where(place <= count, groups.size(first + place), 0)
    return total


def _of_eight(groups: Groups, first: Places) -> Claims:
    """Denmark and Norway: eight figures, which a great many other things have too."""
    _usual, possible = groups.counts(first, with_area=False)
    some = np.flatnonzero(possible)
    first, last = first[some], first[some] + possible[some]
    claimed = claims(groups.runs.start[first], groups.runs.end[last], said=_HIGH)
    return claimed[groups.may_begin(first, last) & groups.may_end(last)]


def _in_one(groups: Groups, at: Places) -> Claims:
    """0701234567, and what is one only where the text says so: 12345678, 46701234567, and 701234567, from whose front a
    spreadsheet took the zero."""
    size, lead = groups.runs.size[at], groups.lead[at]
    said, unsaid = np.zeros(len(at), np.uint8), np.zeros(len(at), np.uint8)
    said[(size == _EIGHT) & (lead != _ZERO)] = _HIGH
    said[(size == _WITHOUT_ZERO) & (lead != _ZERO)] = _MEDIUM
    few = np.flatnonzero((lead == _ZERO) & (size <= _MOST_WITH_AREA))
    begin = rows(groups.codes, groups.runs.start[at[few]], 3) - _ZERO
    area = begin[:, 1].astype(np.int64) * 10 + begin[:, 2]
    is_mobile = (MOBILE_LENGTHS[area] >> size[few] & 1) != 0
    said[few] = np.where(begin[:, 1] != 0, _HIGH, _NONE)
    unsaid[few] = np.where(is_mobile, np.where(area >= _SWEDISH_MOBILES, _MEDIUM, _LOW), _NONE)
    few = np.flatnonzero(((lead == ord("3")) | (lead == ord("4"))) & (size > _EIGHT + 1))
    said[few[_has_calling_code(rows(groups.codes, groups.runs.start[at[few]], 3), size[few])]] = _HIGH
    return claims(groups.runs.start[at], groups.runs.end[at], unsaid=unsaid, said=said)


def _has_calling_code(head: Codes, size: Codes) -> Mask:
    """Without its plus: 4512345678, 46701234567, 358401234567."""
    fits = np.zeros(len(head), np.bool_)
    for code, sizes in _WITHOUT_PLUS:
        fits |= (head[:, : len(code)] == np.frombuffer(code, np.uint8)).all(1) & np.isin(size, sizes)
    return fits
