"""Ordering an undo, and what the worker does with it."""

import json
from dataclasses import replace
from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from django_tasks import task

from tryggve import vault
from tryggve.accounts import orders
from tryggve.accounts.policy import Refused
from tryggve.audit import services as audit
from tryggve.domains.customers import actions, import_papers
from tryggve.domains.customers.engine.imports.undoing import UndoTold
from tryggve.domains.customers.models import Import, ImportImage
from tryggve.domains.customers.selectors import undoing
from tryggve.domains.customers.services import images, undo
from tryggve.domains.customers.services.import_turn import turn_if_free
from tryggve.lib.errors import Refusal
from tryggve.routines import jobs

_MACHINE = "system"
_PERMISSIONS = ("customers.import", "customers.undo-import")


class NotUndoable(Refusal):
    """The import was undone, or is just being undone, or is older than the 30 days."""


@task()
def run_undo(batch: str) -> None:
    """What the worker runs for an undo that was ordered."""
    run_ordered(batch=UUID(batch), at=timezone.now())  # noqa: TID251 - the worker's clock


@jobs.when_given_up(run_undo)
def stop_given_up(batch: str) -> None:
    """An undo that killed its worker twice is not tried again by itself; what it did stays, the rest can be ordered."""
    _stop(UUID(batch), at=timezone.now())  # noqa: TID251 - the worker's clock


def order_undo(*, batch: UUID, is_used_too: bool, actor: str, at: datetime) -> None:
    """Have an import taken back, in the name of who said so.

    ``is_used_too``: customers whom it made are deleted also where somebody worked on them since. Raises NotUndoable.
    """
    with transaction.atomic():
        row = Import.objects.select_for_update().filter(pk=batch, state=Import.State.DONE).first()
        if row is None or row.key_ref is None:
            raise NotUndoable(_("This import was undone already, or it is too old. Nothing was changed."))
        if not undoing.can_be_undone(row):
            raise NotUndoable(
                _("Nothing is kept of what the cards said before this import, so it can't be undone.")
            )
        before = UndoTold(actor) if row.decisions_sealed is None else undo.told_of(batch)
        told = replace(before, ordered_by=actor, is_used_too=is_used_too, kept=(), partly=())
        row.decisions_sealed = import_papers.sealed(row, "decisions", told.to_bytes())
        row.state = Import.State.UNDOING
        row.rows_done, row.rows_total = 0, ImportImage.objects.filter(batch_ref=batch).count()
        row.save(update_fields=["decisions_sealed", "state", "rows_done", "rows_total"])
        audit.record(actions.UNDO_ORDERED, actor=actor, at=at, batch=str(batch), used=is_used_too)
        jobs.enqueue(run_undo, batch)


def run_ordered(*, batch: UUID, at: datetime) -> None:
    """Carry out an undo that somebody ordered; safe to run again after a crash.

    Raises jobs.NotYet while an import or another undo runs, vault.NotUnlocked, and Refused once who ordered it may
    no longer do so: then the import stays.
    """
    vault.keyring().require_unlocked()
    with turn_if_free() as free:
        if not free:
            raise jobs.NotYet
        row = Import.objects.filter(pk=batch, state=Import.State.UNDOING).first()
        if row is None:
            return
        ordered_by = undo.told_of(batch).ordered_by
        _require_still_allowed(batch, ordered_by, at=at)
        _drop_leavings(row)
        told = undo.Undo(row, ordered_by, at).carry_out()
        _finish(batch, told, at=at)


def _finish(batch: UUID, told: UndoTold, *, at: datetime) -> None:
    """Mark the import as undone."""
    with transaction.atomic():
        images.forget(batch=batch)
        Import.objects.filter(pk=batch).update(state=Import.State.UNDONE, ended_at=at)
        audit.record(
            actions.UNDONE,
            actor=told.ordered_by,
            at=at,
            batch=str(batch),
            deleted=told.deleted,
            restored=told.restored,
            kept=len(told.kept),
            partly=len(told.partly),
        )


def _require_still_allowed(batch: UUID, ordered_by: str, *, at: datetime) -> None:
    try:
        for name in _PERMISSIONS:
            orders.require_still_allowed(ordered_by=ordered_by, name=name, at=at)
    except Refused:
        _stop(batch, at=at)
        raise


def _stop(batch: UUID, *, at: datetime) -> None:
    with transaction.atomic():
        if Import.objects.filter(pk=batch, state=Import.State.UNDOING).update(state=Import.State.DONE):
            audit.record(actions.UNDO_STOPPED, actor=_MACHINE, at=at, batch=str(batch))


def _drop_leavings(row: Import) -> None:
    """What the import left is about a list that is in the register no more."""
    with transaction.atomic():
        row = Import.objects.select_for_update().get(pk=row.pk)
        told = json.loads(import_papers.opened(row, "result", bytes(row.result_sealed or b"")))
        told["result"]["duplicates"] = []
        row.result_sealed = import_papers.sealed(row, "result", json.dumps(told, ensure_ascii=False).encode())
        row.leftovers_sealed = None
        row.save(update_fields=["result_sealed", "leftovers_sealed"])
