from collections.abc import Callable
from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from tryggve import vault
from tryggve.audit import services as audit
from tryggve.domains.customers import actions
from tryggve.domains.customers.engine import planning
from tryggve.domains.customers.engine.planning import Plan
from tryggve.domains.customers.engine.results import ImportResult
from tryggve.domains.customers.engine.table import Limits
from tryggve.domains.customers.engine.waiting_list import WaitingList
from tryggve.domains.customers.models import Import
from tryggve.domains.customers.services import forgetting, import_batch, import_jobs
from tryggve.domains.customers.services.import_turn import turn
from tryggve.domains.setup import api as setup
from tryggve.lib.errors import Refusal
from tryggve.lib.ids import new_id
from tryggve.routines import jobs

LARGEST_BYTES = Limits().bytes

_MACHINE = "system"
_WAITING = (Import.State.PREVIEWED, Import.State.STOPPED, Import.State.REFUSED)


class NotWaiting(Refusal):
    """The import was started, called off or ended before."""


def trial(*, content: bytes, source: str, is_register_there: bool) -> ImportResult:
    """What importing this would do. Writes nothing. Raises import_batch.FileRefused and sealing.KeysMissing."""
    country = setup.firm_country() if is_register_there else setup.likely_country()
    read = import_batch.understood(content, country)
    if is_register_there:
        return import_batch.plan(read, source).result
    return planning.plan_understood(read, known=(), source=source, country=country, new_id=new_id).result


def import_content(
    *, content: bytes, source: str, actor: str, at: datetime, waiting: Callable[[], None] | None = None
) -> ImportResult:
    """Import a list at once, all of it or nothing; ``waiting`` is told when another import has the turn.

    Raises import_batch.FileRefused and sealing.KeysMissing.
    """
    with turn(waiting=waiting):
        import_batch.stop_killed(actor=_MACHINE, at=at)
        plan = import_batch.plan(import_batch.understood(content, setup.firm_country()), source)
        batch = import_batch.begin(actor=actor, at=at, state=Import.State.RUNNING)
        with import_batch.taken_away_if_it_fails(batch.pk, at=at):
            return import_batch.carry_out(batch, plan, at=at)


def preview_file(*, name: str, content: bytes, source: str, actor: str, at: datetime) -> UUID:
    """Keep what the file says sealed, and what would happen with it, to be shown and confirmed.

    Raises import_batch.FileRefused and sealing.KeysMissing.
    """
    country = setup.firm_country()
    read = import_batch.understood(content, country)
    plan = import_batch.plan(read, source)
    held = WaitingList.of(read, plan, source=source, country=country)
    batch = import_batch.begin(actor=actor, at=at, state=Import.State.PREVIEWED)
    batch.file_sealed = import_batch.sealed(batch, "file", held.to_bytes())
    batch.result_sealed = import_batch.sealed(batch, "result", import_batch.shown(plan, name))
    batch.rows_total = plan.writes
    with transaction.atomic():
        batch.save()
        audit.record(actions.IMPORT_PREVIEWED, actor=actor, at=at, batch=str(batch.pk), rows=plan.result.rows)
    forgetting.forget_gone(_tied(plan))
    return batch.pk


def _tied(plan: Plan) -> set[str]:
    """The ids of those in the register whom some line is about."""
    return {trace.customer for trace in plan.traces if trace.customer}.difference(map(str, plan.new))


def confirm(*, batch: UUID, actor: str, at: datetime) -> None:
    """Say yes to a preview; the worker does the rest, in the name of who said so. Raises NotWaiting."""
    waiting = Import.objects.filter(pk=batch, state__in=_WAITING).exclude(file_sealed=None)
    with transaction.atomic():
        if not waiting.update(state=Import.State.QUEUED, started_by=actor):
            raise NotWaiting(_("This import was started or called off already. Nothing was done twice."))
        audit.record(actions.IMPORT_CONFIRMED, actor=actor, at=at, batch=str(batch))
        jobs.enqueue(import_jobs.run_import, batch)


def cancel(*, batch: UUID, actor: str, at: datetime) -> None:
    """Forget a file that was not imported, with its key. Raises NotWaiting."""
    with transaction.atomic():
        row = Import.objects.select_for_update().filter(pk=batch, state__in=_WAITING).first()
        if row is None:
            raise NotWaiting(_("This import was started or called off already. Nothing was changed."))
        if row.key_ref:
            vault.keyring().destroy_keys([row.key_ref])
        row.delete()
        audit.record(actions.IMPORT_CANCELLED, actor=actor, at=at, batch=str(batch))
