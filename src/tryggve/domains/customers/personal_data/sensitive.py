from collections.abc import Iterator
from uuid import UUID

from django.utils.translation import gettext_lazy as _

from tryggve.domains.customers import sealing
from tryggve.domains.customers.engine.sensitive import Sensitive
from tryggve.domains.customers.models import Customer
from tryggve.domains.customers.selectors import custom_fields
from tryggve.domains.customers.words import sensitive as sensitive_words
from tryggve.privacy import registry
from tryggve.privacy.export import Part, Value
from tryggve.privacy.retention import LegalBasis, Period, RetentionRule
from tryggve.privacy.subjects import Kind


def sensitive_of(customer: UUID) -> Iterator[Part]:
    """Identity numbers and sensitive answers. Raises vault.CannotOpen."""
    rows = Customer.objects.filter(pk=customer, state__in=Customer.KEPT)
    for row in rows.exclude(sensitive_sealed=None):
        values = list(_values(sealing.opened_sensitive(row)))
        yield Part("sensitive", _("Sensitive details"), values, row.created_at)


def _values(sensitive: Sensitive) -> Iterator[Value]:
    for kind, number in sensitive_words.numbers_of(sensitive):
        yield Value("number", kind, number)
    fields = custom_fields.all_fields() if sensitive.custom else []
    for name, answer in sensitive_words.answers_of(sensitive, fields):
        yield Value("custom", name, answer)


HOLDING = registry.Holding(
    code="customers.sensitive",
    title=_("Identity numbers and other sensitive details"),
    kinds=frozenset({Kind.CUSTOMER}),
    models=frozenset(),  # the other half of the card's row
    export=sensitive_of,
    erase=registry.with_the_key,
    retention=RetentionRule(
        until=_("the company deletes the customer"),
        kept_for=Period(),
        basis=LegalBasis.CONTRACT,
    ),
    given=frozenset({"number", "custom"}),
)
