"""Who looks after which customer: an account's id beside the sealed details, by which reach is judged."""

from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from tryggve.accounts.policy import Reach
from tryggve.accounts.policy.asking import require_within
from tryggve.audit import services as audit
from tryggve.domains.customers import actions
from tryggve.domains.customers.models import Customer
from tryggve.domains.customers.services.records import AlreadyGone


@transaction.atomic
def assign(*, customer: UUID, responsible: UUID | None, actor: str, at: datetime, reach: Reach) -> None:
    """From now on this person looks after the customer, or nobody. Raises AlreadyGone and policy.Refused."""
    row = Customer.objects.select_for_update().filter(pk=customer, state=Customer.State.ACTIVE).first()
    if row is None:
        raise AlreadyGone(_("This customer was deleted already."))
    require_within(reach, row.responsible_ref)
    if row.responsible_ref == responsible:
        return
    row.responsible_ref = responsible
    row.save(update_fields=["responsible_ref"])
    to = str(responsible) if responsible else "nobody"
    audit.record(actions.ASSIGNED, actor=actor, at=at, subject=customer, responsible=to)


@transaction.atomic
def hand_over(*, leaver: UUID, successor: UUID, actor: str, at: datetime) -> int:
    """Every customer that one person looks after is another's from now on; returns how many."""
    theirs = Customer.objects.filter(responsible_ref=leaver)
    count = theirs.update(responsible_ref=successor)
    if count:
        audit.record(
            actions.HANDED_OVER, actor=actor, at=at, subject=leaver, successor=str(successor), count=count
        )
    return count


def count_of(person: UUID) -> int:
    """How many customers this person looks after."""
    return Customer.objects.filter(responsible_ref=person, state=Customer.State.ACTIVE).count()
