"""When the company and a customer last had to do with one another, as far as Tryggve knows.

It counts that the card was added or changed, also by a list that was brought in; that a note or a document was added;
that the customer asked for something by right, said yes or no to something, told what they think, or opened the own
page. It doesn't count
that somebody looked at the card, that the company sent something, or that the customer was kept longer.
"""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime
from uuid import UUID

from django.utils import timezone

from tryggve.audit import selectors as audit
from tryggve.domains.customers.api import LastWritten
from tryggve.domains.rights import actions
from tryggve.domains.rights.engine import consents as engine
from tryggve.domains.rights.engine.needed import Known
from tryggve.domains.rights.models import AssignmentEnd, ConsentEvent
from tryggve.domains.rights.selectors.consents.consents import event_of, rows

_SAID = (
    ConsentEvent.Kind.GIVEN,
    ConsentEvent.Kind.REFUSED,
    ConsentEvent.Kind.WITHDRAWN,
    ConsentEvent.Kind.RENEWED,
)
_YES = (ConsentEvent.Kind.GIVEN, ConsentEvent.Kind.RENEWED)
_ENDED = (ConsentEvent.Kind.REFUSED, ConsentEvent.Kind.WITHDRAWN, ConsentEvent.Kind.EXPIRED)
# Requests, visits and answers are forgotten after some time, the log isn't.
_BY_CUSTOMER = (
    actions.CASE_OPENED.code,
    actions.PORTAL_OPENED.code,
    actions.PORTAL_OPENED_BY_PROVIDER.code,
    "outreach.feedback-given",
)


@dataclass(frozen=True, slots=True)
class Contact:
    """One customer, what was last and when, and what the rules of keeping ask."""

    written: LastWritten
    at: datetime
    deed: str
    known: Known

    @property
    def id(self) -> UUID:
        return self.written.id


def contacts_of(
    batch: Collection[LastWritten], *, at: datetime, statuses: Mapping[UUID, str] | None = None
) -> list[Contact]:
    """Of at most a thousand customers, in three questions."""
    ids = [one.id for one in batch]
    events = _events(ids)
    asked = audit.newest_of(_BY_CUSTOMER, about=ids)
    ends = AssignmentEnd.objects.in_bulk(ids)
    known = statuses or {}
    return [
        _contact(one, events.get(one.id, ()), asked.get(one.id), ends.get(one.id), at, known.get(one.id, ""))
        for one in batch
    ]


def _events(customers: Collection[UUID]) -> Mapping[UUID, list[ConsentEvent]]:
    found: dict[UUID, list[ConsentEvent]] = defaultdict(list)
    for row in rows(customer_ref__in=customers):
        found[row.customer_ref].append(row)
    return found


def _contact(
    written: LastWritten,
    events: Collection[ConsentEvent],
    asked: datetime | None,
    end: AssignmentEnd | None,
    at: datetime,
    status: str,
) -> Contact:
    said = max((row.happened_at for row in events if row.kind in _SAID), default=None)
    deeds = [(written.at, str(written.deed)), (said, "consent"), (asked, "asked")]
    last, deed = max((moment, what) for moment, what in deeds if moment is not None)
    known = Known(
        last_contact=timezone.localdate(last),
        ended_on=end.ended_on if end is not None and end.told_at >= last else None,
        consents=frozenset(_consents(events, at)),
        status=status,
    )
    if written.deed == "added" and asked is None and end is None and not (known.consents or status):
        known = replace(known, only_agreed=_ended_last(events))
    return Contact(written, last, deed, known)


def _ended_last(events: Collection[ConsentEvent]) -> tuple[UUID, date] | None:
    """Of who said yes once: the purpose that they said no to last, or whose time ran out, and the day."""
    if not any(row.kind in _YES for row in events):
        return None
    last = max((row for row in events if row.kind in _ENDED), key=lambda row: row.happened_at, default=None)
    return (last.purpose_id, timezone.localdate(last.happened_at)) if last else None


def _consents(events: Iterable[ConsentEvent], at: datetime) -> set[UUID]:
    by_purpose: dict[UUID, list[engine.Event]] = defaultdict(list)
    for row in events:
        by_purpose[row.purpose_id].append(event_of(row))
    return {purpose for purpose, some in by_purpose.items() if engine.holds(some, at)}
