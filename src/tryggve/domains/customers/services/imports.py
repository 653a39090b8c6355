import json
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import asdict, replace
from datetime import datetime
from io import BytesIO
from typing import Any
from uuid import UUID

from django.db import DatabaseError, transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from django_tasks import task

from tryggve import vault
from tryggve.audit import services as audit
from tryggve.domains.customers import actions, import_words, sealing
from tryggve.domains.customers.engine import planning
from tryggve.domains.customers.engine.planning import Plan
from tryggve.domains.customers.engine.results import ImportResult
from tryggve.domains.customers.engine.table import Limits, UnreadableFile
from tryggve.domains.customers.models import Import
from tryggve.domains.customers.services import staging
from tryggve.domains.customers.services.import_turn import turn, turn_if_free
from tryggve.domains.setup import api as setup
from tryggve.lib import write_points
from tryggve.lib.errors import Refusal
from tryggve.lib.ids import new_id
from tryggve.routines import jobs

LARGEST_BYTES = Limits().bytes

_MACHINE = "system"
_WAITING = (Import.State.PREVIEWED, Import.State.STOPPED)
_UNDER_WAY = (Import.State.QUEUED, Import.State.RUNNING)


class FileRefused(Refusal):
    """The file can't be read as a list of customers."""


class NotWaiting(Refusal):
    """The import was started, called off or ended before."""


def trial(*, content: bytes, source: str, is_register_there: bool) -> ImportResult:
    """What importing this would do. Writes nothing. Raises FileRefused and sealing.KeysMissing."""
    return replace(_plan(content, source, is_register_there=is_register_there).result, import_id=None)


def import_content(
    *, content: bytes, source: str, actor: str, at: datetime, waiting: Callable[[], None] | None = None
) -> ImportResult:
    """Import a list at once, all of it or nothing; ``waiting`` is told when another import has the turn.

    Raises FileRefused and sealing.KeysMissing.
    """
    with turn(waiting=waiting):
        _stop_killed(actor=_MACHINE, at=at)
        plan = _plan(content, source)
        batch = _new_import(actor=actor, at=at, state=Import.State.RUNNING)
        with _taken_away_if_it_fails(batch.pk, at=at):
            return _carry_out(batch, plan, at=at)


def preview_file(*, name: str, content: bytes, source: str, actor: str, at: datetime) -> UUID:
    """Keep the file sealed and what would happen with it, to be shown and confirmed.

    Raises FileRefused and sealing.KeysMissing.
    """
    plan = _plan(content, source)
    batch = _new_import(actor=actor, at=at, state=Import.State.PREVIEWED)
    batch.file_sealed = _sealed(batch, "file", json.dumps({"source": source}).encode() + b"\n" + content)
    batch.result_sealed = _sealed(batch, "result", _shown(plan, name))
    batch.rows_total = plan.writes
    with transaction.atomic():
        batch.save()
        audit.record(actions.IMPORT_PREVIEWED, actor=actor, at=at, batch=str(batch.pk), rows=plan.result.rows)
    return batch.pk


def confirm(*, batch: UUID, actor: str, at: datetime) -> None:
    """Say yes to a preview; the worker does the rest, in the name of who said so. Raises NotWaiting."""
    waiting = Import.objects.filter(pk=batch, state__in=_WAITING).exclude(file_sealed=None)
    with transaction.atomic():
        if not waiting.update(state=Import.State.QUEUED, started_by=actor):
            raise NotWaiting(_("This import was started or called off already. Nothing was done twice."))
        audit.record(actions.IMPORT_CONFIRMED, actor=actor, at=at, batch=str(batch))
        jobs.enqueue(run_import, batch)


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


@task()
def run_import(batch: str) -> None:
    """What the worker runs for a confirmed import."""
    run_confirmed(batch=UUID(batch), at=timezone.now())  # noqa: TID251 - the worker's clock


@jobs.when_given_up(run_import)
def stop_given_up(batch: str) -> None:
    """An import that killed its worker twice is not tried again by itself; the person decides."""
    if Import.objects.filter(pk=UUID(batch), state__in=_UNDER_WAY).exists():
        _stop(UUID(batch), actor=_MACHINE, at=timezone.now())  # noqa: TID251 - the worker's clock


def run_confirmed(*, batch: UUID, at: datetime) -> None:
    """Carry out an import that somebody confirmed; safe to run again after a crash. Raises jobs.NotYet."""
    with turn_if_free() as free:
        if not free:
            raise jobs.NotYet
        known = Import.objects.filter(pk=batch).exclude(file_sealed=None)
        row = known.exclude(state__in=(Import.State.PREVIEWED, Import.State.DONE)).first()
        if row is None or row.file_sealed is None:
            return
        with _taken_away_if_it_fails(batch, at=at):
            staging.remove_staged(batch=batch)
            head, _newline, content = _opened(row, "file", bytes(row.file_sealed)).partition(b"\n")
            plan = _plan(content, json.loads(head)["source"])
            if known.update(state=Import.State.RUNNING, rows_done=0, rows_total=plan.writes):
                _carry_out(row, plan, at=at, name=_known_name(row))


