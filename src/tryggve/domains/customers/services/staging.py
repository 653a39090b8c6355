"""Bringing a list in so that readers see all of it or nothing.

Rows land in small transactions, where nobody sees them; one last transaction puts all of them in force.
"""

import time
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.db.models import F, QuerySet

from tryggve import vault
from tryggve.domains.customers import sealing
from tryggve.domains.customers.engine.details import Details
from tryggve.domains.customers.engine.merging import merge
from tryggve.domains.customers.models import Customer, CustomerChange, Import
from tryggve.domains.setup import api as setup
from tryggve.lib import write_points

BATCH_ROWS = 500
# SQLite has one write lock: a pause between batches lets people's own work in.
PAUSE_SECONDS = 0.02


def stage_new(*, batch: UUID, customers: Mapping[UUID, Details], at: datetime) -> None:
    """Write new customers, invisible."""
    for some in _batches(list(customers)):
        documents = ((customers[one].to_bytes(), sealing.customer_binding(one, 1)) for one in some)
        sealed = list(vault.keyring().seal_with_new_keys(documents))
        write_points.reached("import: keys made")
        rows = [
            Customer(
                pk=customer,
                state=Customer.State.STAGING,
                details_sealed=blob,
                batch_ref=batch,
                created_at=at,
                changed_at=at,
            )
            for customer, blob in zip(some, sealed, strict=True)
        ]
        with transaction.atomic():
            Customer.objects.bulk_create(rows)
            _count(batch, len(rows))
        write_points.reached("import: new rows staged")
        time.sleep(PAUSE_SECONDS)


def stage_changes(*, batch: UUID, additions: Mapping[UUID, Sequence[Details]]) -> None:
    """Write what known customers will become, beside what they are."""
    for some in _batches(list(additions)):
        with transaction.atomic():
            _stage_changes_of(Customer.objects.filter(pk__in=some), batch, additions)
            _count(batch, len(some))
        write_points.reached("import: changes staged")
        time.sleep(PAUSE_SECONDS)


def publish(*, batch: UUID, additions: Mapping[UUID, Sequence[Details]], at: datetime) -> None:
    """Put everything in force; join the caller's transaction, in which the import is marked as done."""
    pending = Customer.objects.filter(pending_batch_ref=batch)
    list(pending.select_for_update().values_list("pk"))  # nobody changes them from here on
    # A customer whom someone changed after we looked is merged again with what stands there now.
    _stage_changes_of(pending.exclude(pending_revision=F("revision") + 1), batch, additions)
    Customer.objects.filter(batch_ref=batch, state=Customer.State.STAGING).update(state=Customer.State.ACTIVE)
    pending.filter(state=Customer.State.ACTIVE).update(
        details_sealed=F("pending_sealed"),
        revision=F("pending_revision"),
        batch_ref=batch,
        changed_at=at,
        pending_sealed=None,
        pending_revision=None,
        pending_batch_ref=None,
    )
    CustomerChange.objects.create(batch_ref=batch)


def remove_staged(*, batch: UUID) -> int:
    """Take a half-done import away again, keys first; returns how many rows it had brought."""
    removed = 0
    while some := list(
        Customer.objects.filter(batch_ref=batch, state=Customer.State.STAGING).values_list(
            "pk", "details_sealed"
        )[:BATCH_ROWS]
    ):
        vault.keyring().destroy_keys(vault.key_id_of(bytes(blob)) for _pk, blob in some)
        write_points.reached("import: staged keys destroyed")
        Customer.objects.filter(pk__in=[pk for pk, _blob in some]).delete()
        removed += len(some)
    Customer.objects.filter(pending_batch_ref=batch).update(
        pending_sealed=None, pending_revision=None, pending_batch_ref=None
    )
    return removed


def known_customers() -> Iterator[tuple[UUID, Details]]:
    """Everybody in force, opened, for comparing a list with.

    Raises sealing.KeysMissing at the end when some have no key: they would be taken for new ones.
    """
    rows = Customer.objects.filter(state=Customer.State.ACTIVE)
    return sealing.opened_all(rows.values_list("pk", "revision", "details_sealed").iterator(chunk_size=1000))


def not_in_force(customers: Iterable[str]) -> set[str]:
    """Those of them who were deleted, or are just being deleted."""
    gone = set[str]()
    for some in sealing.batches(customers):
        there = Customer.objects.filter(pk__in=some, state=Customer.State.ACTIVE)
        gone |= set(some) - set(map(str, there.values_list("pk", flat=True)))
    return gone


def _stage_changes_of(
    rows: QuerySet[Customer], batch: UUID, additions: Mapping[UUID, Sequence[Details]]
) -> None:
    found = {row.pk: row for row in rows.filter(state=Customer.State.ACTIVE).select_for_update()}
    ring, country = vault.keyring(), setup.firm_country()
    for customer, details in sealing.opened(
        [(row.pk, row.revision, bytes(row.details_sealed)) for row in found.values()]
    ):
        row = found[customer]
        for addition in additions[customer]:
            details = merge(details, addition, country).details
        row.pending_revision = row.revision + 1
        row.pending_batch_ref = batch
        row.pending_sealed = ring.seal(
            details.to_bytes(),
            key=vault.key_id_of(bytes(row.details_sealed)),
            bound_to=sealing.customer_binding(customer, row.pending_revision),
        )
    Customer.objects.bulk_update(
        found.values(), ["pending_sealed", "pending_revision", "pending_batch_ref"], batch_size=BATCH_ROWS
    )


def _count(batch: UUID, rows: int) -> None:
    Import.objects.filter(pk=batch).update(rows_done=F("rows_done") + rows)


def _batches(customers: list[UUID]) -> Iterator[list[UUID]]:
    for first in range(0, len(customers), BATCH_ROWS):
        yield customers[first : first + BATCH_ROWS]
