"""What the worker does with imports: carry out what was confirmed, take away what was killed."""

from datetime import datetime
from uuid import UUID

from django.utils import timezone
from django_tasks import task

from tryggve import vault
from tryggve.accounts import orders
from tryggve.accounts.policy import Refused
from tryggve.domains.customers import import_papers
from tryggve.domains.customers.models import Import
from tryggve.domains.customers.selectors import waiting
from tryggve.domains.customers.services import import_batch, staging
from tryggve.domains.customers.services.import_turn import turn_if_free
from tryggve.domains.setup import api as setup
from tryggve.lib.garbage import not_collected
from tryggve.routines import jobs

_MACHINE = "system"
_NOT_TO_RUN = (
    Import.State.PREVIEWED, Import.State.REFUSED, Import.State.DONE, Import.State.UNDOING, Import.State.UNDONE
)  # fmt: skip


@task()
def run_import(batch: str) -> None:
    """What the worker runs for a confirmed import."""
    run_confirmed(batch=UUID(batch), at=timezone.now())  # noqa: TID251 - the worker's clock


@jobs.when_given_up(run_import)
def stop_given_up(batch: str) -> None:
    """An import that killed its worker twice is not tried again by itself; the person decides."""
    if Import.objects.filter(pk=UUID(batch), state__in=import_batch.UNDER_WAY).exists():
        import_batch.stop(UUID(batch), actor=_MACHINE, at=timezone.now())  # noqa: TID251 - the worker's clock


def run_confirmed(*, batch: UUID, at: datetime) -> None:
    """Carry out an import that somebody confirmed; safe to run again after a crash.

    Raises jobs.NotYet, vault.NotUnlocked before anything is taken away, and Refused once who confirmed it may no
    longer bring in lists: then nothing of it stays but the file.
    """
    vault.keyring().require_unlocked()
    with turn_if_free() as free:
        if not free:
            raise jobs.NotYet
        while (row := _waiting(batch)) is not None:
            _require_still_allowed(row, at=at)
            if _is_carried_out(row, at=at):
                return


def _waiting(batch: UUID) -> Import | None:
    known = Import.objects.filter(pk=batch).exclude(file_sealed=None)
    return known.exclude(state__in=_NOT_TO_RUN).first()


@not_collected()
def _is_carried_out(row: Import, *, at: datetime) -> bool:
    """False when somebody was taken out of the list meanwhile: it is to be read and compared anew."""
    with import_batch.taken_away_if_it_fails(row.pk, at=at):
        staging.remove_staged(batch=row.pk)
        held, decided = waiting.held_by(row), waiting.decisions_of(row)
        plan = import_batch.plan(held.understood(setup.firm_country()), held.source, decided, at=at)
        running = Import.objects.filter(pk=row.pk, file_sealed__isnull=False)
        if running.update(state=Import.State.RUNNING, rows_done=0, rows_total=plan.writes):
            try:
                name, source = import_papers.told_of_file(row)
                import_batch.carry_out(row, plan, at=at, name=name, source=source, mends=held.mends)
            except import_batch.ListChanged:
                staging.remove_staged(batch=row.pk)
                return False
    return True


def remove_interrupted(*, actor: str, at: datetime) -> int:
    """Take away what a killed import left, unless one is running now; returns how many imports."""
    with turn_if_free() as free:
        return import_batch.stop_killed(actor=actor, at=at) if free else 0


def _require_still_allowed(row: Import, *, at: datetime) -> None:
    try:
        orders.require_still_allowed(ordered_by=row.started_by, name="customers.import", at=at)
    except Refused:
        import_batch.stop(row.pk, actor=_MACHINE, at=at, state=Import.State.REFUSED)
        raise
