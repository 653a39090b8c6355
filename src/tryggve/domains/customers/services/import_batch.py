"""One import from plan to register: its row, its key, what is sealed with it, and how it is taken back."""

import json
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import replace
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import DatabaseError, transaction
from django.utils import timezone

from tryggve import vault
from tryggve.audit import services as audit
from tryggve.domains.customers import actions, import_papers
from tryggve.domains.customers.engine.comparison.decisions import Decisions
from tryggve.domains.customers.engine.imports import forgetting, planning
from tryggve.domains.customers.engine.imports.number_columns import numbers_missed, numbers_of
from tryggve.domains.customers.engine.imports.plan import Plan
from tryggve.domains.customers.engine.imports.results import ImportResult
from tryggve.domains.customers.engine.imports.tracing import SET_ASIDE
from tryggve.domains.customers.engine.rows.understood import (
    Understood,
    columns_for_matching,
    understand,
)
from tryggve.domains.customers.engine.table import Table, UnreadableFile
from tryggve.domains.customers.engine.values.phones import Country
from tryggve.domains.customers.models import CustomField, Import
from tryggve.domains.customers.selectors import merges
from tryggve.domains.customers.services import holding_back, list_numbers, mended, reading, staging
from tryggve.domains.customers.services.known_numbers import KnownNumbers
from tryggve.domains.customers.words import imports as import_words
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


def understood(content: bytes, country: Country, *, is_to_be_matched: bool = False) -> Understood:
    """What a file says. Raises FileRefused.

    ``is_to_be_matched``: a person is there to tell what the columns are, so that not knowing them is no reason.
    """
    try:
        table = reading.table_in(content)
        return _matched_by_hand(table, country) if is_to_be_matched else understand(table, country)
    except UnreadableFile as refused:
        raise FileRefused(import_words.why_unreadable(refused)) from None  # its cause may hold cells
    except sandbox.Failed as failed:
        raise FileRefused(import_words.why_not_read(failed.reason)) from None


def _matched_by_hand(table: Table, country: Country) -> Understood:
    try:
        return understand(table, country)
    except UnreadableFile as refused:
        if refused.code != "no_headings":
            raise
        return understand(table, country, columns=columns_for_matching(table, country))


def plan(read: Understood, source: str, decided: Decisions | None = None, *, at: datetime) -> Plan:
    """What the list would change, as was decided of doubles. Raises sealing.KeysMissing.

    What was decided of a card that was merged into another since is about that other one, until they are parted.
    """
    decided = decided and decided.led_on(merges.led_on(decided.named()))
    tags: list_numbers.Tags = {}
    planned = planning.plan_understood(
        holding_back.without_held_back(read, setup.firm_country()),
        known=list_numbers.noted(staging.known_customers(), tags),
        source=source,
        country=setup.firm_country(),
        new_id=new_id,
        decided=decided,
    )
    restricted = holding_back.restricted_customers()
    return list_numbers.with_columns(
        holding_back.without_restricted(planned, restricted),
        read.columns,
        tags=tags,
        unnumbered=restricted,
        country=setup.firm_country(),
        on=timezone.localdate(at),
    )


def tied(plan: Plan) -> set[str]:
    """The ids of those in the register whom some line is about."""
    return {trace.customer for trace in plan.traces if trace.customer}.difference(map(str, plan.new))


def begin(*, actor: str, at: datetime, state: str) -> Import:
    """A new import with its key; only one that runs at once is in the database already."""
    batch = Import(state=state, started_by=actor, made_at=at)
    [batch.key_ref] = vault.keyring().create_keys([batch.pk])
    if state == Import.State.RUNNING:
        batch.save()
    return batch


def carry_out(
    batch: Import, plan: Plan, *, at: datetime, name: str = "", source: str = "", mends: str = ""
) -> ImportResult:
    """Write the plan, all of it in force at once or nothing. The name is the file's, to be shown with the result.

    ``mends`` is the import whose rows set aside these were: those that come in now are there no more. Raises
    ListChanged; what was staged is then the caller's to remove.
    """
    numbers = numbers_of(plan)
    known = KnownNumbers({one: those for one, those in numbers.items() if one not in plan.new})
    changes = staging.Changes(plan.changes, known)
    staging.stage_new(batch=batch, customers=plan.new, at=at, numbers=numbers)
    staging.stage_changes(batch=batch, changes=changes)
    with transaction.atomic():
        if not staging.is_published(batch=batch, changes=changes, at=at):
            raise ListChanged
        _require_unchanged(batch)
        _require_still_asked(plan)
        plan = _without_missed(plan, known)
        leftovers, result = _without_deleted(plan, replace(plan.result, import_id=str(batch.pk)))
        told, left = (
            replace(plan, result=result, samples=[]),
            json.dumps(leftovers, ensure_ascii=False).encode(),
        )
        Import.objects.filter(pk=batch.pk).update(
            state=Import.State.DONE,
            ended_at=at,
            file_sealed=None,
            decisions_sealed=None,
            # Without the first lines: a customer who is deleted later must not stand there.
            result_sealed=import_papers.sealed(batch, "result", import_papers.shown(told, name, source)),
            leftovers_sealed=import_papers.sealed(batch, "leftovers", left),
        )
        if mends:
            mended.take_out(batch=UUID(mends), lines=_brought_in(plan))
        audit.record(actions.IMPORTED, actor=batch.started_by, at=at, **_counts(result))
        write_points.reached("import: published, not committed")
    return result


def _brought_in(plan: Plan) -> list[int]:
    """What is still set aside is so in the new import."""
    return [trace.line for trace in plan.traces]


def _require_unchanged(batch: Import) -> None:
    """From here on a deletion waits, and then finds what the import left."""
    now = Import.objects.select_for_update().only("file_sealed").filter(pk=batch.pk).first()
    if now is None or bytes(now.file_sealed or b"") != bytes(batch.file_sealed or b""):
        raise ListChanged


def _require_still_asked(plan: Plan) -> None:
    """From here on a field that the list answers can't be made a sensitive one: it is answered."""
    asked = {one.id for one in plan.questions.values()}
    ordinary = CustomField.objects.select_for_update().filter(pk__in=asked, is_sensitive=False)
    if asked and len(ordinary) < len(asked):
        raise ListChanged


def _without_missed(plan: Plan, known: KnownNumbers) -> Plan:
    """The numbers of who was deleted, or got another one, since the list was compared with the register."""
    if not known.numbers:
        return plan
    gone = set(map(UUID, staging.not_in_force(map(str, known.numbers))))
    late = known.missed(known.numbers.keys() - gone)
    return numbers_missed(plan, late=late, gone=gone) if late or gone else plan


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
