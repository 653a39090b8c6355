"""Files with persons whom the register doesn't know, for a page: those with the most of them first."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final
from uuid import UUID

from django.core.paginator import Page, Paginator

from tryggve.domains.datamap.selectors import people_found, shown_files
from tryggve.domains.datamap.selectors.shown_files import ShownFile

PER_PAGE: Final = 50


@dataclass(frozen=True, slots=True)
class Newcomers:
    """A file, and how many in it the register doesn't know."""

    file: ShownFile
    outside: int


def page(number: str | None) -> "tuple[Page[tuple[UUID, int]], Sequence[Newcomers]]":
    """Raises vault.Locked."""
    counted = people_found.people().outside_by_file
    in_order = sorted(counted.items(), key=lambda one: (-one[1], one[0]))
    found = Paginator(in_order, PER_PAGE).get_page(number)
    there = shown_files.these([file for file, _outside in found])
    return found, [Newcomers(there[file], outside) for file, outside in found if file in there]
