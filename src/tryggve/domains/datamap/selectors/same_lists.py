"""Files that hold the same persons, for a page."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final
from uuid import UUID

from django.core.paginator import Page, Paginator

from tryggve.domains.datamap.selectors import people_found, shown_files
from tryggve.domains.datamap.selectors.people_found import SameList
from tryggve.domains.datamap.selectors.shown_files import ShownFile

PER_PAGE: Final = 10
_MOST_SHOWN: Final = 50


@dataclass(frozen=True, slots=True)
class ShownGroup:
    """``persons``: whom all of them hold. ``more``: how many files of it aren't shown."""

    persons: int
    files: Sequence[ShownFile]
    more: int


def page(number: str | None) -> "tuple[Page[SameList], list[ShownGroup]]":
    """Those with the most persons first, of each group the oldest file. Raises vault.Locked."""
    found = Paginator(people_found.people().same, PER_PAGE).get_page(number)
    wanted = [file for group in found for file in group.files[:_MOST_SHOWN]]
    there = shown_files.these(wanted)
    return found, [_shown(group, there) for group in found]


def _shown(group: SameList, there: Mapping[UUID, ShownFile]) -> ShownGroup:
    files = [there[file] for file in group.files[:_MOST_SHOWN] if file in there]
    files.sort(key=lambda one: (one.row.changed_on is None, one.row.changed_on, one.row.pk))
    return ShownGroup(group.persons, files, max(0, len(group.files) - _MOST_SHOWN))
