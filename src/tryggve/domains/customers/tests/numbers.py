"""Customers with identity numbers."""

from collections.abc import Iterable
from uuid import UUID

from tests.cast import NOW
from tryggve.accounts.policy import EVERYBODY
from tryggve.domains.customers import sealing
from tryggve.domains.customers.engine.details import Details
from tryggve.domains.customers.engine.identity_numbers import IdentityNumber
from tryggve.domains.customers.engine.sensitive import Sensitive
from tryggve.domains.customers.models import Customer
from tryggve.domains.customers.services import sensitive as services
from tryggve.domains.customers.tests.lists import MACHINE

# Made up: Skatteverket's example, one that python-stdnum gives, and the tax authority's own company.
CILLAS = IdentityNumber("se_personal", "196408233234")
DANS = IdentityNumber("dk_personal", "2110625629")
FIRMS = IdentityNumber("se_organisation", "5560473521")
CILLAS_WRITTEN = "19640823-3234"


def keep(
    customer: UUID,
    *numbers: IdentityNumber,
    custom: Iterable[tuple[str, str]] = (),
    seen: int = 0,
    actor: str = MACHINE,
) -> None:
    """Write the customer's sensitive details."""
    services.change_sensitive(
        customer=customer,
        seen_revision=seen,
        sensitive=Sensitive(numbers, tuple(custom)),
        actor=actor,
        at=NOW,
        reach=EVERYBODY,
    )


def kept_of(customer: UUID) -> Sensitive:
    return sealing.opened_sensitive(Customer.objects.get(pk=customer))


def details_of(customer: UUID) -> Details:
    row = Customer.objects.get(pk=customer)
    return sealing.opened_one((row.pk, row.revision, row.details_sealed))
