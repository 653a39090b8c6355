"""What lies in the register past its time: counted, nobody is named."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from uuid import UUID

from django.utils import timezone

from tryggve.accounts.policy import EVERYBODY
from tryggve.domains.rights.models import Due, Erasure, KeptByLaw
from tryggve.domains.rights.selectors.retention import keeps, left_out

# Who is due is found each night and erased after a person's yes: so long the person may take.
TO_DECIDE = timedelta(days=30)
# What the machine does by itself it tries each day at least.
BY_ITSELF = timedelta(days=2)
_AT_ONCE = 1000


@dataclass(frozen=True, slots=True)
class PastLimit:
    """``undecided``: due for longer than ``TO_DECIDE``, and neither the law, a decision nor a request holds them.

    ``unerased``: put aside, and their day has passed. ``papers``: kept by a law that no longer demands it.
    """

    due: int
    undecided: int
    unerased: int
    papers: int


def past_limit(*, at: datetime) -> PastLimit:
    """As the register stands. A number of questions that grows by a few for each thousand who wait for long.

    Raises vault.Locked.
    """
    day = timezone.localdate(at - BY_ITSELF)
    waiting = Erasure.objects.filter(state__in=Erasure.GOING, destroys_at__lt=at - BY_ITSELF)
    return PastLimit(
        due=Due.objects.count(),
        undecided=sum(_count_free(some, at) for some in _due_before(timezone.localdate(at - TO_DECIDE))),
        unerased=_count_not_held(list(waiting.values_list("customer_ref", flat=True)), at),
        papers=KeptByLaw.objects.filter(until__lt=day).count(),
    )


def _due_before(day: date) -> Iterator[list[UUID]]:
    ids = list(Due.objects.filter(needed_until__lt=day).order_by("pk").values_list("pk", flat=True))
    for start in range(0, len(ids), _AT_ONCE):
        yield ids[start : start + _AT_ONCE]


def _count_free(some: list[UUID], at: datetime) -> int:
    return sum(why is None for why in left_out.judged(some, at=at, reach=EVERYBODY).values())


def _count_not_held(some: list[UUID], at: datetime) -> int:
    return len(set(some) - keeps.held_of(some, today=timezone.localdate(at)))
