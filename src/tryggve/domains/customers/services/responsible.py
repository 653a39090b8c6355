"""Who looks after which customer: an account's id beside the sealed details, by which reach is judged."""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from tryggve.accounts.policy import Reach
from tryggve.audit import services as audit
from tryggve.domains.customers import actions, sealing
from tryggve.domains.customers.models import Customer, CustomerChange
from tryggve.domains.customers.services.records import AlreadyGone
from tryggve.domains.customers.services.standing import require_usable

_CHANGES_AT_ONCE = 1000


@transaction.atomic
def assign(*, customer: UUID, responsible: UUID | None, actor: str, at: datetime, reach: Reach) -> None:
    """From now on this person looks after the customer, or nobody. Raises AlreadyGone and policy.Refused."""
    row = Customer.objects.select_for_update().filter(pk=customer, state=Customer.State.ACTIVE).first()
    if row is None:
        raise AlreadyGone(_("This customer was deleted already."))
    require_usable(row, reach)
    if row.responsible_ref == responsible:
        return
    row.responsible_ref = responsible
    row.save(update_fields=["responsible_ref"])
    _tell_indexes([customer])
    to = str(responsible) if responsible else "nobody"
    audit.record(actions.ASSIGNED, actor=actor, at=at, subject=customer, responsible=to)


@transaction.atomic
def hand_over(*, leaver: UUID, successor: UUID, actor: str, at: datetime) -> int:
    """Every customer that one person looks after is another's from now on; returns how many."""
    theirs = list(Customer.objects.filter(responsible_ref=leaver).values_list("pk", flat=True))
    count = Customer.objects.filter(responsible_ref=leaver).update(responsible_ref=successor)
    _tell_indexes(theirs)
    if count:
        audit.record(
            actions.HANDED_OVER, actor=actor, at=at, subject=leaver, successor=str(successor), count=count
        )
    return count


def count_of(person: UUID) -> int:
    """How many customers this person looks after."""
    return Customer.objects.filter(responsible_ref=person, state=Customer.State.ACTIVE).count()


@transaction.atomic
def share_out(*, people: Sequence[UUID], actor: str, at: datetime) -> None:
    """Give those whom nobody looks after to these people in turn."""
    real = Customer.objects.exclude(state__in=Customer.MADE_UP)
    free = list(real.filter(responsible_ref=None).order_by("pk").values_list("pk", flat=True))
    for turn, person in enumerate(people):
        theirs = free[turn :: len(people)]
        for some in sealing.batches(theirs):
            Customer.objects.filter(pk__in=some).update(responsible_ref=person)
            _tell_indexes(some)
        audit.record(actions.SHARED_OUT, actor=actor, at=at, subject=person, count=len(theirs))


def _tell_indexes(customers: Sequence[UUID]) -> None:
    """Lists are chosen by who looks after somebody, in each process's memory."""
    CustomerChange.objects.bulk_create(
        [CustomerChange(customer_ref=customer) for customer in customers], batch_size=_CHANGES_AT_ONCE
    )
