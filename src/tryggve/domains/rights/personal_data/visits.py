from collections.abc import Iterator
from uuid import UUID

from django.utils.translation import gettext_lazy as _

from tryggve.domains.rights.models import CustomerProvider, PortalLink, PortalSession
from tryggve.privacy import registry
from tryggve.privacy.export import Part, Value
from tryggve.privacy.retention import LegalBasis, Period, RetentionRule
from tryggve.privacy.subjects import Kind


def visits_of(customer: UUID) -> Iterator[Part]:
    """When the customer was mailed a link, and when they came to the own page; never what opens it."""
    for link in PortalLink.objects.filter(customer_ref=customer).order_by("made_at", "pk"):
        used = link.used_at.isoformat() if link.used_at else None
        yield Part(
            "link",
            _("Link in a mail"),
            [Value("use", _("What for"), link.get_use_display()), Value("used_at", _("Used"), used)],
            link.made_at,
        )
    for visit in PortalSession.objects.filter(customer_ref=customer).order_by("begun_at", "pk"):
        values = [Value("seen_at", _("Last seen"), visit.seen_at.isoformat())]
        yield Part("visit", _("Visit to the own page"), values, visit.begun_at)


def erase_visits(customer: UUID) -> int:
    links, _of_links = PortalLink.objects.filter(customer_ref=customer).delete()
    visits, _of_visits = PortalSession.objects.filter(customer_ref=customer).delete()
    return links + visits


HOLDING = registry.Holding(
    code="rights.visits",
    title=_("Links and visits to your own page"),
    kinds=frozenset({Kind.CUSTOMER}),
    # What is sealed of the provider is the firm's own secret there, nobody's data.
    models=frozenset({PortalLink, PortalSession, CustomerProvider}),
    export=visits_of,
    erase=erase_visits,
    retention=RetentionRule(
        until=_("the link or the visit has ended"),
        kept_for=Period(days=30),
        basis=LegalBasis.LEGITIMATE_INTERESTS,
    ),
)
