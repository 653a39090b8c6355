import contextlib
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence, Set
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any
from uuid import UUID

from django.core.paginator import Page, Paginator
from django.db.models import BinaryField, Exists, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Substr

from tryggve import vault
from tryggve.accounts.policy import Reach
from tryggve.accounts.policy.asking import require_within
from tryggve.audit import services as audit
from tryggve.domains.customers import actions, sealing
from tryggve.domains.customers.engine.details import Details
from tryggve.domains.customers.engine.search.filters import EVERYTHING, Filter, Order
from tryggve.domains.customers.engine.search.index import SearchIndex
from tryggve.domains.customers.models import Customer, Document, Import, Merge
from tryggve.domains.customers.register_index import register_index
from tryggve.domains.customers.selectors import numbers
from tryggve.domains.customers.selectors.rows import Opened, Row, details_of
from tryggve.lib.errors import Missing

PAGE_SIZE = 50
_MOST_AT_ONCE = 1000
# With fewer who match, those are looked for who match nearly.
_FEW = 5
_MOST_NEARLY = 20
_OF_CARD = ("revision", "details_sealed", "responsible_ref", "created_at", "changed_at", "restricted_at")
_HANGING_ON = {
    "has_sensitive": Q(sensitive_sealed__isnull=False),
    "has_documents": Exists(Document.objects.filter(customer=OuterRef("pk"))),
    "has_merges": Exists(Merge.objects.filter(kept_ref=OuterRef("pk"), undone_at=None)),
}

Wanted = tuple[Filter, Order]  # whom to show, and in what order


class NoSuchCustomer(Missing):
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
    # Since when the data may be seen and kept, and used for nothing else.
    restricted_at: datetime | None = None
    # Whether there is something to ask for, told with the row: most cards have none of it.
    has_sensitive: bool = False
    has_documents: bool = False
    has_merges: bool = False
    # What other domains asked together with the row, by the names they gave it.
    told_beside: Mapping[str, Any] = field(default_factory=dict)


class Found(list[Row]):
    """Who matches, best first; the last ``near`` of them only nearly: a letter or two is another."""

    near = 0

    @property
    def exactly(self) -> list[Row]:
        return self[: len(self) - self.near]

    @property
    def nearly(self) -> list[Row]:
        return self[len(self) - self.near :]


@dataclass(frozen=True)
class Listed:
    """A page of the list, how many may be seen in all, and the tags that those have, the most used first."""

    page: Page[Row]
    everybody: int
    tags: list[tuple[str, int]]


def customer_card(*, customer: UUID, actor: str, at: datetime, reach: Reach, page: str = "card") -> Card:
    """One customer's details; the look is in the audit log.

    Raises NoSuchCustomer, policy.Refused for a customer of another person's, and vault.CannotOpen for a row that is
    damaged or whose key isn't there.
    """
    card = opened_card(customer, reach)
    audit.look(actions.VIEWED, actor=actor, at=at, subject=customer, page=page)
    return card


def opened_card(customer: UUID, reach: Reach, beside: Mapping[str, Subquery] | None = None) -> Card:
    """The same for who logs the look together with what else is read. Raises as customer_card."""
    asked = {f"beside_{place}": (name, one) for place, (name, one) in enumerate((beside or {}).items())}
    also = {column: one for column, (_name, one) in asked.items()}
    rows = Customer.objects.only(*_OF_CARD).annotate(**_HANGING_ON, **also)
    try:
        row = rows.get(pk=customer, state=Customer.State.ACTIVE)
        require_within(reach, row.responsible_ref)
        details = sealing.opened_one((row.pk, row.revision, row.details_sealed))
    except Customer.DoesNotExist:
        raise NoSuchCustomer from None
    except vault.KeyGone as cause:
        if sealing.told_as_lost({row.pk}):
            raise
        raise NoSuchCustomer from cause  # deleted just now
    return Card(
        row.pk,
        row.revision,
        details,
        row.created_at,
        row.changed_at,
        row.responsible_ref,
        row.restricted_at,
        **{name: getattr(row, name) for name in _HANGING_ON},
        told_beside={name: getattr(row, column) for column, (name, _one) in asked.items()},
    )


def require_visible(customer: UUID, reach: Reach) -> None:
    """Go on if this customer is in force and within reach. Raises NoSuchCustomer and policy.Refused."""
    row = Customer.objects.only("responsible_ref").filter(pk=customer, state=Customer.State.ACTIVE).first()
    if row is None:
        raise NoSuchCustomer
    require_within(reach, row.responsible_ref)


