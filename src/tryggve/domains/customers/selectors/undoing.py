"""What undoing an import would do."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db.models import Exists, OuterRef, Q, QuerySet

from tryggve.audit import services as audit
from tryggve.domains.customers import actions, sealing
from tryggve.domains.customers.models import Customer, Document, Import, ImportImage, Note, Relation
from tryggve.lib.errors import Missing

_NAMED = 20


class NotUndoable(Missing):
    """The import isn't there, isn't done, is too old to be undone, or nothing is kept to undo it with."""


@dataclass(frozen=True)
class Preview:
    """Of how many customers an undo takes back what, and some by name who were worked on since."""

    deleted: int
    restored: int
    used: int
    changed: int
    named: Sequence[tuple[UUID, str]]

    @property
    def is_nothing(self) -> bool:
        return not (self.deleted or self.restored or self.used or self.changed)


def can_be_undone(row: Import) -> bool:
    """Done, and it is kept what the cards were before: an import of an older program kept nothing of that.

    One that wrote nothing needs nothing of that, and one whose undo was stopped may have none of it left.
    """
    if row.state != Import.State.DONE or row.key_ref is None:
        return False
    return not row.rows_done or row.decisions_sealed is not None or _images(row.pk).exists()


def preview(*, batch: UUID, actor: str, at: datetime) -> Preview:
    """What an undo would do now; the look is in the log. Raises NotUndoable."""
    row = Import.objects.filter(pk=batch).only("state", "key_ref", "rows_done", "decisions_sealed").first()
    if row is None or not can_be_undone(row):
        raise NotUndoable
    made, changed = _images(batch).filter(before_sealed=None), _images(batch).exclude(before_sealed=None)
    used, written_over = made.exclude(_is_unused()), changed.exclude(_is_as_left())
    audit.look(actions.UNDO_VIEWED, actor=actor, at=at, batch=str(batch))
    counts = [one.count() for one in (made, changed, used, written_over)]
    return Preview(
        deleted=counts[0] - counts[2],
        restored=counts[1] - counts[3],
        used=counts[2],
        changed=counts[3],
        named=_named([*used[:_NAMED], *written_over[:_NAMED]]),
    )


def used_since(batch: UUID, customers: Collection[UUID]) -> set[UUID]:
    """Those of them whom the import made and somebody worked on since."""
    made = _images(batch).filter(before_sealed=None, customer_ref__in=customers)
    return set(made.exclude(_is_unused()).values_list("customer_ref", flat=True))


def _images(batch: UUID) -> QuerySet[ImportImage]:
    return ImportImage.objects.filter(batch_ref=batch).order_by("pk")


def _is_as_left() -> Exists:
    """The card is in force, in the very revision that the import left."""
    return Exists(
        Customer.objects.filter(
            pk=OuterRef("customer_ref"), revision=OuterRef("revision"), state=Customer.State.ACTIVE
        )
    )


def _is_unused() -> Exists:
    """The same, and nobody wrote a note, added a document, related anybody or looks after the customer.

    Nor anything sensitive: what the import brought has revision 0, and what a later one brought and an undo took away
    again has left nothing.
    """
    customers = Customer.objects.filter(
        pk=OuterRef("customer_ref"),
        revision=OuterRef("revision"),
        state=Customer.State.ACTIVE,
        responsible_ref=None,
    ).filter(Q(sensitive_revision=0) | Q(sensitive_sealed=None))
    for model, field in (
        (Note, "customer"),
        (Document, "customer"),
        (Relation, "customer"),
        (Relation, "other"),
    ):
        about = model.objects.filter(**{f"{field}_id": OuterRef("pk")})
        customers = customers.exclude(Exists(about))
    return Exists(customers)


def _named(kept: Collection[ImportImage]) -> list[tuple[UUID, str]]:
    rows = Customer.objects.in_force().filter(pk__in=[one.customer_ref for one in kept])
    opened = sealing.opened(rows.order_by("pk").values_list("pk", "revision", "details_sealed"))
    return [(customer, details.title) for customer, details in opened]
