"""Writes down what a measuring came to: evidence, the log's entry, and whether the control now fails."""

import logging
from collections.abc import Iterable
from datetime import datetime, timedelta

from django.db import transaction

from tryggve.audit import actors
from tryggve.audit import services as audit
from tryggve.controls import actions, causes, facts, grounds, turns
from tryggve.controls.answers import Outcome
from tryggve.controls.digests import digest_of
from tryggve.controls.engine.verdict import Verdict
from tryggve.controls.measuring import Turn
from tryggve.controls.models import Evidence, Finding, Probe
from tryggve.lib import write_points

logger = logging.getLogger(__name__)

# What can't be measured is tried again each hour, and says nothing new as long as the cause is the same.
_SAME_CAUSE = timedelta(days=1)


class LeaseLost(Exception):
    """It took so long that another process may have measured the control: this answer is not kept."""


@transaction.atomic
def write(turn: Turn, outcome: Outcome, *, owner: str, received_at: datetime) -> Evidence:
    """Keep what came of the owner's turn, and plan the next; of the very same again, the older. Raises LeaseLost."""
    probe = (
        Probe.objects.select_for_update(of=("self",))
        .select_related("latest", "conclusive")
        .get(control=turn.measure.control)
    )
    if probe.lease_owner != owner:
        raise LeaseLost
    if (before := probe.latest) is not None and _is_kept(turn, outcome, probe, before):
        _move_on(probe, turn, before)
        return before
    evidence = _evidence(turn, outcome, probe, received_at)
    write_points.reached("controls: evidence written, not committed")
    _follow(evidence, received_at)
    _move_on(probe, turn, evidence)
    return evidence


@transaction.atomic
def distrust(controls: Iterable[str], *, at: datetime) -> None:
    """Let those of them whose evidence isn't what was logged stand on none of it: unknown, told, and due at once."""
    held = Probe.objects.of(controls).select_for_update(of=("self",))
    for unfounded in grounds.unfounded(held):
        probe = unfounded.probe
        kept = Evidence(control=probe.control, cause=causes.CHANGED, observed_at=at, received_at=at, since=at)
        kept.entry = _record(kept)
        kept.save()
        probe.latest, probe.due_at = kept, at
        probe.conclusive = probe.conclusive if unfounded.is_conclusive_founded else None
        probe.save(update_fields=["latest", "conclusive", "due_at"])
        logger.error("what was measured isn't what was logged", extra={"facts": {"control": probe.control}})


def _evidence(turn: Turn, outcome: Outcome, probe: Probe, received_at: datetime) -> Evidence:
    told = facts.told(outcome.facts, turn.measure.facts)
    valid_until = turn.at + turn.measure.valid if outcome.verdict else None
    kept = Evidence(
        control=turn.measure.control,
        verdict=outcome.verdict.value if outcome.verdict else "",
        cause=outcome.cause,
        facts=told,
        observed_at=turn.at,
        received_at=received_at,
        valid_until=valid_until,
        since=_since(turn, outcome, probe),
    )
    kept.entry = _record(kept)
    kept.save()
    return kept


def _is_kept(turn: Turn, outcome: Outcome, probe: Probe, before: Evidence) -> bool:
    """Whether what was written before says it still; what somebody asked for is always written."""
    keeps = turn.measure.keeps if outcome.verdict else max(turn.measure.keeps, _SAME_CAUSE)
    is_young = turn.at - keeps < before.observed_at <= turn.at
    told = facts.told(outcome.facts, turn.measure.facts)
    same = (before.verdict, before.cause, before.facts) == (outcome.verdict or "", outcome.cause, told)
    return is_young and same and probe.asked_at is None


def _record(kept: Evidence) -> int:
    return audit.record(
        actions.MEASURED,
        actor=actors.SYSTEM,
        at=kept.received_at,
        control=kept.control.lower(),
        verdict=(kept.verdict or "unknown").lower(),
        cause=kept.cause or "none",
        facts=len(kept.facts),
        evidence=digest_of(kept),
    ).pk


def _since(turn: Turn, outcome: Outcome, probe: Probe) -> datetime:
    """A failing goes on through measurings that couldn't be made; what passed doesn't."""
    before = probe.conclusive if outcome.verdict is Verdict.FAILING else probe.latest
    is_same = before is not None and (before.verdict, before.cause) == (outcome.verdict or "", outcome.cause)
    return min(before.since, turn.at) if before is not None and is_same else turn.at


def _follow(evidence: Evidence, at: datetime) -> None:
    """A finding opens when a control first fails, and closes when it is measured and passes; by nothing else."""
    if not evidence.verdict:
        return
    still_open = Finding.objects.filter(control=evidence.control, closed_at=None)
    control = evidence.control.lower()
    if evidence.verdict == Verdict.FAILING:
        if not still_open.exists():
            Finding.objects.create(control=evidence.control, opened_at=at, opened_by=evidence)
            audit.record(actions.FINDING_OPENED, actor=actors.SYSTEM, at=at, control=control)
    elif still_open.update(closed_at=at, closed_by=evidence):
        audit.record(actions.FINDING_CLOSED, actor=actors.SYSTEM, at=at, control=control)


def _move_on(probe: Probe, turn: Turn, evidence: Evidence) -> None:
    probe.latest = evidence
    if evidence.verdict:
        probe.conclusive = evidence
    if probe.asked_at is not None and probe.asked_at <= turn.at:
        probe.asked_at = None
    probe.due_at = turns.next_due(turn.measure, at=turn.at, was_measured=bool(evidence.verdict))
    probe.lease_owner, probe.lease_until = "", None
    probe.save()
