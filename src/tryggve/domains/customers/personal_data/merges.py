from collections.abc import Iterator
from uuid import UUID

from django.utils.translation import gettext_lazy as _

from tryggve.domains.customers import sealing
from tryggve.domains.customers.models import Customer, Merge
from tryggve.domains.customers.personal_data.card import values_of
from tryggve.domains.customers.services import merged_away
from tryggve.privacy import registry
from tryggve.privacy.export import Part
from tryggve.privacy.retention import LegalBasis, Period, RetentionRule
from tryggve.privacy.subjects import Kind


def merged_cards_of(customer: UUID) -> Iterator[Part]:
    """The cards that were merged into this customer's and can still be brought back. Raises vault.CannotOpen."""
    for row in merged_away.merged_into(customer):
        if row.state == Customer.State.MERGED:
            details = sealing.opened_one((row.pk, row.revision, row.details_sealed))
            values = list(values_of(details))
            yield Part(
                "merged", _("A card that was merged into this one"), values, row.created_at, details.source
            )


HOLDING = registry.Holding(
    code="customers.merges",
    title=_("Cards that were merged"),
    kinds=frozenset({Kind.CUSTOMER}),
    models=frozenset({Merge}),
    export=merged_cards_of,
    erase=merged_away.erase_merges,
    retention=RetentionRule(
        until=_("two cards were merged"),
        kept_for=Period(days=30),
        basis=LegalBasis.CONTRACT,
    ),
)
