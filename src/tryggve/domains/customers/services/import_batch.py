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
from tryggve.domains.customers.engine import planning
from tryggve.domains.customers.engine.planning import Plan
from tryggve.domains.customers.engine.results import ImportResult
from tryggve.domains.customers.engine.table import UnreadableFile
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


def plan(content: bytes, source: str, *, is_register_there: bool = True) -> Plan:
    """What the list would change. Raises FileRefused and sealing.KeysMissing."""
    try:
        return planning.plan(
            reading.table_in(content),
            known=staging.known_customers() if is_register_there else (),
            source=source,
            country=setup.firm_country() if is_register_there else setup.likely_country(),
            new_id=new_id,
        )
    except UnreadableFile as refused:
        raise FileRefused(import_words.why_unreadable(refused)) from None  # its cause may hold cells
    except sandbox.Failed as failed:
        raise FileRefused(import_words.why_not_read(failed.reason)) from None


def begin(*, actor: str, at: datetime, state: str) -> Import:
    """A new import with its key; only one that runs at once is in the database already."""
    batch = Import(state=state, started_by=actor, made_at=at)
    [batch.key_ref] = vault.keyring().create_keys([batch.pk])
    if state == Import.State.RUNNING:
        batch.save()
    return batch


def carry_out(batch: Import, plan: Plan, *, at: datetime, name: str = "") -> ImportResult:
    """Write the plan, all of it in force at once or nothing. The name is the file's, to be shown with the result."""
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
            result_sealed=sealed(batch, "result", shown(replace(plan, result=result, samples=[]), name)),
            leftovers_sealed=sealed(
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


def stop(batch: UUID, *, actor: str, at: datetime) -> None:
    """Remove what was written so far, keys first; the file stays for another try."""
    rows = staging.remove_staged(batch=batch)
    with transaction.atomic():
        Import.objects.filter(pk=batch).update(state=Import.State.STOPPED, rows_done=0)
        audit.record(actions.IMPORT_STOPPED, actor=actor, at=at, batch=str(batch), rows=rows)
