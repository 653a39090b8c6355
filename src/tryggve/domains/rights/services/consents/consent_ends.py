"""Consents that end without anybody saying so."""

from datetime import datetime
from uuid import UUID

from django.db import transaction

from tryggve.domains.customers import api as customers
from tryggve.domains.rights.engine import consents as engine
from tryggve.domains.rights.models import ConsentEvent
from tryggve.domains.rights.selectors.consents import consents as selectors
from tryggve.domains.rights.services import consent_events
from tryggve.domains.rights.services.consent_events import THE_MACHINE, Channel, Circumstances, Kind


def end_what_ran_out(*, now: datetime) -> int:
    """Write down that consents given for a time have ended; returns how many. They held no more since then anyway."""
    ran_out = ConsentEvent.objects.filter(holds_until__lte=now).values_list("customer_ref", "purpose")
    ended = 0
    for customer, purpose in set(ran_out):
        rows = selectors.rows(customer_ref=customer, purpose=purpose)
        ended += _end_if_run_out(customer, purpose, list(rows), now)
    return ended


@transaction.atomic
def _end_if_run_out(customer: UUID, purpose: UUID, rows: list[ConsentEvent], now: datetime) -> bool:
    standing = engine.standing(map(selectors.event_of, rows), now)
    if standing.state is not engine.State.EXPIRED or standing.since is None:
        return False
    if any(row.kind == Kind.EXPIRED and row.happened_at == standing.since for row in rows):
        return False
    if not customers.hold(customer):
        return False
    how = Circumstances(Channel.ITSELF, standing.since, THE_MACHINE, "")
    consent_events.add(customer, purpose, Kind.EXPIRED, None, None, how, at=now)
    return True
