"""Taking a customer out of the lists: those that wait for a yes, and what those brought in have left."""

import logging
from collections.abc import Collection, Iterable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import replace
from typing import NamedTuple
from uuid import UUID

from django.db import transaction
from django.db.models import Q, QuerySet

from tryggve import vault
from tryggve.domains.customers import sealing
from tryggve.domains.customers.engine.comparison.marks import general_marks
from tryggve.domains.customers.engine.details import Details
from tryggve.domains.customers.engine.imports.recognition import Known
from tryggve.domains.customers.engine.imports.tracing import Sought, number_mark
from tryggve.domains.customers.engine.values.phones import Country
from tryggve.domains.customers.models import Customer, Import
from tryggve.domains.customers.services import papers, rekeying, staging
from tryggve.domains.customers.services.papers import Papers, Rows
from tryggve.domains.setup import api as setup
from tryggve.lib import write_points

logger = logging.getLogger(__name__)

_without_ties: ContextVar[frozenset[str]] = ContextVar("without_ties", default=frozenset())


class Found(NamedTuple):
    """The rows of one list that are a customer's: of a list that waits, and of those set aside."""

    papers: Papers
    waiting: list[list[tuple[str, str]]]
    aside: list[list[tuple[str, str]]]


def forget_customer(
    *,
    customer: UUID,
    details: Details | None,
    numbers: frozenset[str] = frozenset(),
    is_rekeyed: bool = False,
) -> int:
    """Take out of every list what is this customer's; returns of how many lists. A second time finds nothing.

    With the details, rows are recognised by the rules by which an import recognises a customer; so this is done
    while the customer's key is still there. Without them only what a list was seen to say of this id is found.
    An import that is just being put in force is waited for; one that begins later leaves out who is in force no
    more. So the customer is marked before, and no transaction is open. ``is_rekeyed``: a list that held the customer
    gets another key, which is for who knows that no import runs.
    """
    for batch in list(Import.objects.filter(state=Import.State.RUNNING).values_list("pk", flat=True)):
        with transaction.atomic():
            Import.objects.select_for_update().filter(pk=batch).first()
    return _forget(Sought(str(customer), details, numbers), _held(), is_rekeyed=is_rekeyed)


def forget_ties(*, customer: UUID) -> int:
    """Take out of what lists left all that they were seen to say of this id; returns of how many lists.

    Lists that wait aren't opened again in the transaction of an erasure.
    """
    if str(customer) in _without_ties.get():
        return 0
    return _forget(Sought(str(customer)), _held().exclude(leftovers_sealed=None))


@contextmanager
def without_ties(customers: Collection[str]) -> Iterator[None]:
    """Take out what lists left of all these, in one pass, before the block erases them one by one."""
    for batch in list(_held().values_list("pk", flat=True)):
        row = Import.objects.filter(pk=batch).exclude(key_ref=None).first()
        for customer in _tied(row).intersection(customers) if row else ():
            _forget_in(batch, Sought(customer), [], setup.firm_country())
    before = _without_ties.set(frozenset(customers))
    try:
        yield
    finally:
        _without_ties.reset(before)


def _tied(row: Import) -> set[str]:
    try:
        return papers.opened(row).tied()
    except (vault.Damaged, vault.KeyGone):
        return set()


def _forget(sought: Sought, held: QuerySet[Import], *, is_rekeyed: bool = False) -> int:
    search = _Search(sought)
    for batch in list(held.values_list("pk", flat=True)):
        search.look(batch)
    others = search.others()
    changed = 0
    for batch in search.hits():
        changed += _forget_in(batch, search.sought, others, search.country, is_rekeyed=is_rekeyed)
        write_points.reached("customer: taken out of a list")
    return changed


def rows_of(
    *, customer: UUID, details: Details | None, numbers: frozenset[str] = frozenset()
) -> Iterator[Found]:
    """What lists hold of this customer, list by list. Raises vault.CannotOpen, even for a list of others."""
    search = _Search(Sought(str(customer), details, numbers))
    for batch in list(_held().values_list("pk", flat=True)):
        search.look(batch)
    others = search.others()
    for row in Import.objects.filter(pk__in=search.hits()).order_by("pk"):
        found = papers.opened(row)
        both = (found.waiting_rows(search.sought, search.country), found.rows_aside(search.sought))
        waiting, aside = (_told(rows, search.sought, others, search.country) for rows in both)
        yield Found(found, waiting, aside)