def customer_page(
    *,
    number: int,
    actor: str,
    at: datetime,
    reach: Reach,
    wanted: Filter = EVERYTHING,
    order: Order = "name",
) -> Page[Row]:
    """Fifty customers, in order of their names; page 1 is the first, a number too high gives the last."""
    among = _within(reach)
    with register_index.fresh() as index:
        page = _page(index, number, wanted, order, among)
    audit.look(actions.LISTED, actor=actor, at=at, shown=len(page.object_list), page=page.number)
    return page


def customers_listed(
    *,
    number: int,
    actor: str,
    at: datetime,
    reach: Reach,
    choose: Callable[[list[tuple[str, int]]], Wanted],
) -> Listed:
    """The same page with what else its list shows; ``choose`` is told the tags and says whom to show."""
    among = _within(reach)
    with register_index.fresh() as index:
        tags = index.tags(among)
        wanted, order = choose(tags)
        page = _page(index, number, wanted, order, among)
        everybody = page.paginator.count if wanted == EVERYTHING else len(index.listing(among=among))
    audit.look(actions.LISTED, actor=actor, at=at, shown=len(page.object_list), page=page.number)
    return Listed(page, everybody, tags)


def tags_in_use(*, reach: Reach) -> list[tuple[str, int]]:
    """The tags of the customers who may be seen and how many have each, the most used first."""
    among = _within(reach)
    with register_index.fresh() as index:
        return index.tags(among)


def customers_matching(
    *,
    text: str,
    actor: str,
    at: datetime,
    reach: Reach,
    limit: int = PAGE_SIZE,
    by_number: bool = False,
) -> Found:
    """Who matches what was typed, best first. What was typed is kept nowhere; that someone searched is.

    Where few match, those follow who would but for a slip or two. ``by_number`` for who may open sensitive details:
    a whole identity number finds those who have it and nobody else. Raises sealing.KeysMissing rather than say that
    there is nobody while some can't be read.
    """
    if by_number and (holders := numbers.customers_with_number(text=text, actor=actor, at=at, reach=reach)):
        return _found(holders, [])
    among = _within(reach)
    with register_index.fresh() as index:
        exact, near = index.find(text, limit=limit, among=among), list[UUID]()
        if len(exact) < _FEW:
            most = min(limit - len(exact), _MOST_NEARLY)
            near = index.find_nearly(text, limit=most, among=among, besides=set(exact))
        unread = register_index.without_key
    rows = _found(exact, near)
    if unread and not rows:
        raise sealing.KeysMissing(unread)
    audit.look(actions.SEARCHED, actor=actor, at=at, shown=len(rows))
    return rows


def customers_found_before(
    *, customers: Sequence[UUID], nearly: Sequence[UUID] = (), actor: str, at: datetime, reach: Reach
) -> Found:
    """Those of an earlier search who are still there and may still be seen, in that order."""
    among = _within(reach)
    exact, near = ([one for one in some if among is None or one in among] for some in (customers, nearly))
    rows = _found(exact, near)
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
    """The id of every key that a customer, in any state, an import or a merge names.

    Raises vault.CannotOpen for a row that can't tell its key.
    """
    for start in Customer.objects.values_list(_start(), flat=True).iterator(_MOST_AT_ONCE):
        yield vault.key_id_of(bytes(start or b""))
    for table, name in ((Import, "key_ref"), (Import, "former_key_ref"), (Merge, "key_ref")):
        keys = table.objects.values_list(name, flat=True).iterator()
        yield from (key for key in keys if key is not None)


def _key_names(customers: QuerySet[Customer]) -> Iterator[tuple[UUID, bytes]]:
    rows = customers.values_list("pk", _start())
    for customer, named in rows.iterator(chunk_size=_MOST_AT_ONCE):
        yield customer, bytes(named or b"")  # SQLite calls the beginning of nothing NULL


def _start() -> Substr:
    """The beginning of a document, which names its key: the whole register is many megabytes."""
    return Substr("details_sealed", 1, vault.SHORTEST_BLOB, output_field=BinaryField())


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


def _page(
    index: SearchIndex, number: int, wanted: Filter, order: Order, among: Set[UUID] | None
) -> Page[Row]:
    listing = index.listing(wanted, order=order, among=among)
    return Paginator(Opened(listing), PAGE_SIZE).get_page(number)


def _found(exact: list[UUID], near: list[UUID]) -> Found:
    opened = dict(details_of(exact + near))
    rows = Found((one, opened[one]) for one in exact + near if one in opened)
    rows.near = sum(1 for one in near if one in opened)
    return rows
