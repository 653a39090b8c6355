"""Who of many isn't needed any more, by what the company uses data for."""

from collections.abc import Collection
from dataclasses import replace
from datetime import datetime
from uuid import UUID

from django.utils import timezone

from tryggve.domains.customers import api as customers
from tryggve.domains.customers.api import LastWritten
from tryggve.domains.rights.engine import needed
from tryggve.domains.rights.engine.needed import Ground, Known, Needed
from tryggve.domains.rights.models import KeptByLaw
from tryggve.domains.rights.selectors.purposes import purposes
from tryggve.domains.rights.selectors.retention import contacts, keeps
from tryggve.domains.rights.selectors.retention.contacts import Contact


def grounds_in_use() -> list[Ground]:
    """The purposes that need customers, as the company has them now. One question."""
    return needed.grounds((one.id, one.facts) for one in purposes.purposes_in_use())


def not_needed(
    batch: Collection[LastWritten], grounds: Collection[Ground], *, at: datetime
) -> list[tuple[Contact, Needed]]:
    """Those of at most a thousand customers whom nothing needs any more, and whom nobody decided to keep."""
    today = timezone.localdate(at)
    ids = [one.id for one in batch]
    kept = keeps.kept_of(ids, today=today)
    statuses = customers.statuses(ids) if needed.asks_for_status(grounds) else {}
    found = contacts.contacts_of(batch, at=at, statuses=statuses)
    more = _who_is_there_for_more([one.id for one in found if one.known.only_agreed])
    judged = [(one, needed.needed_until(grounds, _known(one, more))) for one in found]
    return [(one, until) for one, until in judged if until and until.is_over(today) and one.id not in kept]


def _known(one: Contact, there_for_more: Collection[UUID]) -> Known:
    return replace(one.known, only_agreed=None) if one.id in there_for_more else one.known


def _who_is_there_for_more(some: Collection[UUID]) -> set[UUID]:
    """Those of whom the card says how far they are, or of whom there is something about bookkeeping."""
    if not some:
        return set()
    invoiced = KeptByLaw.objects.filter(customer_ref__in=list(some)).values_list("customer_ref", flat=True)
    return {*customers.statuses(some), *invoiced}
