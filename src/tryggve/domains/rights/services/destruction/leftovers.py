"""Taking away what was written about somebody beside the erasure, and stayed."""

from collections.abc import Collection, Iterable
from datetime import datetime
from uuid import UUID

from django.core.exceptions import FieldDoesNotExist
from django.db.models import Model

from tryggve.audit import actors
from tryggve.domains.customers import api as customers
from tryggve.domains.rights import actions
from tryggve.privacy import registry
from tryggve.privacy import services as privacy
from tryggve.privacy.registry import Holding
from tryggve.privacy.subjects import Kind, Subject

_NAMED_BY = "customer_ref"


def erase_left_over(dead: Collection[UUID], *, at: datetime) -> int:
    """Let every holding erase again of those who were erased and whom some row still names; of how many it found any.

    Who has a row in the register yet isn't touched. What a holding keeps on purpose it keeps this time too.
    """
    named = _named().intersection(dead)
    gone = sorted(named - customers.still_there(named))
    return sum(_found_any(customer, at=at) for customer in gone)


def _found_any(customer: UUID, *, at: datetime) -> bool:
    subject = Subject(Kind.CUSTOMER, customer)
    erased = privacy.erase_person(subject, actor=actors.SYSTEM, at=at, deed=actions.ERASED_AGAIN)
    return any(erased.values())


def _named() -> set[UUID]:
    """Whom a row names in which there may be something to erase; one question for each model."""
    return {one for holding in registry.holdings(Kind.CUSTOMER) for one in _named_in(holding)}


def _named_in(holding: Holding) -> Iterable[UUID]:
    if holding.unerased is not None:
        return holding.unerased()
    rows = (model._default_manager.order_by() for model in holding.models if _names(model))
    return (one for some in rows for one in some.values_list(_NAMED_BY, flat=True).distinct())


def _names(model: type[Model]) -> bool:
    try:
        model._meta.get_field(_NAMED_BY)
    except FieldDoesNotExist:
        return False
    return True
