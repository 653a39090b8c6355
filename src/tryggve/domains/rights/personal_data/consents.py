from collections.abc import Iterator
from datetime import datetime
from uuid import UUID

from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from tryggve.domains.rights.models import ConsentEvent
from tryggve.domains.rights.models.consents import ConsentEvents
from tryggve.domains.rights.selectors.consents import choices
from tryggve.privacy import registry
from tryggve.privacy.export import Part, Value
from tryggve.privacy.retention import LegalBasis, Period, RetentionRule
from tryggve.privacy.subjects import Kind


def consents_of(customer: UUID) -> Iterator[Part]:
    """Each event, with the words that the customer was asked in."""
    rows = ConsentEvent.objects.filter(customer_ref=customer).select_related("text")
    for row in rows.order_by("happened_at", "pk"):
        yield Part(
            code="consent",
            title=choices.name_of(row.purpose_id, language=get_language() or "en"),
            values=[
                Value("kind", _("What you said"), row.get_kind_display()),
                Value("channel", _("How"), row.get_channel_display()),
                Value("happened_at", _("When"), row.happened_at.isoformat()),
                Value("holds_until", _("Holds until"), _iso(row.holds_until)),
                Value("text", _("In which words"), row.text.text if row.text else ""),
                Value("by_guardian", _("Said by a parent"), row.is_by_guardian),
            ],
            since=row.recorded_at,
            source=_("said by the customer"),
        )


def erase_consents(customer: UUID) -> int:
    """Remove the events: nothing is done any more that they would have to prove."""
    return ConsentEvents(ConsentEvent).erase_of(customer)


def _iso(at: datetime | None) -> str | None:
    return at.isoformat() if at else None


HOLDING = registry.Holding(
    code="rights.consents",
    title=_("What you agreed to"),
    kinds=frozenset({Kind.CUSTOMER}),
    models=frozenset({ConsentEvent}),
    export=consents_of,
    erase=erase_consents,
    retention=RetentionRule(
        until=_("the company deletes the customer: a consent must be provable for as long as it is used"),
        kept_for=Period(),
        basis=LegalBasis.LEGAL_OBLIGATION,
    ),
)
