from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import overload
from uuid import UUID

from django.core.paginator import Page, Paginator

from tryggve import vault
from tryggve.audit import services as audit
from tryggve.domains.customers import actions, sealing
from tryggve.domains.customers.engine.details import Details
from tryggve.domains.customers.engine.search import SearchIndex
from tryggve.domains.customers.models import Customer
from tryggve.domains.customers.register_index import register_index

PAGE_SIZE = 50
_MOST_AT_ONCE = 1000

Row = tuple[UUID, Details]


class NoSuchCustomer(LookupError):
    """Nobody in force has that id."""


@dataclass(frozen=True)
class Card:
    """One customer, opened."""

    id: UUID
    revision: int
    details: Details
    created_at: datetime
    changed_at: datetime


class _ByName(Sequence[Row]):
    """Everybody by name, opened a page at a time."""

    def __init__(self, index: SearchIndex) -> None:
        self._index = index

    def __len__(self) -> int:
        return len(self._index)

    @overload
    def __getitem__(self, place: int) -> Row: ...
    @overload
    def __getitem__(self, place: slice) -> list[Row]: ...
    def __getitem__(self, place: int | slice) -> Row | list[Row]:
        if isinstance(place, int):
            return _details_of(self._index.ordered(first=place, count=1))[0]
        first, end, _step = place.indices(len(self))
        return _details_of(self._index.ordered(first=first, count=end - first))


def customer_card(*, customer: UUID, actor: str, at: datetime, page: str = "card") -> Card:
    """One customer's details; the look is in the audit log.

    Raises NoSuchCustomer, and vault.CannotOpen for a damaged row.
    """
    row = Customer.objects.filter(pk=customer, state=Customer.State.ACTIVE).first()
    if row is None:
        raise NoSuchCustomer
    try:
        details = sealing.opened_one((row.pk, row.revision, row.details_sealed))
    except vault.KeyGone as cause:
        raise NoSuchCustomer from cause
    audit.look(actions.VIEWED, actor=actor, at=at, subject=customer, page=page)
    return Card(row.pk, row.revision, details, row.created_at, row.changed_at)


def customer_page(*, number: int, actor: str, at: datetime) -> Page[Row]:
    """Fifty customers in order of their names; page 1 is the first, a number too high gives the last."""
    with register_index.fresh() as index:
        page = Paginator(_ByName(index), PAGE_SIZE).get_page(number)
    audit.look(actions.LISTED, actor=actor, at=at, shown=len(page.object_list), page=page.number)
    return page


def customers_matching(*, text: str, actor: str, at: datetime, limit: int = PAGE_SIZE) -> list[Row]:
    """Who matches what was typed, best first. What was typed is kept nowhere; that someone searched is."""
    with register_index.fresh() as index:
        customers = index.find(text, limit=limit)
    rows = _details_of(customers)
    audit.look(actions.SEARCHED, actor=actor, at=at, shown=len(rows))
    return rows


def customers_found_before(*, customers: list[UUID], actor: str, at: datetime) -> list[Row]:
    """Those of an earlier search who are still there, in that order."""
    rows = _details_of(customers)
    audit.look(actions.SEARCHED, actor=actor, at=at, shown=len(rows))
    return rows


def _details_of(customers: list[UUID]) -> list[Row]:
    found = dict(sealing.opened(_rows_of(customers)))
    return [(customer, found[customer]) for customer in customers if customer in found]


def _rows_of(customers: list[UUID]) -> Iterator[sealing.Row]:
    for first in range(0, len(customers), _MOST_AT_ONCE):
        some = customers[first : first + _MOST_AT_ONCE]
        rows = Customer.objects.filter(pk__in=some, state=Customer.State.ACTIVE)
        yield from rows.values_list("pk", "revision", "details_sealed")
