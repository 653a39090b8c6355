"""How this domain's documents are bound to their rows."""

import contextlib
import logging
from collections.abc import Iterable, Iterator
from itertools import islice
from typing import ClassVar, TypeVar
from uuid import UUID

from django.utils.translation import ngettext

from tryggve import vault
from tryggve.domains.customers.engine.details import Details
from tryggve.domains.customers.engine.sensitive import Sensitive
from tryggve.domains.customers.models import Customer
from tryggve.lib.errors import Refusal

logger = logging.getLogger(__name__)

Row = tuple[UUID, int, bytes | memoryview]

_MOST_TOLD = 20
T = TypeVar("T")


class KeysMissing(Refusal):
    """Customers are in force whose keys aren't in the key store: it is older than the data."""

    exit_status: ClassVar[int] = 3

    def __init__(self, count: int) -> None:
        sentence = ngettext(
            "The key of %(count)d customer is missing: the key store is older than the data. "
            "Nothing was changed. Bring back the newest keys.sqlite3, and try again.",
            "The keys of %(count)d customers are missing: the key store is older than the data. "
            "Nothing was changed. Bring back the newest keys.sqlite3, and try again.",
            count,
        )
        super().__init__(sentence % {"count": count})


def customer_binding(customer: UUID, revision: int) -> vault.Binding:
    return vault.Binding(
        type_name="customers.customer",
        record=customer,
        subject=customer,
        part="details",
        revision=revision,
    )


def note_binding(note: UUID, customer: UUID, revision: int) -> vault.Binding:
    """A note lies under its customer's key."""
    return vault.Binding(
        type_name="customers.note", record=note, subject=customer, part="details", revision=revision
    )


def document_binding(document: UUID, customer: UUID) -> vault.Binding:
    """A file lies under its customer's key."""
    return vault.Binding(
        type_name="customers.document", record=document, subject=customer, part="files", revision=1
    )


def document_name_binding(document: UUID, customer: UUID) -> vault.Binding:
    return vault.Binding(
        type_name="customers.document-name", record=document, subject=customer, part="details", revision=1
    )


def sensitive_binding(customer: UUID, revision: int) -> vault.Binding:
    """The other half of the same record, under another sub-key of the same key."""
    return vault.Binding(
        type_name="customers.customer",
        record=customer,
        subject=customer,
        part="sensitive",
        revision=revision,
    )


def merge_binding(merge: UUID) -> vault.Binding:
    """The image of two cards is a subject of its own: its key dies when the merge can't be undone any more."""
    return vault.Binding(type_name="customers.merge", record=merge, subject=merge, part="details", revision=1)


def import_binding(batch: UUID, document: str) -> vault.Binding:
    """An import is a subject of its own: its key dies with what it left behind."""
    return vault.Binding(
        type_name=f"customers.import-{document}", record=batch, subject=batch, part="files", revision=1
    )


def image_binding(batch: UUID, customer: UUID) -> vault.Binding:
    """What a card said before an import lies under the import's key, and ends with it."""
    return vault.Binding(
        type_name="customers.import-image", record=customer, subject=batch, part="files", revision=1
    )


def opened(rows: Iterable[Row], *, without_key: set[UUID] | None = None) -> Iterator[tuple[UUID, Details]]:
    """The details of many customers, keys fetched a thousand at a time.

    A row that can't be opened must not hide the others: it is left out, and told in the log unless it is just
    being deleted. Those in force whose key isn't there are added to ``without_key``.
    """
    ring = vault.keyring()
    for some in batches(rows):
        keys, gone = ring.loaded(_key_ids(some)), set()
        for customer, revision, blob in some:
            try:
                plain = keys.open(bytes(blob), bound_to=customer_binding(customer, revision))
            except vault.KeyGone:
                gone.add(customer)
                continue
            except vault.CannotOpen as error:
                facts = {"customer": str(customer), "error": type(error).__name__}
                logger.error("a customer can't be opened", extra={"facts": facts})
                continue
            yield customer, Details.from_bytes(plain)
        lost = told_as_lost(gone)
        if without_key is not None:
            without_key |= lost


def opened_all(rows: Iterable[Row]) -> Iterator[tuple[UUID, Details]]:
    """The same for who must know of everybody. Raises KeysMissing after the last one that could be opened."""
    without_key: set[UUID] = set()
    yield from opened(rows, without_key=without_key)
    if without_key:
        raise KeysMissing(len(without_key))


def told_as_lost(without_key: set[UUID]) -> set[UUID]:
    """Those of them who are still in force, which the log tells: nobody deleted them, yet the key isn't there."""
    if not without_key:
        return set()
    # Asked after the key was missed: a deletion leaves this state before it destroys the key.
    in_force = Customer.objects.filter(pk__in=without_key, state=Customer.State.ACTIVE)
    lost = set(in_force.values_list("pk", flat=True))
    if lost:
        facts = {"count": len(lost), "customers": sorted(map(str, lost))[:_MOST_TOLD]}
        logger.error("customers in force have no key", extra={"facts": facts})
    return lost


def opened_one(row: Row) -> Details:
    """One customer's details. Raises vault.CannotOpen."""
    customer, revision, blob = row
    return Details.from_bytes(
        vault.keyring().open(bytes(blob), bound_to=customer_binding(customer, revision))
    )


def opened_sensitive(row: Customer) -> Sensitive:
    """One customer's sensitive details; empty where none are kept. Raises vault.CannotOpen."""
    if row.sensitive_sealed is None:
        return Sensitive()
    bound_to = sensitive_binding(row.pk, row.sensitive_revision)
    return Sensitive.from_bytes(vault.keyring().open(bytes(row.sensitive_sealed), bound_to=bound_to))


def _key_ids(rows: Iterable[Row]) -> Iterator[UUID]:
    for _customer, _revision, blob in rows:
        with contextlib.suppress(vault.CannotOpen):  # told when the row itself is opened
            yield vault.key_id_of(bytes(blob))


def batches(items: Iterable[T], size: int = 1000) -> Iterator[list[T]]:
    """The items in order, a thousand at a time."""
    rest = iter(items)
    while some := list(islice(rest, size)):
        yield some
