"""Finding whom nothing needs any more. What comes of them a person decides: nobody is erased by this."""

from collections.abc import Collection, Iterator
from datetime import date, datetime, time
from uuid import UUID

from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone

from tryggve.audit import actors
from tryggve.audit import services as audit
from tryggve.domains.customers import api as customers
from tryggve.domains.customers.api import LastWritten
from tryggve.domains.rights import actions
from tryggve.domains.rights.engine import needed
from tryggve.domains.rights.engine.needed import Ground, Needed
from tryggve.domains.rights.models import AssignmentEnd, ConsentEvent, Due
from tryggve.domains.rights.selectors.retention import needs
from tryggve.domains.rights.selectors.retention.contacts import Contact
from tryggve.lib.ids import new_id

_AT_ONCE = 1000
_ENDED = (ConsentEvent.Kind.REFUSED, ConsentEvent.Kind.WITHDRAWN, ConsentEvent.Kind.EXPIRED)
_FOUND = (
    "responsible_ref",
    "purpose_ref",
    "rule",
    "counted_from",
    "is_from_end",
    "needed_until",
    "search_ref",
)


def find_due(*, at: datetime) -> int:
    """Write down who is due and strike out who isn't any more; how many are.

    A thousand customers at a time, in a number of questions that doesn't grow with them. Done again, it comes to the
    same, also while another search goes on; cut anywhere, the next time does the rest. Raises vault.Locked.
    """
    search, grounds, before = new_id(), needs.grounds_in_use(), Due.objects.count()
    for batch in _batches(grounds, timezone.localdate(at)) if grounds else ():
        _write_down(needs.not_needed(batch, grounds, at=at), search, at=at)
    struck_out = _strike_out(search, grounds, at=at)
    found = Due.objects.count()
    if struck_out or found != before:
        audit.record(actions.DUE_FOUND, actor=actors.SYSTEM, at=at, count=found)
    return found


def _batches(grounds: Collection[Ground], today: date) -> Iterator[list[LastWritten]]:
    """Everybody who can be due: the card is old, somebody said when the assignment ended, or a yes holds no more."""
    newest = needed.newest_that_can_be_over(grounds, today=today)
    yield from customers.unchanged_since(timezone.make_aware(datetime.combine(newest, time.min)))
    for some in _in_order(AssignmentEnd.objects.filter(ended_on__lt=newest)):
        yield customers.last_written(some)
    for some in _in_order(ConsentEvent.objects.filter(kind__in=_ENDED), "customer_ref"):
        yield customers.last_written(some)


def _strike_out(search: UUID, grounds: Collection[Ground], *, at: datetime) -> int:
    """Whom this search didn't come to is asked about again: another one may have found them meanwhile."""
    struck_out = 0
    for some in _in_order(Due.objects.exclude(search_ref=search)):
        due = {one.id for one, _needed in needs.not_needed(customers.last_written(some), grounds, at=at)}
        struck_out += Due.objects.filter(pk__in=set(some) - due).delete()[0]
    return struck_out


def _in_order(
    rows: "QuerySet[Due] | QuerySet[AssignmentEnd] | QuerySet[ConsentEvent]", customer: str = "pk"
) -> Iterator[list[UUID]]:
    """Their customers, each once, a thousand at a time; what is removed or added meanwhile disturbs nothing."""
    last: UUID | None = None
    ids = rows.order_by(customer).values_list(customer, flat=True).distinct()
    while some := list((ids if last is None else ids.filter(**{f"{customer}__gt": last}))[:_AT_ONCE]):
        last = some[-1]
        yield some


@transaction.atomic
def _write_down(found: Collection[tuple[Contact, Needed]], search: UUID, *, at: datetime) -> None:
    rows = [_due(one, needed, search, at) for one, needed in found]
    Due.objects.bulk_create(
        rows, update_conflicts=True, unique_fields=["customer_ref"], update_fields=_FOUND, batch_size=500
    )


def _due(one: Contact, needed: Needed, search: UUID, at: datetime) -> Due:
    return Due(
        customer_ref=one.id,
        responsible_ref=one.written.responsible,
        purpose_ref=needed.purpose,
        rule=needed.rule,
        counted_from=needed.counted_from,
        is_from_end=needed.is_from_end,
        needed_until=needed.until,
        found_at=at,
        search_ref=search,
    )
