from collections.abc import Iterator
from uuid import UUID

from django.utils.translation import gettext_lazy as _

from tryggve import vault
from tryggve.domains.customers.models import Document
from tryggve.domains.customers.selectors import documents as selectors
from tryggve.domains.customers.services import documents
from tryggve.privacy import registry
from tryggve.privacy.export import Part, Value
from tryggve.privacy.retention import LegalBasis, Period, RetentionRule
from tryggve.privacy.subjects import Kind


def documents_about(customer: UUID) -> Iterator[Part]:
    """Which files there are; the files themselves are handed out one by one from the card. Raises vault.CannotOpen.

    It does so last, where there is one whose name can't be opened.
    """
    found = selectors.documents_of(customer)
    for one in found:
        values = [
            Value("name", _("Name"), one.name),
            Value("media_type", _("Kind of file"), one.media_type),
            Value("size_bytes", _("Size in bytes"), one.size_bytes),
        ]
        yield Part("document", _("Document"), values, one.added_at)
    if len(found) < Document.objects.filter(customer_id=customer).count():
        raise vault.Damaged


HOLDING = registry.Holding(
    code="customers.documents",
    title=_("Documents about customers"),
    kinds=frozenset({Kind.CUSTOMER}),
    models=frozenset({Document}),
    export=documents_about,
    erase=documents.erase_documents,
    retention=RetentionRule(
        until=_("the company deletes the customer"),
        kept_for=Period(),
        basis=LegalBasis.CONTRACT,
    ),
)
