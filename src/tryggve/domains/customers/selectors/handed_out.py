"""What of a customer goes into the package that the customer asked for; the caller logs it."""

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from uuid import UUID

from tryggve import vault
from tryggve.accounts.policy import Reach
from tryggve.domains.customers import sealing
from tryggve.domains.customers.engine.details import Details
from tryggve.domains.customers.engine.export import vcard_file
from tryggve.domains.customers.engine.export.records import Record
from tryggve.domains.customers.models import Customer
from tryggve.domains.customers.selectors import documents

_NO_KEY = UUID(int=0)


@dataclass(frozen=True, slots=True)
class Kept:
    """A customer of whom everything is held, also one put aside; ``name`` is empty when the card can't be opened.

    So damaged that nobody knows the key, it has one that isn't there: whoever seals under it gets vault.KeyGone.
    """

    id: UUID
    name: str
    responsible: UUID | None
    key: UUID
    is_put_aside: bool
    emails: tuple[str, ...] = ()
    is_restricted: bool = False


def kept_people(customers: Collection[UUID]) -> Mapping[UUID, Kept]:
    """Those of them who are kept; a number of questions that doesn't grow with them. Raises vault.Locked."""
    found: dict[UUID, Kept] = {}
    for some in sealing.batches(customers):
        rows = list(Customer.objects.filter(pk__in=some, state__in=Customer.KEPT))
        opened = dict(sealing.opened((row.pk, row.revision, row.details_sealed) for row in rows))
        found |= {row.pk: _kept(row, opened.get(row.pk, Details())) for row in rows}
    return found


def within(customers: Collection[UUID], reach: Reach) -> set[UUID]:
    """Those of them who have a row, in whatever state, and are within reach."""
    return {
        one
        for some in sealing.batches(customers)
        for one, responsible in Customer.objects.filter(pk__in=some).values_list("pk", "responsible_ref")
        if reach.covers(responsible)
    }


def first_customers(count: int) -> list[UUID]:
    """So many of those in force, the oldest first: for whoever furnishes a demo firm."""
    rows = Customer.objects.filter(state=Customer.State.ACTIVE).order_by("created_at", "pk")
    return list(rows.values_list("pk", flat=True)[:count])


def contact_card(customer: UUID, *, given_alone: bool) -> bytes:
    """The customer as vCard 4.0; without what the firm itself wrote, if so wished. Raises vault.CannotOpen."""
    row = Customer.objects.get(pk=customer, state__in=Customer.KEPT)
    details = sealing.opened_one((row.pk, row.revision, row.details_sealed))
    if given_alone:
        details = replace(details, note="", tags=())
    return vcard_file.card(Record(str(row.pk), details, row.changed_at))


def is_document_whole(customer: UUID, document: UUID) -> bool:
    """Whether all of that file can be read; it is, to find that out. Raises vault.Locked."""
    try:
        for _piece in documents.pieces_of(customer, document):
            pass
    except documents.NoSuchDocument:
        return False
    return True


def document_pieces(customer: UUID, document: UUID) -> Iterator[bytes]:
    """The bytes of one of the customer's files. Raises documents.NoSuchDocument."""
    return documents.pieces_of(customer, document)


def papers_of(customer: UUID) -> list[tuple[UUID, str, datetime]]:
    """The customer's files, the oldest first: id, name, since when."""
    found = reversed(documents.documents_of(customer))
    return [(one.id, one.name, one.added_at) for one in found]


def _kept(row: Customer, details: Details) -> Kept:
    return Kept(
        id=row.pk,
        name=details.title,
        responsible=row.responsible_ref,
        key=_key_of(row),
        is_put_aside=row.state == Customer.State.PUT_ASIDE,
        emails=details.emails,
        is_restricted=row.restricted_at is not None,
    )


def _key_of(row: Customer) -> UUID:
    try:
        return vault.key_id_of(bytes(row.details_sealed))
    except vault.CannotOpen:
        return _NO_KEY
