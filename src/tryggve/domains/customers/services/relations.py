"""What customers are to each other."""

from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.db.models import Q
from django.utils.translation import gettext as _

from tryggve.accounts.policy import Reach
from tryggve.audit import services as audit
from tryggve.domains.customers import actions
from tryggve.domains.customers.models import Customer, Relation
from tryggve.domains.customers.services.records import AlreadyGone
from tryggve.domains.customers.services.standing import require_usable
from tryggve.domains.customers.words.relations import GOES_BOTH_WAYS
from tryggve.lib.errors import Refusal

# Each is opened whenever the card is.
MOST_OF_ONE = 100


class NotToOneself(Refusal):
    """A customer has no relation to the same customer."""


class TooManyRelations(Refusal):
    """One of the two has as many as a card shows."""


def relate(*, customer: UUID, other: UUID, kind: str, actor: str, at: datetime, reach: Reach) -> UUID:
    """Tell that ``customer`` is this to ``other``; what was told before, in whichever direction, stays one relation.

    Returns its id. Raises NotToOneself, TooManyRelations, AlreadyGone, and policy.Refused unless both are within
    reach.
    """
    if customer == other:
        raise NotToOneself(_("This is the same customer. Choose another one."))
    with transaction.atomic():
        _lock_both(customer, other, reach)
        told = Q(customer=customer, other=other)
        if kind in GOES_BOTH_WAYS:
            told |= Q(customer=other, other=customer)
        known = Relation.objects.filter(told, kind=kind).first()
        if known is not None:
            return known.pk
        for one in (customer, other):
            _require_room(one)
        made = Relation.objects.create(
            customer_id=customer, other_id=other, kind=Relation.Kind(kind), made_at=at
        )
        for one in (customer, other):
            audit.record(
                actions.RELATED, actor=actor, at=at, subject=one, relation=str(made.pk), kind=kind.lower()
            )
    return made.pk


def unrelate(*, customer: UUID, relation: UUID, actor: str, at: datetime, reach: Reach) -> None:
    """Remove a relation of this customer's. Raises AlreadyGone, and policy.Refused unless both are within reach."""
    with transaction.atomic():
        known = Relation.objects.filter(Q(customer=customer) | Q(other=customer), pk=relation).first()
        if known is None:
            raise AlreadyGone(_("This relation was removed already."))
        both = (known.customer_id, known.other_id)
        _lock_both(*both, reach)
        known.delete()
        for one in both:
            audit.record(actions.UNRELATED, actor=actor, at=at, subject=one, relation=str(relation))


def count_of(customer: UUID) -> int:
    """How many relations a customer has, in whichever direction."""
    return Relation.objects.filter(Q(customer=customer) | Q(other=customer)).count()


def _lock_both(customer: UUID, other: UUID, reach: Reach) -> None:
    """In the order of their ids, so that two who relate the same two wait for each other and not both for ever."""
    rows = Customer.objects.select_for_update().filter(pk__in=(customer, other), state=Customer.State.ACTIVE)
    found = list(rows.only("responsible_ref", "restricted_at").order_by("pk"))
    if len(found) < 2:
        raise AlreadyGone(_("This customer was deleted already. Nothing was saved."))
    for row in found:
        require_usable(row, reach)


def _require_room(customer: UUID) -> None:
    if count_of(customer) >= MOST_OF_ONE:
        raise TooManyRelations(
            _("One of the two has %(count)d relations already, which is as many as a card shows.")
            % {"count": MOST_OF_ONE}
        )
