"""Customers opened for a list, in its order."""

from collections.abc import Iterator, Sequence
from typing import overload
from uuid import UUID

from tryggve.domains.customers import sealing
from tryggve.domains.customers.engine.details import Details
from tryggve.domains.customers.engine.search.listing import Listing
from tryggve.domains.customers.models import Customer

Row = tuple[UUID, Details]


class Opened(Sequence[Row]):
    """Customers in some order, opened a page at a time."""

    def __init__(self, listing: Listing) -> None:
        self._listing = listing

    def __len__(self) -> int:
        return len(self._listing)

    @overload
    def __getitem__(self, place: int) -> Row: ...
    @overload
    def __getitem__(self, place: slice) -> list[Row]: ...
    def __getitem__(self, place: int | slice) -> Row | list[Row]:
        if isinstance(place, int):
            return details_of(self._listing.some(first=place, count=1))[0]
        first, end, _step = place.indices(len(self))
        return details_of(self._listing.some(first=first, count=end - first))


def details_of(customers: list[UUID]) -> list[Row]:
    """Those of them who are in force and can be opened."""
    found = dict(sealing.opened(_rows_of(customers)))
    return [(customer, found[customer]) for customer in customers if customer in found]


def _rows_of(customers: list[UUID]) -> Iterator[sealing.Row]:
    for some in sealing.batches(customers):
        rows = Customer.objects.filter(pk__in=some, state=Customer.State.ACTIVE)
        yield from rows.values_list("pk", "revision", "details_sealed")
