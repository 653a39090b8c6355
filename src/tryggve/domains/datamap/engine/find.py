"""All that a text holds: each kind looks for itself, then one stays where several overlap."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Final

from tryggve.domains.datamap.engine import contacts, numbers, overlaps, spans
from tryggve.domains.datamap.engine.kinds import Kind
from tryggve.domains.datamap.engine.names import columns
from tryggve.domains.datamap.engine.names.columns import Column
from tryggve.domains.datamap.engine.names.persons import persons_in
from tryggve.domains.datamap.engine.names.register import OwnRegister
from tryggve.domains.datamap.engine.said import KnowsColumns
from tryggve.domains.datamap.engine.spans import Spans
from tryggve.domains.datamap.engine.text import Text
from tryggve.domains.datamap.engine.words import secrets, special

_FINDERS: Final[Sequence[Callable[[Text], Spans]]] = (numbers.find, *contacts.FINDERS, secrets.find)


@dataclass(frozen=True, slots=True)
class Wishes:
    """``names``: whether persons are looked for by their names. ``own``: the names of the firm's register."""

    names: bool = True
    own: OwnRegister | None = None


def find(text: Text, wishes: Wishes = Wishes(), *, is_table: bool = False) -> Spans:
    """In the order of the text. What tells of a special category counts only beside an identified person."""
    signs = overlaps.resolved(spans.together(finder(text) for finder in _FINDERS))
    found = [signs]
    if wishes.names:
        found += [persons_in(text, signs, own=wishes.own, by_lists_only=is_table), _in_columns(text, signs)]
    people = overlaps.resolved(spans.together(found)) if wishes.names else signs
    return overlaps.resolved(spans.together([people, special.find_special(text, people)]))


def _in_columns(text: Text, signs: Spans) -> Spans:
    if not isinstance(text.said, KnowsColumns):
        return spans.none()
    start, end = text.said.cells_of(Kind.PERSON)
    return columns.names_in(text, Column("namn", start, end), signs) if len(start) else spans.none()