def remove_interrupted(*, actor: str, at: datetime) -> int:
    """Take away what a killed import left, unless one is running now; returns how many imports."""
    with turn_if_free() as free:
        return _stop_killed(actor=actor, at=at) if free else 0


def _stop_killed(*, actor: str, at: datetime) -> int:
    """For whoever has the turn: what is marked as running then isn't."""
    killed = list(Import.objects.filter(state=Import.State.RUNNING).only("pk"))
    for row in killed:
        _stop(row.pk, actor=actor, at=at)
    return len(killed)


@contextmanager
def _taken_away_if_it_fails(batch: UUID, *, at: datetime) -> Iterator[None]:
    try:
        yield
    except Exception:
        # On a full disk this may fail as well; then `remove_interrupted` does it later.
        with suppress(DatabaseError, OSError, Refusal):
            _stop(batch, actor=_MACHINE, at=at)
        raise


def _stop(batch: UUID, *, actor: str, at: datetime) -> None:
    rows = staging.remove_staged(batch=batch)
    with transaction.atomic():
        Import.objects.filter(pk=batch).update(state=Import.State.STOPPED, rows_done=0)
        audit.record(actions.IMPORT_STOPPED, actor=actor, at=at, batch=str(batch), rows=rows)


def forget_leavings(*, before: datetime, actor: str, at: datetime) -> int:
    """Destroy the keys of imports made before that: files, rows set aside, columns without a field."""
    old = Import.objects.filter(made_at__lt=before, key_ref__isnull=False).exclude(state__in=_UNDER_WAY)
    forgotten = 0
    for row in old.only("pk", "key_ref"):
        if row.key_ref:
            vault.keyring().destroy_keys([row.key_ref])
        with transaction.atomic():
            Import.objects.filter(pk=row.pk).update(
                key_ref=None, file_sealed=None, result_sealed=None, leftovers_sealed=None
            )
            audit.record(actions.IMPORT_FORGOTTEN, actor=actor, at=at, batch=str(row.pk))
        forgotten += 1
    return forgotten


def _plan(content: bytes, source: str, *, is_register_there: bool = True) -> Plan:
    try:
        return planning.plan(
            BytesIO(content),
            known=staging.known_customers() if is_register_there else (),
            source=source,
            country=setup.firm_country() if is_register_there else setup.likely_country(),
            new_id=new_id,
        )
    except UnreadableFile as refused:
        raise FileRefused(import_words.why_unreadable(refused)) from None  # its cause may hold cells


def _new_import(*, actor: str, at: datetime, state: str) -> Import:
    batch = Import(state=state, started_by=actor, made_at=at)
    [batch.key_ref] = vault.keyring().create_keys([batch.pk])
    if state == Import.State.RUNNING:
        batch.save()
    return batch


def _carry_out(batch: Import, plan: Plan, *, at: datetime, name: str = "") -> ImportResult:
    staging.stage_new(batch=batch.pk, customers=plan.new, at=at)
    staging.stage_changes(batch=batch.pk, additions=plan.additions)
    result = replace(plan.result, import_id=str(batch.pk))
    with transaction.atomic():
        staging.publish(batch=batch.pk, additions=plan.additions, at=at)
        Import.objects.filter(pk=batch.pk).update(
            state=Import.State.DONE,
            ended_at=at,
            file_sealed=None,
            # Without the first lines: a customer who is deleted later must not stand there.
            result_sealed=_sealed(batch, "result", _shown(replace(plan, result=result, samples=[]), name)),
            leftovers_sealed=_sealed(
                batch, "leftovers", json.dumps(plan.leftovers, ensure_ascii=False).encode()
            ),
        )
        audit.record(actions.IMPORTED, actor=batch.started_by, at=at, **_counts(result))
        write_points.reached("import: published, not committed")
    return result


def _counts(result: ImportResult) -> dict[str, Any]:
    return {
        "batch": str(result.import_id),
        "rows": result.rows,
        "created": result.created,
        "updated": result.updated,
        "unchanged": result.unchanged,
        "set_aside": len(result.set_aside),
        "skipped": len(result.skipped),
    }


def _shown(plan: Plan, name: str) -> bytes:
    shown = {
        "file": name,
        "columns": plan.columns,
        "samples": [asdict(sample) for sample in plan.samples],
        "result": plan.result.as_json(),
    }
    return json.dumps(shown, ensure_ascii=False).encode()


def _known_name(batch: Import) -> str:
    if batch.result_sealed is None:
        return ""
    name: str = json.loads(_opened(batch, "result", bytes(batch.result_sealed)))["file"]
    return name


def _sealed(batch: Import, document: str, plaintext: bytes) -> bytes:
    if batch.key_ref is None:
        raise ValueError("the leavings of this import were destroyed")
    return vault.keyring().seal(
        plaintext, key=batch.key_ref, bound_to=sealing.import_binding(batch.pk, document)
    )


def _opened(batch: Import, document: str, blob: bytes) -> bytes:
    return vault.keyring().open(blob, bound_to=sealing.import_binding(batch.pk, document))
