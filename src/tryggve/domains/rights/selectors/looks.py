"""Who has looked at a customer's data, as the customer is told: when, in which role, what for."""

from collections.abc import Mapping
from uuid import UUID

from django.utils import timezone, translation

from tryggve.accounts.models import User
from tryggve.audit import actors, registry
from tryggve.audit import selectors as log
from tryggve.audit.details import Told
from tryggve.audit.models import Entry
from tryggve.domains.rights.engine.package_page import LookTold, role_word
from tryggve.domains.rights.models import PortalChoice

# What is written when somebody who works here reads data about one customer: all looks that have a subject.
LOOKS = frozenset(
    {
        "access.log-details-read",
        "access.log-viewed",
        "customers.document-read",
        "customers.history-viewed",
        "customers.merge-previewed",
        "customers.notes-viewed",
        "customers.sensitive-viewed",
        "customers.viewed",
        "datamap.named-looked-at",
        "outreach.feedback-read",
        "privacy.exported",
        "rights.case-viewed",
        "rights.consent-receipt-made",
        "rights.consents-viewed",
        "rights.erasure-viewed",
        "rights.keeping-viewed",
        "rights.package-handed-out",
    }
)

# What the package calls an actor who isn't among those who work here.
_OTHERS = {"token": "program", "anonymous": "you", "user": "left"}
_MOST = 100_000
_REASON = "reason"


def shows_names() -> bool:
    """Whether customers are told who it was by name, beside the role."""
    return PortalChoice.objects.filter(shows_names=True).exists()


def looks_at(customer: UUID, *, language: str, most: int = _MOST) -> list[LookTold]:
    """All that was done with the customer's data, the newest first. The caller logs it. Raises vault.Locked."""
    entries = log.entries_about(customer, limit=most)
    people = {actors.user(one.pk): one for one in User.objects.all()}
    details, with_names = log.details_of(entries), shows_names()
    with translation.override(language):
        return [_told(one, people, details, language, with_names=with_names) for one in entries]


def _told(
    entry: Entry, people: Mapping[str, User], details: Mapping[int, Told], language: str, *, with_names: bool
) -> LookTold:
    person = people.get(entry.actor)
    action = registry.actions().get(entry.action)
    said = details[entry.pk].words if entry.pk in details else {}
    kind = entry.actor.partition(":")[0]
    role = str(person.role) if person else _OTHERS.get(kind, kind)
    return LookTold(
        at=timezone.localtime(entry.recorded_at),
        role=role_word(role, language=language),
        name=person.name if person and with_names else "",
        what=str(action.title) if action else entry.action,
        reason=str(said.get(_REASON, "")),
    )
