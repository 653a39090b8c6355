from collections.abc import Iterator
from dataclasses import asdict
from uuid import UUID

from django.utils.translation import gettext_lazy as _

from tryggve.domains.customers import sealing
from tryggve.domains.customers.engine.custom_fields import answered
from tryggve.domains.customers.engine.details import Details
from tryggve.domains.customers.models import Customer, CustomerChange
from tryggve.domains.customers.selectors import custom_fields
from tryggve.domains.customers.words import custom_fields as custom_words
from tryggve.domains.customers.words import imports as import_words
from tryggve.privacy import registry
from tryggve.privacy.export import Part, Value
from tryggve.privacy.retention import LegalBasis, Period, RetentionRule
from tryggve.privacy.subjects import Kind

TITLES = import_words.FIELDS | {
    "emails": import_words.FIELDS["email"],
    "phones": import_words.FIELDS["phone"],
    "addresses": _("Address"),
    "status": _("Status"),
    "uids": _("Ids in address books"),
}
# How the part is kept, not what is known: the part itself tells its source, and tags are hashes of numbers.
_UNTOLD = frozenset({"source", "number_tags", "custom"})
# What the company wrote about the customer, or keeps for itself, isn't theirs to take along.
_GIVEN = frozenset({"kind", "name", "organisation", "emails", "phones", "addresses", "job_title", "custom"})


def card_of(customer: UUID) -> Iterator[Part]:
    """The customer's details. Raises vault.CannotOpen."""
    for row in Customer.objects.filter(pk=customer, state__in=Customer.KEPT):
        details = sealing.opened_one((row.pk, row.revision, row.details_sealed))
        yield Part(
            code="details",
            title=_("Details"),
            values=list(values_of(details)),
            since=row.created_at,
            source=details.source,
        )


def values_of(details: Details) -> Iterator[Value]:
    """What stands on a card, by its fields."""
    for code, content in asdict(details).items():
        if content and code not in _UNTOLD:
            yield Value(code, TITLES[code], content)
    fields = custom_fields.all_fields() if details.custom else []
    for field, answer in answered(fields, details.custom):
        yield Value("custom", field.name, custom_words.shown_answer(field, answer))


def erase_card(customer: UUID) -> int:
    """Remove the row; every process's search index drops the customer."""
    erased, _by_model = Customer.objects.filter(pk=customer).delete()
    if erased:
        CustomerChange.objects.create(customer_ref=customer)
    return erased


HOLDING = registry.Holding(
    code="customers.register",
    title=_("The register of customers"),
    kinds=frozenset({Kind.CUSTOMER}),
    # Of a change only the id stays, by which each process's search index drops who was erased.
    models=frozenset({Customer, CustomerChange}),
    export=card_of,
    erase=erase_card,
    retention=RetentionRule(
        until=_("the company deletes the customer"),
        kept_for=Period(),
        basis=LegalBasis.CONTRACT,
    ),
    given=_GIVEN,
    unerased=registry.nobody,
)
