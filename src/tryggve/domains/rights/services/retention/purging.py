"""Erasing customers whom nothing needs any more, after a person's yes: what may be, and why some are left out."""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from uuid import UUID

from django.db import transaction

from tryggve.accounts.policy import Reach, Refused
from tryggve.audit import services as audit
from tryggve.domains.customers import api as customers
from tryggve.domains.rights import actions
from tryggve.domains.rights.models import Due, Erasure
from tryggve.domains.rights.selectors.retention import left_out
from tryggve.domains.rights.selectors.retention.left_out import Left
from tryggve.domains.rights.services.erasure import before_erasing, erasures

# Asked about together: few, so that little happens between the question and the deed.
_AT_ONCE = 50


@dataclass(slots=True)
class Purged:
    """The erasures that wait now, None in a rehearsal, and who was left out and why; both by customer."""

    put_aside: dict[UUID, UUID | None] = field(default_factory=dict)
    left_out: dict[UUID, Left] = field(default_factory=dict)

    def counted(self) -> Mapping[Left, int]:
        """How many were left out for which reason."""
        return Counter(self.left_out.values())


def purge(chosen: Iterable[UUID], *, actor: str, at: datetime, reach: Reach) -> Purged:
    """Put those aside whom nothing needs and nothing holds, to be erased when the waiting time is over.

    Each by itself: one that can't be holds up no other; cut anywhere, it is called again. Raises vault.Locked.
    """
    done = Purged()
    for some in _batches(chosen):
        for customer, why in left_out.judged(some, at=at, reach=reach).items():
            made = why or _put_aside(customer, actor=actor, at=at, reach=reach)
            if isinstance(made, Left):
                done.left_out[customer] = made
            else:
                done.put_aside[customer] = made
    if done.put_aside or done.left_out:
        audit.record(
            actions.DUE_PURGED,
            actor=actor,
            at=at,
            count=len(done.put_aside),
            left_out=len(done.left_out),
        )
    return done


def rehearsed(chosen: Iterable[UUID], *, at: datetime, reach: Reach) -> Purged:
    """What ``purge`` would come to; nothing is changed. Raises vault.Locked."""
    done = Purged()
    for some in _batches(chosen):
        for customer, why in left_out.judged(some, at=at, reach=reach).items():
            if why is None:
                done.put_aside[customer] = None
            else:
                done.left_out[customer] = why
    return done


def everybody_due() -> Iterator[UUID]:
    """Whom the last search found, read some at a time."""
    last: UUID | None = None
    rows = Due.objects.order_by("pk").values_list("pk", flat=True)
    while some := list((rows if last is None else rows.filter(pk__gt=last))[:_AT_ONCE]):
        last = some[-1]
        yield from some


def _put_aside(customer: UUID, *, actor: str, at: datetime, reach: Reach) -> UUID | Left:
    try:
        with transaction.atomic():
            return erasures.ask_erasure(
                customer=customer, ground=Erasure.Ground.DUE, actor=actor, at=at, reach=reach
            )
    except customers.Held:
        return Left.HELD
    except customers.Restricted:
        return Left.RESTRICTED
    except before_erasing.AnswerFirst:
        return Left.OPEN_CASE
    except customers.AlreadyGone:
        return Left.GONE
    except Refused:
        return Left.NOT_OURS


def _batches(chosen: Iterable[UUID]) -> Iterator[list[UUID]]:
    some: list[UUID] = []
    for customer in chosen:
        some.append(customer)
        if len(some) == _AT_ONCE:
            yield some
            some = []
    if some:
        yield some
