from collections.abc import Iterator
from uuid import UUID

from django.utils.translation import gettext_lazy as _

from tryggve.domains.rights.models import Restriction
from tryggve.privacy import registry
from tryggve.privacy.export import Part, Value
from tryggve.privacy.retention import LegalBasis, Period, RetentionRule
from tryggve.privacy.subjects import Kind


def restrictions_of(customer: UUID) -> Iterator[Part]:
    """When the customer's data was kept from use, and until when."""
    for row in Restriction.objects.filter(customer_ref=customer).order_by("begun_at", "pk"):
        ended = [Value("ended_at", _("Used again from"), row.ended_at.isoformat())] if row.ended_at else []
        begun = Value("begun_at", _("Not used from"), row.begun_at.isoformat())
        yield Part("restriction", _("Your data was kept from use"), [begun, *ended], row.begun_at)


def erase_restrictions(customer: UUID) -> int:
    erased, _by_model = Restriction.objects.filter(customer_ref=customer).delete()
    return erased


HOLDING = registry.Holding(
    code="rights.restrictions",
    title=_("When your data was kept from use"),
    kinds=frozenset({Kind.CUSTOMER}),
    models=frozenset({Restriction}),
    export=restrictions_of,
    erase=erase_restrictions,
    retention=RetentionRule(
        until=_("the customer is erased"), kept_for=Period(), basis=LegalBasis.LEGAL_OBLIGATION
    ),
)
