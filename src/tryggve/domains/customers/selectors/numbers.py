"""Finding customers by a whole identity number, without opening any."""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from django.utils import timezone

from tryggve.accounts.policy import Reach
from tryggve.audit import services as audit
from tryggve.domains.customers import actions, number_tags
from tryggve.domains.customers.engine.details import Details
from tryggve.domains.customers.engine.identity_numbers import IdentityNumber, NotANumber, parse_number
from tryggve.domains.customers.models import Customer
from tryggve.domains.customers.register_index import register_index
from tryggve.domains.setup import api as setup


def customers_with_number(*, text: str, actor: str, at: datetime, reach: Reach) -> list[UUID] | None:
    """Whoever has the number that was typed; None when the text is no whole number.

    That somebody looked for a number is in the log, with how many were found; never the number. For those only who
    may open sensitive details.
    """
    number = _number_in(text, at=at)
    if number is None:
        return None
    tag = number_tags.of(number)
    found = _with_tags([tag], reach) if tag else []
    audit.look(actions.NUMBER_SEARCHED, actor=actor, at=at, shown=len(found))
    return found


def others_with_same_number(*, customer: UUID, details: Details, reach: Reach) -> list[UUID]:
    """Other customers within reach who have a number that this one has."""
    return _with_tags(details.number_tags, reach, besides=customer)


def _number_in(text: str, *, at: datetime) -> IdentityNumber | None:
    try:
        return parse_number(text, country=setup.firm_country(), on=timezone.localdate(at))
    except NotANumber:
        return None


def _with_tags(tags: Sequence[str], reach: Reach, *, besides: UUID | None = None) -> list[UUID]:
    if not tags:
        return []
    with register_index.fresh() as index:
        found = {customer for tag in tags for customer in index.with_number(tag)} - {besides}
    if not found:
        return []
    rows = Customer.objects.filter(pk__in=found, state=Customer.State.ACTIVE)
    within = rows.values_list("pk", "responsible_ref")
    return sorted(customer for customer, responsible in within if reach.covers(responsible))
