"""Whether somebody's data may be used at all, which the customer may have asked not to be."""

from typing import ClassVar
from uuid import UUID

from django.utils.translation import gettext_lazy

from tryggve.accounts.policy import Reach
from tryggve.accounts.policy.asking import require_within
from tryggve.domains.customers.models import Customer
from tryggve.lib.errors import Refusal


class Restricted(Refusal):
    """The data may be seen and kept, and used for nothing else (GDPR art. 18(2))."""

    sentence: ClassVar = gettext_lazy(
        "This customer's data may be kept and seen, and used for nothing else, because the customer asked for that. "
        "Nothing was changed. End the restriction first, when its reason is gone."
    )


def hold(customer: UUID) -> bool:
    """Let nobody remove this customer before the caller's transaction ends; whether there is one, in whatever state.

    Whoever writes something about a customer asks this first of all, before other rows are locked: else what is written
    beside an erasure would stay after it.
    """
    rows = Customer.objects.select_for_update(no_key=True).filter(pk=customer)
    return rows.values_list("pk", flat=True).first() is not None


def require_usable(row: Customer, reach: Reach) -> None:
    """Go on if this customer is within reach and the data may be used. Raises policy.Refused and Restricted.

    Every service that changes something about a customer, or hands it on, asks this.
    """
    require_within(reach, row.responsible_ref)
    if row.restricted_at is not None:
        raise Restricted
