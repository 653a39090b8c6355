"""Taking an import back while its key lives: whom it made goes, what it changed is as it was."""

import time
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from uuid import UUID

from django.db import transaction

from tryggve import vault
from tryggve.domains.customers import actions, holds, import_papers, sealing
from tryggve.domains.customers.engine.details import Details
from tryggve.domains.customers.engine.imports.undoing import UndoTold, taken_back
from tryggve.domains.customers.models import Customer, CustomerChange, Import, ImportImage
from tryggve.domains.customers.selectors import undoing
from tryggve.domains.customers.services import forgetting, images, merged_away, numbers_back, staging
from tryggve.domains.customers.services.images import Image
from tryggve.lib import write_points
from tryggve.privacy import services as privacy
from tryggve.privacy.subjects import Kind, Subject

BATCH_ROWS = 100


@dataclass
class Undo:
    """One import that is being taken back, some customers at a time; it may be cut anywhere and begun again.

    What is done of a customer is committed together with the loss of the image, so nothing is done twice.
    """

    batch: Import
    actor: str
    at: datetime

    def carry_out(self) -> UndoTold:
        """All that is left to do; returns what came of it, also of what was done before."""
        last = 0
        while some := self._images_after(last):
            last = some[-1].pk
            self._restore([one for one in some if one.before_sealed is not None])
            write_points.reached("undo: cards given back")
            self._delete([one for one in some if one.before_sealed is None])
        return told_of(self.batch.pk)

    def _images_after(self, last: int) -> list[ImportImage]:
        rows = ImportImage.objects.filter(batch_ref=self.batch.pk, pk__gt=last).order_by("pk")
        return list(rows[:BATCH_ROWS])

    def _restore(self, kept: Sequence[ImportImage]) -> None:
        if not kept:
            return
        with transaction.atomic():
            by_customer = {one.customer_ref: one for one in kept}
            rows = Customer.objects.select_for_update().filter(
                pk__in=by_customer, state=Customer.State.ACTIVE, restricted_at=None
            )
            found = {row.pk: row for row in rows}
            merged = Customer.objects.filter(pk__in=by_customer, state=Customer.State.MERGED)
            restricted = Customer.objects.filter(pk__in=by_customer).exclude(restricted_at=None)
            partly, whole = set(merged.union(restricted).values_list("pk", flat=True)), 0
            sealed = [(row.pk, row.revision, bytes(row.details_sealed)) for row in found.values()]
            for customer, now in sealing.opened(sealed):
                if self._give_back(found[customer], by_customer[customer], now):
                    whole += 1
                else:
                    partly.add(customer)
            ImportImage.objects.filter(pk__in=[one.pk for one in kept]).delete()
            self._tell(restored=whole, partly=partly, done=len(kept))

    def _give_back(self, row: Customer, kept: ImportImage, now: Details) -> bool:
        """Whether the card is as it was before the import, but for what others wrote in other fields."""
        image = images.opened(self.batch.pk, kept)
        is_untouched = row.revision == kept.revision
        back = taken_back(before=image.before, after=image.after, now=image.after if is_untouched else now)
        row.revision += 1
        row.details_sealed = vault.keyring().seal(
            back.details.to_bytes(),
            key=vault.key_id_of(bytes(row.details_sealed)),
            bound_to=sealing.customer_binding(row.pk, row.revision),
        )
        is_whole = numbers_back.is_taken_back(row, image) and not back.kept
        row.changed_at = self.at
        if is_untouched:
            row.batch_ref = image.batch
            _as_earlier_imports_left_it(row, image)
        row.save(
            update_fields=[
                "revision", "details_sealed", "sensitive_sealed", "sensitive_revision", "changed_at", "batch_ref"
            ]
        )  # fmt: skip
        CustomerChange.objects.create(customer_ref=row.pk)
        return is_whole

    def _delete(self, made: Sequence[ImportImage]) -> None:
        marked = self._mark([one.customer_ref for one in made])
        write_points.reached("undo: customers marked for deletion")
        if not marked:
            return
        names = [str(row.pk) for row in marked]
        with forgetting.without_ties(names):
            vault.keyring().erase_keys({row.pk: _keys_of(row) for row in marked}, at=self.at)
            write_points.reached("undo: keys destroyed")
            with transaction.atomic():
                for row in marked:
                    subject = Subject(Kind.CUSTOMER, row.pk)
                    privacy.erase_person(subject, actor=self.actor, at=self.at, deed=actions.DELETED)
        write_points.reached("undo: customers deleted")
        time.sleep(staging.PAUSE_SECONDS)

    def _mark(self, customers: Sequence[UUID]) -> list[Customer]:
        """Those of them who go, also those whom an undo that was cut short had marked already.

        Whoever else was merged into a card was here before the import, or came since: such a card stays.
        """
        if not customers:
            return []
        with transaction.atomic():
            locked = Customer.objects.select_for_update().filter(pk__in=customers).order_by("pk")
            # Asked about only now: what somebody was just writing is there, and nobody writes more.
            rows = {row.pk: row for row in locked}
            is_used_too = told_of(self.batch.pk).is_used_too
            used = set[UUID]() if is_used_too else undoing.used_since(self.batch.pk, customers)
            joined = merged_away.kept_cards(rows)
            there = [
                row
                for row in rows.values()
                if row.state == Customer.State.ACTIVE and row.restricted_at is None
            ]
            stays = used | joined | holds.held([row.pk for row in there], at=self.at)
            going = [row for row in there if row.pk not in stays]
            before = [row for row in rows.values() if row.state == Customer.State.DESTROYING]
            Customer.objects.filter(pk__in=[row.pk for row in going]).update(state=Customer.State.DESTROYING)
            CustomerChange.objects.bulk_create(CustomerChange(customer_ref=row.pk) for row in going)
            stay = rows.keys() - {row.pk for row in [*before, *going]}
            ImportImage.objects.filter(batch_ref=self.batch.pk, customer_ref__in=stay).delete()
            self._tell(deleted=len(going), kept=stay, done=len(customers) - len(before))
        # Whom others were merged into was marked by a person, whose deletion ends with all of them.
        return [*going, *(row for row in before if row.pk not in joined)]

    def _tell(
        self,
        *,
        done: int,
        deleted: int = 0,
        restored: int = 0,
        kept: set[UUID] | frozenset[UUID] = frozenset(),
        partly: set[UUID] | frozenset[UUID] = frozenset(),
    ) -> None:
        """Add to what is told of the undo; join the caller's transaction."""
        row = Import.objects.select_for_update().get(pk=self.batch.pk)
        told = _told(row)
        told = replace(
            told,
            deleted=told.deleted + deleted,
            restored=told.restored + restored,
            kept=(*told.kept, *sorted(map(str, kept))),
            partly=(*told.partly, *sorted(map(str, partly))),
        )
        row.decisions_sealed = import_papers.sealed(row, "decisions", told.to_bytes())
        row.rows_done += done
        row.save(update_fields=["decisions_sealed", "rows_done"])


def told_of(batch: UUID) -> UndoTold:
    """What was ordered of an undo, and how far it came. Raises Import.DoesNotExist."""
    return _told(Import.objects.get(pk=batch))


def _told(row: Import) -> UndoTold:
    return UndoTold.from_bytes(import_papers.opened(row, "decisions", bytes(row.decisions_sealed or b"")))


def _as_earlier_imports_left_it(row: Customer, image: Image) -> None:
    """The card says again what an import before this one had left: to that one's undo, nobody touched it."""
    earlier = ImportImage.objects.filter(customer_ref=row.pk, revision=image.revision)
    earlier.update(revision=row.revision)


def _keys_of(row: Customer) -> list[UUID]:
    try:
        return [vault.key_id_of(bytes(row.details_sealed))]
    except vault.CannotOpen:
        return []  # damaged: the key is collected a day later