def forget_gone(customers: Iterable[str]) -> None:
    """Take out those of them who are in force no more: they were deleted while a list was being read."""
    for customer in staging.not_in_force(customers):
        forget_customer(customer=UUID(customer), details=None)


class _Search:
    """One pass over everything that imports hold, without a lock: where somebody may be, and who else it may be."""

    def __init__(self, sought: Sought) -> None:
        self.sought = sought
        self.country: Country = setup.firm_country()
        self._hits = set[UUID]()
        self._marks = set[str]()
        # Rows that name nobody are known by a number, and a later list may tell whose it is.
        self._numbers: dict[UUID, set[str]] = {}

    def look(self, batch: UUID) -> None:
        row = Import.objects.filter(pk=batch).exclude(key_ref=None).first()
        if row is None:
            return
        try:
            held = papers.opened(row)
        except (vault.Damaged, vault.KeyGone):
            self._hits.add(batch)
            return
        numbers = frozenset(held.numbers_of(self.sought.customer))
        self.sought = replace(self.sought, numbers=self.sought.numbers | numbers)
        self._numbers[batch] = held.number_marks()
        both = (held.waiting_rows(self.sought, self.country), held.rows_aside(self.sought))
        for rows in filter(None, both):
            self._note(batch, rows)
        if held.is_tied_to(self.sought.customer):
            self._hits.add(batch)

    def hits(self) -> list[UUID]:
        """The imports that hold something that may be this customer's, or that don't open."""
        numbers = set(map(number_mark, self.sought.numbers))
        named = (batch for batch, marks in self._numbers.items() if not marks.isdisjoint(numbers))
        return sorted({*self._hits, *named})

    def others(self) -> list[Known]:
        """Those in force whom the rows may be about instead: the whole register is opened, if there are any rows."""
        if not self._marks:
            return []
        rows = Customer.objects.filter(state=Customer.State.ACTIVE).exclude(pk=self.sought.customer)
        sealed = rows.order_by("pk").values_list("pk", "revision", "details_sealed").iterator(chunk_size=1000)
        return [
            (customer, details)
            for customer, details in sealing.opened(sealed)
            if not self._marks.isdisjoint(general_marks(details, self.country))
        ]

    def _note(self, batch: UUID, rows: Rows) -> None:
        self._hits.add(batch)
        for details in rows.candidates(self.sought, self.country).details():
            self._marks.update(general_marks(details, self.country))


def _held() -> QuerySet[Import]:
    nothing = Q(**dict.fromkeys(papers.FIELDS))
    return Import.objects.exclude(key_ref=None).exclude(nothing).order_by("pk")


def _forget_in(
    batch: UUID, sought: Sought, others: list[Known], country: Country, *, is_rekeyed: bool = False
) -> bool:
    with transaction.atomic():
        row = Import.objects.select_for_update().filter(pk=batch).exclude(key_ref=None).first()
        if row is None:
            return False
        try:
            changed = papers.without(papers.opened(row), sought, others, country)
        except (vault.Damaged, vault.KeyGone):
            # Nobody can take one customer out of what doesn't open, and it must not hold up every deletion.
            logger.warning(
                "what an import kept doesn't open, and was dropped", extra={"facts": {"batch": str(batch)}}
            )
            Import.objects.filter(pk=batch).update(**dict.fromkeys(papers.FIELDS))
            return True
        if changed:
            Import.objects.filter(pk=batch).update(**changed)
            if is_rekeyed:
                row.refresh_from_db(fields=papers.FIELDS)
                rekeying.seal_papers_anew(row)
        return bool(changed)


def _told(
    rows: Rows | None, sought: Sought, others: list[Known], country: Country
) -> list[list[tuple[str, str]]]:
    if rows is None:
        return []
    return [list(rows.told(place)) for place in sorted(rows.own(sought, others, country))]
