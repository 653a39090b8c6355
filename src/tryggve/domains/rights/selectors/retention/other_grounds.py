"""For what the company may have a customer's card without asking them, as far as Tryggve knows of that customer."""

from uuid import UUID

from tryggve.domains.customers import api as customers
from tryggve.domains.rights.engine import needed
from tryggve.domains.rights.models import AssignmentEnd, ConsentEvent
from tryggve.domains.rights.selectors.purposes import purposes

_THE_CUSTOMER = "customer"


def has_other_grounds(customer: UUID) -> bool:
    """Whether a purpose that nobody is asked about may need this customer.

    Whoever signed up on the website, and of whom nothing was written since, is there for what they agreed to and for
    nothing else. Of others the card says how far they are; where it doesn't, any purpose may be theirs: nobody is
    erased because little is known. Raises vault.Locked.
    """
    found = [one.facts for one in purposes.purposes_in_use() if needed.needs_no_yes(one.facts)]
    if not found or _only_signed_up(customer):
        return False
    status = customers.statuses([customer]).get(customer, "")
    return any(needed.is_about(facts, status) for facts in found)


def _only_signed_up(customer: UUID) -> bool:
    """Whether the card came in the moment in which the customer said yes themselves, and is as it came."""
    card = next(iter(customers.last_written([customer])), None)
    if card is None or card.deed != "added" or AssignmentEnd.objects.filter(pk=customer).exists():
        return False
    said = ConsentEvent.objects.filter(customer_ref=customer, kind=ConsentEvent.Kind.GIVEN)
    return said.filter(
        channel=ConsentEvent.Channel.WEB, recorded_by=_THE_CUSTOMER, recorded_at=card.at
    ).exists()
