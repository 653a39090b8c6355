"""What stands in the way of erasing customers whom nothing needs any more."""

from collections.abc import Collection
from datetime import datetime
from enum import StrEnum
from uuid import UUID

from django.utils import timezone

from tryggve.accounts.policy import Reach
from tryggve.domains.customers import api as customers
from tryggve.domains.customers.api import LastWritten
from tryggve.domains.rights.selectors.requests import cases
from tryggve.domains.rights.selectors.retention import keeps, needs


class Left(StrEnum):
    """Why somebody isn't erased who was to be."""

    HELD = "held"
    RESTRICTED = "restricted"
    OPEN_CASE = "open-case"
    KEPT = "kept"
    NEEDED = "needed"
    GONE = "gone"
    NOT_OURS = "not-ours"


def judged(chosen: Collection[UUID], *, at: datetime, reach: Reach) -> dict[UUID, Left | None]:
    """What would become of each: None, or why not. A number of questions that doesn't grow with them, up to a thousand.

    Whoever was in touch since the night is needed again. Raises vault.Locked.
    """
    today, grounds = timezone.localdate(at), needs.grounds_in_use()
    there = {one.id: one for one in customers.last_written(chosen)}
    held = keeps.held_of(chosen, today=today)
    kept = keeps.kept_of(chosen, today=today)
    asking = cases.who_waits(chosen)
    due = {one.id for one, _needed in needs.not_needed(list(there.values()), grounds, at=at)}

    def of(customer: UUID) -> Left | None:
        if (why := _standing(there.get(customer), reach)) is not None:
            return why
        for those, why in ((held, Left.HELD), (asking, Left.OPEN_CASE), (kept, Left.KEPT)):
            if customer in those:
                return why
        return None if customer in due else Left.NEEDED

    return {customer: of(customer) for customer in chosen}


def _standing(one: LastWritten | None, reach: Reach) -> Left | None:
    if one is None:
        return Left.GONE
    if not reach.covers(one.responsible):
        return Left.NOT_OURS
    return Left.RESTRICTED if one.is_restricted else None
