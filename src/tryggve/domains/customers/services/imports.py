import json
from collections.abc import Callable
from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from tryggve import vault
from tryggve.audit import services as audit
from tryggve.domains.customers import actions, import_papers
from tryggve.domains.customers.engine.columns.headings import Column
from tryggve.domains.customers.engine.drafts import SetAside
from tryggve.domains.customers.engine.imports import planning
from tryggve.domains.customers.engine.imports.results import ImportResult
from tryggve.domains.customers.engine.imports.waiting_list import WaitingList
from tryggve.domains.customers.engine.rows.sections import Line
from tryggve.domains.customers.engine.rows.understood import Cells, Understood
from tryggve.domains.customers.engine.table import Limits
from tryggve.domains.customers.models import Import
from tryggve.domains.customers.selectors.waiting import WAITING, NotWaiting, asked_still
from tryggve.domains.customers.services import forgetting, import_batch, import_jobs, list_numbers
from tryggve.domains.customers.services.import_turn import turn
from tryggve.domains.setup import api as setup
from tryggve.lib.errors import Refusal
from tryggve.lib.garbage import not_collected
from tryggve.lib.ids import new_id
from tryggve.routines import jobs

LARGEST_BYTES = Limits().bytes

_MACHINE = "system"


class NothingLeft(Refusal):
    """No row of the import is set aside any more."""


@not_collected()
def trial(*, content: bytes, source: str, is_register_there: bool, at: datetime) -> ImportResult:
    """What importing this would do. Writes nothing. Raises import_batch.FileRefused and sealing.KeysMissing."""
    country = setup.firm_country() if is_register_there else setup.likely_country()
    read = import_batch.understood(content, country)
    if is_register_there:
        return import_batch.plan(read, source, at=at).result
    plan = planning.plan_understood(read, known=(), source=source, country=country, new_id=new_id)
    on = timezone.localdate(at)
    return list_numbers.with_columns(plan, read.columns, tags={}, country=country, on=on).result


@not_collected()
def import_content(
    *, content: bytes, source: str, actor: str, at: datetime, waiting: Callable[[], None] | None = None
) -> ImportResult:
    """Import a list at once, all of it or nothing; ``waiting`` is told when another import has the turn.

    Raises import_batch.FileRefused and sealing.KeysMissing.
    """
    with turn(waiting=waiting):
        import_batch.stop_killed(actor=_MACHINE, at=at)
        plan = import_batch.plan(import_batch.understood(content, setup.firm_country()), source, at=at)
        batch = import_batch.begin(actor=actor, at=at, state=Import.State.RUNNING)
        with import_batch.taken_away_if_it_fails(batch.pk, at=at):
            return import_batch.carry_out(batch, plan, at=at, source=source)


@not_collected()
def preview_file(*, name: str, content: bytes, source: str, actor: str, at: datetime) -> UUID:
    """Keep what the file says sealed, and what would happen with it, to be shown and confirmed.

    Raises import_batch.FileRefused and sealing.KeysMissing.
    """
    country = setup.firm_country()
    read = import_batch.understood(content, country, is_to_be_matched=True)
    return preview(read, name=name, source=source, actor=actor, at=at)


def preview(read: Understood, *, name: str, source: str, actor: str, at: datetime, mends: str = "") -> UUID:
    """Keep a list that was read, to be shown and confirmed; ``mends`` is the import that had set its rows aside.

    Raises sealing.KeysMissing.
    """
    plan = import_batch.plan(read, source, at=at)
    held = WaitingList.of(read, plan, source=source, country=setup.firm_country(), mends=mends)
    batch = import_batch.begin(actor=actor, at=at, state=Import.State.PREVIEWED)
    batch.file_sealed = import_papers.sealed(batch, "file", held.to_bytes())
    batch.result_sealed = import_papers.sealed(batch, "result", import_papers.shown(plan, name, source))
    batch.rows_total = plan.writes
    with transaction.atomic():
        batch.save()
        audit.record(actions.IMPORT_PREVIEWED, actor=actor, at=at, batch=str(batch.pk), rows=plan.result.rows)
    forgetting.forget_gone(import_batch.tied(plan))
    return batch.pk


def bring_up_set_aside(*, batch: UUID, actor: str, at: datetime) -> UUID:
    """Make a list of its own of the rows that an import set aside, to be mended and confirmed; the list's id.

    They stay with their import until that list is brought in. Raises NothingLeft and sealing.KeysMissing.
    """
    row = Import.objects.filter(pk=batch, state=Import.State.DONE).exclude(leftovers_sealed=None).first()
    left = (
        json.loads(import_papers.opened(row, "leftovers", bytes(row.leftovers_sealed or b""))) if row else {}
    )
    if row is None or not left["set_aside"]:
        raise NothingLeft(_("No row of this list is set aside any more. Nothing was changed."))
    columns = asked_still(list(map(Column.from_json, left["columns"])))
    lines: list[tuple[Cells, Line]] = [
        (tuple(cells), SetAside(line, column[0] if column else None, reason, tuple(cells)))
        for line, cells, reason, _customer, _marks, *column in left["set_aside"]
    ]
    read = Understood(columns, lines)
    name, source = import_papers.told_of_file(row)
    return preview(read, name=name, source=source, actor=actor, at=at, mends=str(batch))


def confirm(*, batch: UUID, actor: str, at: datetime) -> None:
    """Say yes to a preview; the worker does the rest, in the name of who said so. Raises NotWaiting."""
    waiting = Import.objects.filter(pk=batch, state__in=WAITING).exclude(file_sealed=None)
    with transaction.atomic():
        if not waiting.update(state=Import.State.QUEUED, started_by=actor):
            raise NotWaiting(_("This import was started or called off already. Nothing was done twice."))
        audit.record(actions.IMPORT_CONFIRMED, actor=actor, at=at, batch=str(batch))
        jobs.enqueue(import_jobs.run_import, batch)


def cancel(*, batch: UUID, actor: str, at: datetime) -> None:
    """Forget a file that was not imported, with its key. Raises NotWaiting."""
    with transaction.atomic():
        row = Import.objects.select_for_update().filter(pk=batch, state__in=WAITING).first()
        if row is None:
            raise NotWaiting(_("This import was started or called off already. Nothing was changed."))
        if row.key_ref:
            vault.keyring().destroy_keys([row.key_ref])
        row.delete()
        audit.record(actions.IMPORT_CANCELLED, actor=actor, at=at, batch=str(batch))
