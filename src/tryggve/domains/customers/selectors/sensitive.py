"""Opening the sensitive half of a customer; each look has its reason, sealed with the entry in the log."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.utils.translation import gettext_lazy

from tryggve import vault
from tryggve.accounts.policy import Reach
from tryggve.accounts.policy.asking import require_within
from tryggve.audit import services as audit
from tryggve.domains.customers import actions, sealing
from tryggve.domains.customers.engine.custom_fields import Custom
from tryggve.domains.customers.engine.sensitive import Sensitive
from tryggve.domains.customers.models import Customer
from tryggve.domains.customers.selectors import numbers
from tryggve.domains.customers.selectors.register import Card, NoSuchCustomer
from tryggve.lib.errors import Refusal

LONGEST_REASON = 500


@dataclass(frozen=True, slots=True)
class Revealed:
    """What was opened, and as which revision."""

    customer: UUID
    revision: int
    sensitive: Sensitive


@dataclass(frozen=True, slots=True)
class Kept:
    """That something is kept, without a look at it."""

    customer: UUID
    revision: int
    is_there: bool


@dataclass(frozen=True, slots=True)
class InBrief:
    """What the card tells of the sensitive details unopened; ``others`` have a number of this customer's."""

    is_there: bool
    numbers: int
    others: Sequence[UUID]


class NoReason(Refusal):
    """Nothing is opened without a reason."""

    sentence = gettext_lazy("Say why you need to see them. Nothing was opened.")


def sensitive_revealed(*, customer: UUID, reason: str, actor: str, at: datetime, reach: Reach) -> Revealed:
    """The customer's sensitive details. That they were opened, and why, is in the log before they are given out.

    Raises NoReason, NoSuchCustomer, policy.Refused for a customer of another person's, and vault.CannotOpen.
    """
    reason = reason.strip()[:LONGEST_REASON]
    if not reason:
        raise NoReason
    row = _row(customer, reach)
    sensitive = sealing.opened_sensitive(row)
    words = audit.Details({"reason": reason}, key=vault.key_id_of(bytes(row.details_sealed)))
    audit.look(
        actions.SENSITIVE_VIEWED,
        actor=actor,
        at=at,
        subject=customer,
        details=words,
        numbers=len(sensitive.numbers),
        answers=len(sensitive.custom),
    )
    return Revealed(customer, row.sensitive_revision, sensitive)


def what_is_kept(*, customer: UUID, reach: Reach) -> Kept:
    """Whether there is anything to open, and on which revision one writes.

    Raises NoSuchCustomer, and policy.Refused for a customer of another person's.
    """
    row = _row(customer, reach)
    return Kept(customer, row.sensitive_revision, row.sensitive_sealed is not None)


def in_brief(card: Card, *, reach: Reach) -> InBrief:
    """For the card of who may open them, which was logged when its details were opened."""
    tags = card.details.number_tags
    others = (
        numbers.others_with_same_number(customer=card.id, details=card.details, reach=reach) if tags else ()
    )
    return InBrief(card.has_sensitive, len(tags), others)


def answers_to_compare(customer: UUID) -> Custom:
    """What is answered now, to be held against what a form brings; it is shown to nobody. Raises vault.CannotOpen."""
    row = Customer.objects.filter(pk=customer, state=Customer.State.ACTIVE).first()
    return sealing.opened_sensitive(row).custom if row else ()


def _row(customer: UUID, reach: Reach) -> Customer:
    row = Customer.objects.filter(pk=customer, state=Customer.State.ACTIVE).first()
    if row is None:
        raise NoSuchCustomer
    require_within(reach, row.responsible_ref)
    return row
