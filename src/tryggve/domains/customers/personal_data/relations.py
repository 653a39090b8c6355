from collections.abc import Iterator
from uuid import UUID

from django.db.models import Q
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from tryggve.accounts.policy import EVERYBODY
from tryggve.domains.customers.models import Relation
from tryggve.domains.customers.selectors import relations
from tryggve.privacy import registry
from tryggve.privacy.export import Part, Value
from tryggve.privacy.retention import LegalBasis, Period, RetentionRule
from tryggve.privacy.subjects import Kind


def relations_of(customer: UUID) -> Iterator[Part]:
    """What the customer is to others; an organisation by its name, another person not (GDPR art. 15(4))."""
    values = [
        Value("relation", one.words, _named(one))
        for one in relations.relations_of(customer, EVERYBODY).related
    ]
    if values:
        yield Part("relations", gettext_lazy("Belongs together with"), values, None)


def _named(one: relations.Related) -> str:
    return one.details.title if one.details.kind == "organisation" else _("another person")


def erase_relations(customer: UUID) -> int:
    erased, _by_model = Relation.objects.filter(Q(customer=customer) | Q(other=customer)).delete()
    return erased


HOLDING = registry.Holding(
    code="customers.relations",
    title=gettext_lazy("What customers are to each other"),
    kinds=frozenset({Kind.CUSTOMER}),
    models=frozenset({Relation}),
    export=relations_of,
    erase=erase_relations,
    retention=RetentionRule(
        until=gettext_lazy("one of the two is deleted"),
        kept_for=Period(),
        basis=LegalBasis.CONTRACT,
    ),
)
