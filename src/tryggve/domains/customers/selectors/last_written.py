"""When something was last written about customers, for who asks whether they are still needed; nobody's card is read.

Many are asked about in batches, a number of questions for each that doesn't grow with it.
"""

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Literal
from uuid import UUID

from django.db.models import Max, QuerySet

from tryggve.domains.customers import sealing
from tryggve.domains.customers.models import Customer, Document, Note

Deed = Literal["added", "changed", "note", "document"]
_FIELDS = ("pk", "created_at", "changed_at", "responsible_ref", "restricted_at")
_AT_ONCE = 1000


@dataclass(frozen=True, slots=True)
class LastWritten:
    """A customer in force, what was written last and when. An import changes or adds a card like a person does."""

    id: UUID
    at: datetime
    deed: Deed
    responsible: UUID | None
    is_restricted: bool


def unchanged_since(before: datetime) -> Iterator[list[LastWritten]]:
    """Everybody in force whose card is as it was at that time, a thousand at a time in the order of their ids."""
    rows = Customer.objects.filter(state=Customer.State.ACTIVE, changed_at__lt=before).order_by("pk")
    last: UUID | None = None
    while some := list((rows if last is None else rows.filter(pk__gt=last)).values_list(*_FIELDS)[:_AT_ONCE]):
        last = some[-1][0]
        yield _with_papers(some)


def last_written(customers: Collection[UUID]) -> list[LastWritten]:
    """Those of them who are in force."""
    rows = Customer.objects.filter(state=Customer.State.ACTIVE).order_by("pk")
    return [
        one
        for some in sealing.batches(customers)
        for one in _with_papers(list(rows.filter(pk__in=some).values_list(*_FIELDS)))
    ]


def statuses(customers: Collection[UUID]) -> Mapping[UUID, str]:
    """What their cards say of how far they are: prospect, customer, former; those without are left out.

    Raises vault.Locked.
    """
    found: dict[UUID, str] = {}
    for some in sealing.batches(customers):
        rows = Customer.objects.filter(pk__in=some).values_list("pk", "revision", "details_sealed")
        found |= {customer: details.status for customer, details in sealing.opened(rows) if details.status}
    return found


def _with_papers(
    rows: Iterable[tuple[UUID, datetime, datetime, UUID | None, datetime | None]],
) -> list[LastWritten]:
    found = list(rows)
    ids = [row[0] for row in found]
    notes = _newest(Note.objects.filter(customer__in=ids), "written_at")
    documents = _newest(Document.objects.filter(customer__in=ids), "added_at")
    return [
        LastWritten(
            pk, *_last(created_at, changed_at, notes.get(pk), documents.get(pk)), by, restricted is not None
        )
        for pk, created_at, changed_at, by, restricted in found
    ]


def _last(
    created_at: datetime, changed_at: datetime, note: datetime | None, document: datetime | None
) -> tuple[datetime, Deed]:
    deeds: list[tuple[datetime | None, Deed]] = [
        (created_at, "added"),
        (changed_at if changed_at > created_at else None, "changed"),
        (note, "note"),
        (document, "document"),
    ]
    return max((at, deed) for at, deed in deeds if at is not None)


def _newest(rows: "QuerySet[Note] | QuerySet[Document]", field: str) -> dict[UUID, datetime]:
    return dict(rows.order_by().values_list("customer").annotate(newest=Max(field)))
