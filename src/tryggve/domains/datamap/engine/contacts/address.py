"""Postal addresses: a street or a box with its number, and its postal code; or what a heading says is one."""

from collections.abc import Iterator
from typing import Final

import numpy as np

from tryggve.domains.datamap.engine.contacts import postal_codes, streets
from tryggve.domains.datamap.engine.contacts.claims import Claims, claims, together
from tryggve.domains.datamap.engine.contacts.nearby import IS_LETTER, byte_at, class_of, members, trimmed
from tryggve.domains.datamap.engine.contacts.postal_codes import Towns
from tryggve.domains.datamap.engine.contacts.streets import Streets
from tryggve.domains.datamap.engine.kinds import Confidence, Kind
from tryggve.domains.datamap.engine.rows import rows
from tryggve.domains.datamap.engine.said import KnowsColumns
from tryggve.domains.datamap.engine.spans import Codes, Mask, Places, Spans
from tryggve.domains.datamap.engine.text import Text

_NONE, _LOW, _MEDIUM, _HIGH = (np.uint8(level) for level in Confidence)
_APART: Final = 48
_CLOSE: Final = 4
_SHORTEST: Final = 4
_EDGE_OF_CELL: Final = class_of(b" \"'\t\r")
_NEVER_BETWEEN: Final = class_of(b';\t|"<>{}=@')
_BREAK: Final = ord("\n")


def find(text: Text) -> Spans:
    """All in the text."""
    return together(_claimed(text)).settled(text, Kind.ADDRESS)


def _claimed(text: Text) -> Iterator[Claims]:
    if isinstance(text.said, KnowsColumns):
        yield _cells(text, text.said)
    if not len(text.runs):
        return
    named, english, towns = streets.found(text), streets.english(text), postal_codes.found(text)
    if len(named):
        unsaid = np.where(named.is_sure, _MEDIUM, _NONE)
        yield claims(named.start, named.end, other=np.minimum(unsaid, _LOW), unsaid=unsaid, said=_HIGH)
    if len(english):
        yield claims(english.start, english.end, unsaid=_LOW, said=_HIGH)
    if len(towns):
        yield claims(towns.start, towns.end, said=_HIGH)
    if len(named) and len(towns):
        yield _whole(text.codes, named, towns)


def _cells(text: Text, said: KnowsColumns) -> Claims:
    """What stands under a heading and begins with a letter, «Rosenlund»: many houses have no number."""
    start, end = said.cells_of(Kind.ADDRESS)
    start, end = trimmed(text.codes, start, end, _EDGE_OF_CELL)
    some = (end - start >= _SHORTEST) & IS_LETTER[byte_at(text.codes, start)]
    return claims(start[some], end[some], unsaid=_MEDIUM, said=_MEDIUM)


def _whole(codes: Codes, named: Streets, towns: Towns) -> Claims:
    """Each postal code with the street or box before it, on its line or the one above; floor and flat between."""
    nearest = np.searchsorted(named.end, towns.start, side="right") - 1
    which = np.flatnonzero(nearest >= 0)
    which = which[towns.start[which] - named.end[nearest[which]] <= _APART]
    street = nearest[which]
    apart = towns.start[which] - named.end[street]
    which, street, apart = (
        each[_may_stand_between(codes, towns.start[which], apart)] for each in (which, street, apart)
    )
    is_known = named.is_possible[street]
    unsaid = np.where(is_known, _HIGH, np.where(towns.is_distinct[which] & (apart <= _CLOSE), _MEDIUM, _NONE))
    return claims(
        named.start[street], towns.end[which], other=np.minimum(unsaid, _MEDIUM), unsaid=unsaid, said=_HIGH
    )


def _may_stand_between(codes: Codes, start: Places, apart: Places) -> Mask:
    """Nothing that ends a cell, and one break of a line at most. ``apart``: bytes before each place."""
    window = rows(codes, start - _APART, _APART)
    is_between = np.arange(_APART) >= (_APART - apart)[:, None]
    has_end = (members(window, _NEVER_BETWEEN) & is_between).any(1)
    return np.asarray(~has_end & (((window == _BREAK) & is_between).sum(1) <= 1) & (apart > 0))
