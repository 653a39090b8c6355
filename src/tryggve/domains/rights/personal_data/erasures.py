from collections.abc import Iterator
from uuid import UUID

from django.utils.translation import gettext_lazy as _

from tryggve.domains.rights.models import Erasure
from tryggve.privacy import registry
from tryggve.privacy.export import Part, Value
from tryggve.privacy.retention import LegalBasis, Period, RetentionRule
from tryggve.privacy.subjects import Kind


def erasures_of(customer: UUID) -> Iterator[Part]:
    """When the customer was to be erased, why, and whether that was called off."""
    for row in Erasure.objects.filter(customer_ref=customer).order_by("asked_at", "pk"):
        values = [
            Value("state", _("What became of it"), row.get_state_display()),
            Value("ground", _("Why"), row.get_ground_display()),
        ]
        yield Part("erasure", _("You were to be erased"), values, row.asked_at)


def leave_the_proof(customer: UUID) -> int:
    """Nothing is removed: a number and times, by which the customer is erased again should an old copy come back."""
    return 0


HOLDING = registry.Holding(
    code="rights.erasures",
    title=_("That you were to be erased"),
    kinds=frozenset({Kind.CUSTOMER}),
    models=frozenset({Erasure}),
    export=erasures_of,
    erase=leave_the_proof,
    retention=RetentionRule(
        until=_("the company ends, as proof, without anything that says who it was"),
        kept_for=Period(),
        basis=LegalBasis.LEGAL_OBLIGATION,
    ),
    unerased=registry.nobody,
)
