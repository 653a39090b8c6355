import contextlib
from collections.abc import Iterable, Iterator, Sequence, Set
from dataclasses import dataclass
from datetime import datetime
from typing import overload
from uuid import UUID

from django.core.paginator import Page, Paginator
from django.db.models import BinaryField, QuerySet
from django.db.models.functions import Substr

from tryggve import vault
from tryggve.accounts.policy import Reach
from tryggve.accounts.policy.asking import require_within
from tryggve.audit import services as audit
from tryggve.domains.customers import actions, sealing
from tryggve.domains.customers.engine.details import Details
from tryggve.domains.customers.engine.search import SearchIndex
from tryggve.domains.customers.models import Customer, Import
from tryggve.domains.customers.register_index import register_index

PAGE_SIZE = 50
_MOST_AT_ONCE = 1000
_OF_CARD = ("revision", "details_sealed", "responsible_ref", "created_at", "changed_at")

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
    responsible: UUID | None = None


class _ByName(Sequence[Row]):
    """Everybody whom somebody may see, by name, opened a page at a time."""

    def __init__(self, index: SearchIndex, among: Set[UUID] | None) -> None:
        self._index = index
        self._among = among
        self._count = index.count(among)

    def __len__(self) -> int:
        return self._count

    @overload
    def __getitem__(self, place: int) -> Row: ...
    @overload
    def __getitem__(self, place: slice) -> list[Row]: ...
    def __getitem__(self, place: int | slice) -> Row | list[Row]:
        if isinstance(place, int):
            return _details_of(self._index.ordered(first=place, count=1, among=self._among))[0]
        first, end, _step = place.indices(len(self))
        return _details_of(self._index.ordered(first=first, count=end - first, among=self._among))


def customer_card(*, customer: UUID, actor: str, at: datetime, reach: Reach, page: str = "card") -> Card:
    """One customer's details; the look is in the audit log.

    Raises NoSuchCustomer, policy.Refused for a customer of another person's, and vault.CannotOpen for a row that is
    damaged or whose key isn't there.
    """
    try:
        row = Customer.objects.only(*_OF_CARD).get(pk=customer, state=Customer.State.ACTIVE)
        require_within(reach, row.responsible_ref)
        details = sealing.opened_one((row.pk, row.revision, row.details_sealed))
    except Customer.DoesNotExist:
        raise NoSuchCustomer from None
    except vault.KeyGone as cause:
        if sealing.told_as_lost({row.pk}):
            raise
        raise NoSuchCustomer from cause  # deleted just now
    audit.look(actions.VIEWED, actor=actor, at=at, subject=customer, page=page)
    return Card(row.pk, row.revision, details, row.created_at, row.changed_at, row.responsible_ref)


def customer_page(*, number: int, actor: str, at: datetime, reach: Reach) -> Page[Row]:
    """Fifty customers in order of their names; page 1 is the first, a number too high gives the last."""
    among = _within(reach)
    with register_index.fresh() as index:
        page = Paginator(_ByName(index, among), PAGE_SIZE).get_page(number)
    audit.look(actions.LISTED, actor=actor, at=at, shown=len(page.object_list), page=page.number)
    return page


def customers_matching(
    *, text: str, actor: str, at: datetime, reach: Reach, limit: int = PAGE_SIZE
) -> list[Row]:
    """Who matches what was typed, best first. What was typed is kept nowhere; that someone searched is.

    Raises sealing.KeysMissing rather than say that there is nobody while some can't be read.
    """
    among = _within(reach)
    with register_index.fresh() as index:
        customers, unread = index.find(text, limit=limit, among=among), register_index.without_key
    rows = _details_of(customers)
    if unread and not rows:
        raise sealing.KeysMissing(unread)
    audit.look(actions.SEARCHED, actor=actor, at=at, shown=len(rows))
    return rows


def customers_found_before(*, customers: list[UUID], actor: str, at: datetime, reach: Reach) -> list[Row]:
    """Those of an earlier search who are still there and may still be seen, in that order."""
    among = _within(reach)
    rows = _details_of([one for one in customers if among is None or one in among])
    audit.look(actions.SEARCHED, actor=actor, at=at, shown=len(rows))
    return rows


def is_there_a_customer() -> bool:
    """Whether anybody is in the register; works while it is locked."""
    return Customer.objects.filter(state=Customer.State.ACTIVE).exists()


def customers_without_key() -> int:
    """How many in force can't be read because the key store lacks their keys; nobody's details are opened."""
    lost = 0
    for some in sealing.batches(_key_names(Customer.objects.filter(state=Customer.State.ACTIVE))):
        keys = {key: customer for customer, key in _named_keys(some)}
        without = [keys[key] for key in vault.keyring().missing(keys)]
        if without:  # asked again: one who was deleted meanwhile has lost nothing
            lost += Customer.objects.filter(pk__in=without, state=Customer.State.ACTIVE).count()
    return lost


def key_ids_in_use() -> Iterator[UUID]:
    """The id of every key that a customer, in any state, or an import names.

    Raises vault.CannotOpen for a row that can't tell its key.
    """
    for _customer, start in _key_names(Customer.objects.all()):
        yield vault.key_id_of(start)
    of_imports = Import.objects.values_list("key_ref", flat=True).iterator()
    yield from (key for key in of_imports if key is not None)


def _key_names(customers: QuerySet[Customer]) -> Iterator[tuple[UUID, bytes]]:
    """The beginning of each document, which names its key: the whole register is many megabytes."""
    start = Substr("details_sealed", 1, vault.SHORTEST_BLOB, output_field=BinaryField())
    rows = customers.annotate(start=start).values_list("pk", "start")
    for customer, named in rows.iterator(chunk_size=_MOST_AT_ONCE):
        yield customer, bytes(named or b"")  # SQLite calls the beginning of nothing NULL


def _named_keys(starts: Iterable[tuple[UUID, bytes]]) -> Iterator[tuple[UUID, UUID]]:
    for customer, start in starts:
        with contextlib.suppress(vault.CannotOpen):  # damaged, which is another matter
            yield customer, vault.key_id_of(start)


def _within(reach: Reach) -> Set[UUID] | None:
    """The ids of those that may be seen; None when all may."""
    if reach.people is None:
        return None
    theirs = Customer.objects.filter(responsible_ref__in=reach.people, state=Customer.State.ACTIVE)
    return set(theirs.values_list("pk", flat=True))


def _details_of(customers: list[UUID]) -> list[Row]:
    found = dict(sealing.opened(_rows_of(customers)))
    return [(customer, found[customer]) for customer in customers if customer in found]


def _rows_of(customers: list[UUID]) -> Iterator[sealing.Row]:
    for some in sealing.batches(customers):
        rows = Customer.objects.filter(pk__in=some, state=Customer.State.ACTIVE)
        yield from rows.values_list("pk", "revision", "details_sealed")
