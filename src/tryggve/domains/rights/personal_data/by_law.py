from collections.abc import Iterable, Iterator
from uuid import UUID

from django.utils.translation import gettext_lazy as _

from tryggve.domains.rights.models import KeptByLaw
from tryggve.domains.rights.selectors.retention import by_law
from tryggve.privacy import registry
from tryggve.privacy.export import Part, Value
from tryggve.privacy.retention import LegalBasis, Period, RetentionRule
from tryggve.privacy.subjects import Kind


def facts_of(customer: UUID) -> Iterator[Part]:
    """What is kept by law, in words. Raises vault.Locked."""
    for fact in by_law.facts_of(customer):
        values = [
            Value("until", _("Until"), fact.until.isoformat()),
            Value("rule", _("Rule"), fact.rule),
            Value("words", _("In words"), fact.words or ""),
        ]
        yield Part("kept-by-law", _("Kept by law"), values, fact.written_at)


def leave_facts(customer: UUID) -> int:
    """Erases nothing: the law demands it. From now on it is all there is, and goes when its time is over."""
    KeptByLaw.objects.filter(customer_ref=customer).update(is_alone=True)
    return 0


def not_left_yet() -> Iterable[UUID]:
    """Of whom something is kept that doesn't know yet that it is all there is."""
    return KeptByLaw.objects.filter(is_alone=False).values_list("customer_ref", flat=True)


HOLDING = registry.Holding(
    code="rights.kept-by-law",
    title=_("What the law on bookkeeping demands"),
    kinds=frozenset({Kind.CUSTOMER}),
    models=frozenset({KeptByLaw}),
    export=facts_of,
    erase=leave_facts,
    retention=RetentionRule(
        until=_("the law on bookkeeping demands it no longer"),
        kept_for=Period(),
        basis=LegalBasis.LEGAL_OBLIGATION,
    ),
    unerased=not_left_yet,
)
