"""Putting a customer aside who is to be erased, and keeping one's data from use."""

from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from tryggve.accounts.policy import Reach
from tryggve.accounts.policy.asking import require_within
from tryggve.domains.customers.models import Customer, CustomerChange
from tryggve.domains.customers.services.records import AlreadyGone
from tryggve.domains.customers.services.standing import require_usable


def put_aside(*, customer: UUID, reach: Reach, is_wished: bool = False) -> None:
    """Take the customer out of lists, search and files; joins the caller's transaction, which can be called off.

    ``is_wished``: the customer asked for it, whom a restriction holds up in nothing (GDPR art. 18(2)). Raises
    AlreadyGone, Restricted and policy.Refused.
    """
    row = _locked(customer, Customer.State.ACTIVE)
    if is_wished:
        require_within(reach, row.responsible_ref)
    else:
        require_usable(row, reach)
    _put(row, Customer.State.PUT_ASIDE)


def bring_back(*, customer: UUID, reach: Reach) -> None:
    """Show a customer again who was put aside; joins the caller's transaction. Raises AlreadyGone, policy.Refused."""
    row = _locked(customer, Customer.State.PUT_ASIDE)
    require_within(reach, row.responsible_ref)
    _put(row, Customer.State.ACTIVE)


@transaction.atomic
def restrict(*, customer: UUID, at: datetime, reach: Reach) -> None:
    """From now on the data is used for nothing (GDPR art. 18(1)); asked again, it stays as it is.

    What a running import was about to write on the card is dropped. Raises AlreadyGone and policy.Refused.
    """
    row = _locked(customer, Customer.State.ACTIVE)
    require_within(reach, row.responsible_ref)
    if row.restricted_at is None:
        row.restricted_at = at
        _put(row, Customer.State.ACTIVE)


@transaction.atomic
def lift_restriction(*, customer: UUID, reach: Reach) -> None:
    """The data may be used again. Raises AlreadyGone and policy.Refused."""
    row = _locked(customer, Customer.State.ACTIVE)
    require_within(reach, row.responsible_ref)
    row.restricted_at = None
    _put(row, Customer.State.ACTIVE)


def _locked(customer: UUID, state: Customer.State) -> Customer:
    row = Customer.objects.select_for_update().filter(pk=customer, state=state).first()
    if row is None:
        raise AlreadyGone(_("This customer is not there any more. Nothing was changed."))
    return row


def _put(row: Customer, state: Customer.State) -> None:
    row.state = state
    row.pending_sealed = row.pending_revision = row.pending_batch_ref = None
    row.save(
        update_fields=["state", "restricted_at", "pending_sealed", "pending_revision", "pending_batch_ref"]
    )
    CustomerChange.objects.create(customer_ref=row.pk)
