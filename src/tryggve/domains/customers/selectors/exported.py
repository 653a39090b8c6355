"""Who is in a file that leaves the register, read a thousand at a time."""

from collections.abc import Iterator, Sequence
from uuid import UUID

from django.db.models import QuerySet

from tryggve.accounts.policy import Reach
from tryggve.domains.customers import sealing
from tryggve.domains.customers.engine.export.columns import Widths
from tryggve.domains.customers.engine.export.records import Record
from tryggve.domains.customers.engine.search.filters import EVERYTHING, Filter, Order
from tryggve.domains.customers.models import Customer
from tryggve.domains.customers.register_index import register_index


def customers_in_view(*, wanted: Filter = EVERYTHING, order: Order = "name", reach: Reach) -> list[UUID]:
    """Whom the filter fits of those within reach, in that order; without those whose data may not be used.

    Raises sealing.KeysMissing rather than leave out somebody who can't be read, and vault.Locked.
    """
    among = None if reach.people is None else set(_within(reach).values_list("pk", flat=True))
    with register_index.fresh() as index:
        if register_index.without_key:
            raise sealing.KeysMissing(register_index.without_key)
        listing = index.listing(wanted, order=order, among=among)
        found = listing.some(first=0, count=len(listing))
    restricted = set(Customer.objects.exclude(restricted_at=None).values_list("pk", flat=True))
    return [one for one in found if one not in restricted]


def customers_still_there(customers: Sequence[UUID], *, reach: Reach) -> list[UUID]:
    """Those of them who are in force, usable and within reach, in their order."""
    within = _within(reach)
    there = {
        customer
        for some in sealing.batches(customers)
        for customer in within.filter(pk__in=some).values_list("pk", flat=True)
    }
    return [customer for customer in customers if customer in there]


def widths_of(customers: Sequence[UUID]) -> Widths:
    """What columns they need, and how many of them can be read."""
    widths = Widths()
    for record in records_of(customers):
        widths.take(record.details)
    return widths


def records_of(customers: Sequence[UUID]) -> Iterator[Record]:
    """Those who are still in force and usable, in that order; one that is damaged is told in the log and left out."""
    for some in sealing.batches(customers):
        rows = Customer.objects.filter(pk__in=some, state=Customer.State.ACTIVE, restricted_at=None)
        found = {row[0]: row for row in rows.values_list("pk", "revision", "details_sealed", "changed_at")}
        opened = dict(sealing.opened(found[one][:3] for one in some if one in found))
        for customer in some:
            if customer in opened:
                yield Record(str(customer), opened[customer], found[customer][3])


def _within(reach: Reach) -> QuerySet[Customer]:
    rows = Customer.objects.filter(state=Customer.State.ACTIVE, restricted_at=None)
    return rows if reach.people is None else rows.filter(responsible_ref__in=reach.people)
