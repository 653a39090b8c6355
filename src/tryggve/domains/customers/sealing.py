"""How this domain's documents are bound to their rows."""

import contextlib
import logging
from collections.abc import Iterable, Iterator
from uuid import UUID

from tryggve import vault
from tryggve.domains.customers.engine.details import Details

logger = logging.getLogger(__name__)

Row = tuple[UUID, int, bytes | memoryview]


def customer_binding(customer: UUID, revision: int) -> vault.Binding:
    return vault.Binding(
        type_name="customers.customer",
        record=customer,
        subject=customer,
        part="details",
        revision=revision,
    )


def import_binding(batch: UUID, document: str) -> vault.Binding:
    """An import is a subject of its own: its key dies with what it left behind."""
    return vault.Binding(
        type_name=f"customers.import-{document}", record=batch, subject=batch, part="files", revision=1
    )


def opened(rows: Iterable[Row]) -> Iterator[tuple[UUID, Details]]:
    """The details of many customers, keys fetched a thousand at a time.

    A row that can't be opened must not hide the others: it is left out, and told in the log unless it is just
    being deleted.
    """
    ring = vault.keyring()
    for some in _batches(rows):
        keys = ring.loaded(_key_ids(some))
        for customer, revision, blob in some:
            try:
                plain = keys.open(bytes(blob), bound_to=customer_binding(customer, revision))
            except vault.KeyGone:
                continue
            except vault.CannotOpen as error:
                facts = {"customer": str(customer), "error": type(error).__name__}
                logger.error("a customer can't be opened", extra={"facts": facts})
                continue
            yield customer, Details.from_bytes(plain)


def opened_one(row: Row) -> Details:
    """One customer's details. Raises vault.CannotOpen."""
    customer, revision, blob = row
    return Details.from_bytes(
        vault.keyring().open(bytes(blob), bound_to=customer_binding(customer, revision))
    )


def _key_ids(rows: Iterable[Row]) -> Iterator[UUID]:
    for _customer, _revision, blob in rows:
        with contextlib.suppress(vault.CannotOpen):  # told when the row itself is opened
            yield vault.key_id_of(bytes(blob))


def _batches(rows: Iterable[Row], size: int = 1000) -> Iterator[list[Row]]:
    batch: list[Row] = []
    for row in rows:
        batch.append(row)
        if len(batch) == size:
            yield batch
            batch = []
    if batch:
        yield batch
