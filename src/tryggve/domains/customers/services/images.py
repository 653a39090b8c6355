"""What a customer's card said before an import, sealed under the import's key, so that it can be taken back."""

import json
from collections.abc import Iterable
from dataclasses import dataclass
from uuid import UUID

from tryggve import vault
from tryggve.domains.customers import sealing
from tryggve.domains.customers.engine.details import Details
from tryggve.domains.customers.models import Customer, Import, ImportImage


@dataclass(frozen=True, slots=True)
class Image:
    """A card before and after an import, the revision that it had before, and the import it was of then."""

    revision: int
    batch: UUID | None
    before: Details
    after: Details

    def to_bytes(self) -> bytes:
        head = {"revision": self.revision, "batch": str(self.batch) if self.batch else None}
        return b"\n".join([json.dumps(head).encode(), self.before.to_bytes(), self.after.to_bytes()])

    @classmethod
    def from_bytes(cls, document: bytes) -> "Image":
        head, before, after = document.split(b"\n")
        told = json.loads(head)
        batch = UUID(told["batch"]) if told["batch"] else None
        return cls(told["revision"], batch, Details.from_bytes(before), Details.from_bytes(after))


def keep_made(*, batch: Import, customers: Iterable[UUID]) -> None:
    """Note that the import makes these customers; join the caller's transaction."""
    ImportImage.objects.bulk_create(
        ImportImage(batch_ref=batch.pk, customer_ref=customer, revision=1) for customer in customers
    )


def keep_changed(*, batch: Import, changed: Iterable[tuple[Customer, Details, Details]]) -> None:
    """Keep what these customers' cards said before and will say; join the caller's transaction.

    The rows are those that hold the change, not yet in force.
    """
    rows = [
        ImportImage(
            batch_ref=batch.pk,
            customer_ref=row.pk,
            revision=row.pending_revision or 0,
            before_sealed=_sealed(batch, row.pk, Image(row.revision, row.batch_ref, before, after)),
        )
        for row, before, after in changed
    ]
    known = ImportImage.objects.filter(batch_ref=batch.pk)
    known.filter(customer_ref__in=[row.customer_ref for row in rows]).delete()
    ImportImage.objects.bulk_create(rows)


def opened(batch: UUID, kept: ImportImage) -> Image:
    """One of them again. Raises vault.CannotOpen."""
    binding = sealing.image_binding(batch, kept.customer_ref)
    return Image.from_bytes(vault.keyring().open(bytes(kept.before_sealed or b""), bound_to=binding))


def forget(*, batch: UUID) -> None:
    """Drop all that an import kept for an undo."""
    ImportImage.objects.filter(batch_ref=batch).delete()


def forget_of(*, customer: UUID) -> int:
    """Drop what imports kept of one customer."""
    dropped, _by_model = ImportImage.objects.filter(customer_ref=customer).delete()
    return dropped


def _sealed(batch: Import, customer: UUID, image: Image) -> bytes:
    if batch.key_ref is None:
        raise ValueError("the leavings of this import were destroyed")
    binding = sealing.image_binding(batch.pk, customer)
    return vault.keyring().seal(image.to_bytes(), key=batch.key_ref, bound_to=binding)
