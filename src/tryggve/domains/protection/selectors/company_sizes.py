"""By which of the three lists the company is counted."""

from dataclasses import dataclass
from datetime import datetime
from typing import Final

from tryggve.controls.catalogue import TIERS, Tier
from tryggve.domains.protection.models import FirstPage
from tryggve.routines.duties import whose

MANY_PEOPLE: Final = 11


@dataclass(frozen=True, slots=True)
class Size:
    """The list, and whether somebody chose it."""

    tier: Tier
    is_chosen: bool


def size_of_company(*, now: datetime) -> Size:
    """What was chosen, else by how many work here: up to ten, or more. Two queries."""
    return size_by(FirstPage.objects.first(), people=len(whose.people_here(now)))


def size_by(page: FirstPage | None, *, people: int) -> Size:
    """The same, of what was asked already. No query."""
    for tier in TIERS:
        if page is not None and tier == page.tier:
            return Size(tier, is_chosen=True)
    return Size("larger" if people >= MANY_PEOPLE else "month", is_chosen=False)
