"""A customer of whom nothing is left, as after an erasure, the undo of an import or the end of a merge."""

from datetime import datetime
from uuid import UUID

from django.db import transaction

from tryggve.accounts.policy import EVERYBODY, Reach
from tryggve.domains.customers.models import Customer, CustomerChange
from tryggve.domains.customers.services import records
from tryggve.domains.customers.services.import_turn import turn_if_free
from tryggve.domains.customers.services.records import AlreadyGone
from tryggve.lib import write_points


def delete_customer(*, customer: UUID, actor: str, at: datetime, reach: Reach = EVERYBODY) -> None:
    """Mark the customer, then carry that out. Raises AlreadyGone, and cut in between leaves it to the routine."""
    with transaction.atomic():
        row = Customer.objects.select_for_update().filter(pk=customer, state=Customer.State.ACTIVE).first()
        if row is None:
            raise AlreadyGone
        row.state = Customer.State.DESTROYING
        row.save(update_fields=["state"])
        CustomerChange.objects.create(customer_ref=customer)
    write_points.reached("customer: marked for deletion")
    with turn_if_free() as free:
        records.destroy(row, actor=actor, at=at, is_alone=free)
