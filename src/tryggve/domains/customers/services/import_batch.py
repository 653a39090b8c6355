"""One import from plan to register: its row, its key, what is sealed with it, and how it is taken back."""

import json
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import asdict, replace
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import DatabaseError, transaction

from tryggve import vault
from tryggve.audit import services as audit
from tryggve.domains.customers import actions, import_words, sealing
from tryggve.domains.customers.engine import forgetting, planning
from tryggve.domains.customers.engine.phones import Country
from tryggve.domains.customers.engine.planning import Plan
from tryggve.domains.customers.engine.results import ImportResult
from tryggve.domains.customers.engine.table import UnreadableFile
from tryggve.domains.customers.engine.tracing import SET_ASIDE
from tryggve.domains.customers.engine.understood import Understood, understand
from tryggve.domains.customers.models import Import
from tryggve.domains.customers.services import reading, staging
from tryggve.domains.setup import api as setup
from tryggve.lib import sandbox, write_points
from tryggve.lib.errors import Refusal
from tryggve.lib.ids import new_id

UNDER_WAY = (Import.State.QUEUED, Import.State.RUNNING)

_MACHINE = "system"


class FileRefused(Refusal):
    """The file can't be read as a list of customers."""


class ListChanged(Exception):
    """The list was called off, or somebody taken out of it, while it was brought in: its plan holds no more."""


def understood(content: bytes, country: Country) -> Understood:
    """What a file says. Raises FileRefused."""
    try:
        return understand(reading.table_in(content), country)
    except UnreadableFile as refused:
        raise FileRefused(import_words.why_unreadable(refused)) from None  # its cause may hold cells
    except sandbox.Failed as failed:
        raise FileRefused(import_words.why_not_read(failed.reason)) from None


def plan(read: Understood, source: str) -> Plan:
    """What the list would change. Raises sealing.KeysMissing."""
    return planning.plan_understood(
        read,
        known=staging.known_customers(),
        source=source,
        country=setup.firm_country(),
        new_id=new_id,
    )


def begin(*, actor: str, at: datetime, state: str) -> Import:
    """A new import with its key; only one that runs at once is in the database already."""
    batch = Import(state=state, started_by=actor, made_at=at)
    [batch.key_ref] = vault.keyring().create_keys([batch.pk])
    if state == Import.State.RUNNING:
        batch.save()
    return batch


def carry_out(batch: Import, plan: Plan, *, at: datetime, name: str = "") -> ImportResult:
    """Write the plan, all of it in force at once or nothing. The name is the file's, to be shown with the result.

    Raises ListChanged; what was staged is then the caller's to remove.
    """
    staging.stage_new(batch=batch.pk, customers=plan.new, at=at)
    staging.stage_changes(batch=batch.pk, additions=plan.additions)
    result = replace(plan.result, import_id=str(batch.pk))
    with transaction.atomic():
        staging.publish(batch=batch.pk, additions=plan.additions, at=at)
        _require_unchanged(batch)
        leftovers, result = _without_deleted(plan, result)
        Import.objects.filter(pk=batch.pk).update(
            state=Import.State.DONE,
            ended_at=at,
            file_sealed=None,
            # Without the first lines: a customer who is deleted later must not stand there.
            result_sealed=sealed(batch, "result", shown(replace(plan, result=result, samples=[]), name)),
            leftovers_sealed=sealed(batch, "leftovers", json.dumps(leftovers, ensure_ascii=False).encode()),
        )
        audit.record(actions.IMPORTED, actor=batch.started_by, at=at, **_counts(result))
        write_points.reached("import: published, not committed")
    return result


def _require_unchanged(batch: Import) -> None:
    """From here on a deletion waits, and then finds what the import left."""
    now = Import.objects.select_for_update().only("file_sealed").filter(pk=batch.pk).first()
    if now is None or bytes(now.file_sealed or b"") != bytes(batch.file_sealed or b""):
        raise ListChanged


def _without_deleted(plan: Plan, result: ImportResult) -> tuple[dict[str, list[Any]], ImportResult]:
    """What is left and told, without those who were deleted since the list was compared with the register."""
    named = {one.customer for one in result.duplicates if one.customer}
    known = (named | forgetting.tied_customers(plan.leftovers)).difference(map(str, plan.new))
    gone = staging.not_in_force(known)
    aside = [(entry[0], SET_ASIDE) for entry in plan.leftovers["set_aside"] if entry[3] in gone]
    left = forgetting.leavings_without(plan.leftovers, gone)
    return left, forgetting.result_without(result, aside, gone)


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


def shown(plan: Plan, name: str) -> bytes:
    """What the pages show of an import, as JSON."""
    told = {
        "file": name,
        "columns": plan.columns,
        "samples": [asdict(sample) for sample in plan.samples],
        "result": plan.result.as_json(),
    }
    return json.dumps(told, ensure_ascii=False).encode()


def sealed(batch: Import, document: str, plaintext: bytes) -> bytes:
    """A document that goes with the import's own key."""
    if batch.key_ref is None:
        raise ValueError("the leavings of this import were destroyed")
    return vault.keyring().seal(
        plaintext, key=batch.key_ref, bound_to=sealing.import_binding(batch.pk, document)
    )


def opened(batch: Import, document: str, blob: bytes) -> bytes:
    """A document of the import again. Raises vault.CannotOpen."""
    return vault.keyring().open(blob, bound_to=sealing.import_binding(batch.pk, document))


@contextmanager
def taken_away_if_it_fails(batch: UUID, *, at: datetime) -> Iterator[None]:
    """Leave nothing half done when what is in the block fails."""
    try:
        yield
    except Exception:
        # On a full disk this may fail as well; then `remove_interrupted` does it later.
        with suppress(DatabaseError, OSError, Refusal):
            stop(batch, actor=_MACHINE, at=at)
        raise


def stop_killed(*, actor: str, at: datetime) -> int:
    """For whoever has the turn: what is marked as running then isn't."""
    killed = list(Import.objects.filter(state=Import.State.RUNNING).only("pk"))
    for row in killed:
        stop(row.pk, actor=actor, at=at)
    return len(killed)


def stop(batch: UUID, *, actor: str, at: datetime, state: str = Import.State.STOPPED) -> None:
    """Remove what was written so far, keys first; the file stays for another try."""
    rows = staging.remove_staged(batch=batch)
    with transaction.atomic():
        Import.objects.filter(pk=batch).update(state=state, rows_done=0)
        audit.record(actions.IMPORT_STOPPED, actor=actor, at=at, batch=str(batch), rows=rows)
