"""Bringing a list in so that readers see all of it or nothing.

Rows land in small transactions, where nobody sees them; one last transaction puts all of them in force.
"""

import time
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import reduce
from types import MappingProxyType
from uuid import UUID

from django.db import transaction
from django.db.models import F, QuerySet

from tryggve import vault
from tryggve.domains.customers import sealing
from tryggve.domains.customers.engine.comparison.merging import merge
from tryggve.domains.customers.engine.details import Details
from tryggve.domains.customers.engine.imports.plan import Numbers
from tryggve.domains.customers.models import Customer, CustomerChange, Import
from tryggve.domains.customers.selectors import merges
from tryggve.domains.customers.services import halves, images
from tryggve.domains.customers.services.known_numbers import KnownNumbers
from tryggve.domains.setup import api as setup
from tryggve.lib import write_points

BATCH_ROWS = 500
# SQLite has one write lock: a pause between batches lets people's own work in.
PAUSE_SECONDS = 0.02


def stage_new(
    *, batch: Import, customers: Mapping[UUID, Details], at: datetime, numbers: Numbers = MappingProxyType({})
) -> None:
    """Write new customers, invisible; the identity numbers of some of them in their sensitive half."""
    for some in _batches(list(customers)):
        tagged = halves.tagged({one: customers[one] for one in some}, numbers)
        documents = ((tagged[one].to_bytes(), sealing.customer_binding(one, 1)) for one in some)
        sealed = list(vault.keyring().seal_with_new_keys(documents))
        numbered = halves.halves_of_new(dict(zip(some, sealed, strict=True)), numbers)
        write_points.reached("import: keys made")
        rows = [
            Customer(
                id=customer,
                state=Customer.State.STAGING,
                details_sealed=blob,
                sensitive_sealed=numbered.get(customer),
                batch_ref=batch.pk,
                created_at=at,
                changed_at=at,
            )
            for customer, blob in zip(some, sealed, strict=True)
        ]
        with transaction.atomic():
            Customer.objects.bulk_create(rows)
            images.keep_made(batch=batch, customers=some)
            _count(batch, len(rows))
        write_points.reached("import: new rows staged")
        time.sleep(PAUSE_SECONDS)


@dataclass(frozen=True)
class Changes:
    """What a list adds to customers who were here before: details, and identity numbers."""

    additions: Mapping[UUID, Sequence[Details]]
    numbers: KnownNumbers


def stage_changes(*, batch: Import, changes: Changes) -> None:
    """Write what known customers will become, beside what they are."""
    for some in _batches(list(changes.additions)):
        with transaction.atomic():
            _stage_changes_of(Customer.objects.filter(pk__in=some), batch, changes)
            _count(batch, len(some))
        write_points.reached("import: changes staged")
        time.sleep(PAUSE_SECONDS)


def is_published(*, batch: Import, changes: Changes, at: datetime) -> bool:
    """Put everything in force; join the caller's transaction, in which the import is marked as done.

    False when somebody was merged into another meanwhile, so that it is known no more where their rows belong.
    """
    pending = Customer.objects.filter(pending_batch_ref=batch.pk)
    # Nobody changes them from here on.
    locked = list(pending.select_for_update().values_list("pk", "state", "sensitive_revision"))
    if any(state == Customer.State.MERGED for _customer, state, _revision in locked):
        return False
    # A customer whom someone changed after we looked is merged again with what stands there now.
    _stage_changes_of(pending.exclude(pending_revision=F("revision") + 1), batch, changes)
    for some in _batches(changes.numbers.stale((one, revision) for one, _state, revision in locked)):
        _stage_changes_of(Customer.objects.filter(pk__in=some), batch, changes)
    changes.numbers.write(one for one, state, _revision in locked if state == Customer.State.ACTIVE)
    staged = Customer.objects.filter(batch_ref=batch.pk, state=Customer.State.STAGING)
    staged.update(state=Customer.State.ACTIVE)
    pending.filter(state=Customer.State.ACTIVE).update(
        details_sealed=F("pending_sealed"),
        revision=F("pending_revision"),
        batch_ref=batch.pk,
        changed_at=at,
        pending_sealed=None,
        pending_revision=None,
        pending_batch_ref=None,
    )
    CustomerChange.objects.create(batch_ref=batch.pk)
    return True


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
    images.forget(batch=batch)
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
    """Those of them who were deleted, or are just being deleted; not who was merged into somebody in force."""
    gone = set[str]()
    for some in sealing.batches(customers):
        there = Customer.objects.filter(pk__in=some, state=Customer.State.ACTIVE)
        gone |= set(some) - set(map(str, there.values_list("pk", flat=True)))
    return gone - merges.led_on(gone).keys()


def _stage_changes_of(rows: QuerySet[Customer], batch: Import, changes: Changes) -> None:
    """With what the card says now beside it, for whoever takes the import back."""
    usable = rows.filter(state=Customer.State.ACTIVE, restricted_at=None)
    found = {row.pk: row for row in usable.select_for_update()}
    ring, country = vault.keyring(), setup.firm_country()
    known = dict(
        sealing.opened([(row.pk, row.revision, bytes(row.details_sealed)) for row in found.values()])
    )
    merged = {
        customer: reduce(
            lambda told, more: merge(told, more, country).details, changes.additions[customer], before
        )
        for customer, before in known.items()
    }
    changed: list[tuple[Customer, Details, Details]] = []
    for customer, details in changes.numbers.tagged(found, merged).items():
        row = found[customer]
        row.pending_revision = row.revision + 1
        row.pending_batch_ref = batch.pk
        row.pending_sealed = ring.seal(
            details.to_bytes(),
            key=vault.key_id_of(bytes(row.details_sealed)),
            bound_to=sealing.customer_binding(customer, row.pending_revision),
        )
        changed.append((row, known[customer], details))
    images.keep_changed(batch=batch, changed=changed)
    Customer.objects.bulk_update(
        found.values(), ["pending_sealed", "pending_revision", "pending_batch_ref"], batch_size=BATCH_ROWS
    )


def _count(batch: Import, rows: int) -> None:
    Import.objects.filter(pk=batch.pk).update(rows_done=F("rows_done") + rows)


def _batches(customers: list[UUID]) -> Iterator[list[UUID]]:
    for first in range(0, len(customers), BATCH_ROWS):
        yield customers[first : first + BATCH_ROWS]
