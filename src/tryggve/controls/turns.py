"""Whose turn it is to be measured; two processes never get the same control."""

from collections.abc import Callable, Collection, Iterable
from datetime import datetime, timedelta

from django.db.models import F

from tryggve.controls import registry
from tryggve.controls.engine.standing import MOST_AHEAD
from tryggve.controls.measuring import Turn
from tryggve.controls.models import Probe
from tryggve.controls.registry import LONGEST_DEADLINE, Measure
from tryggve.lib import write_points

# To write down what was found, also when the database is busy.
_TO_WRITE = timedelta(minutes=1)
# When a control that couldn't be measured is tried again, if it isn't measured more often anyway.
RETRY = timedelta(hours=1)


def plan(*, now: datetime) -> None:
    """Make the table agree with the program: what is measured for the first time is due at once, or after its wait."""
    measures = registry.measures()
    known = {one.control: one for one in Probe.objects.of(measures).select_related("latest")}
    Probe.objects.bulk_create(
        [Probe(control=id, due_at=now + measures[id].waits) for id in measures.keys() - known.keys()],
        ignore_conflicts=True,
    )
    for id, probe in known.items():
        if late := _times_too_late(probe, measures[id], now):
            Probe.objects.filter(pk=probe.pk).update(**late)
    longest = now + LONGEST_DEADLINE + _TO_WRITE
    Probe.objects.filter(lease_until__gt=longest).update(lease_until=longest)


def begin_anew(*, at: datetime) -> None:
    """What couldn't be measured is due again at once, or after its wait."""
    for id, measure in registry.measures().items():
        Probe.objects.filter(control=id, latest__verdict="").update(due_at=at + measure.waits)


def is_any_due(now: datetime) -> bool:
    """Whether some control waits to be measured."""
    return Probe.objects.due(now).of(registry.measures()).exists()


def is_any_asked(controls: Iterable[str]) -> bool:
    """Whether one of them waits to be measured for somebody who asked, or is being measured for them."""
    return Probe.objects.of(controls).filter(asked_at__isnull=False).exists()


def taking(*, owner: str, now: Callable[[], datetime]) -> Callable[[], Turn | None]:
    """What takes one of those that are due each time it is called: what somebody asked for first, no control twice.

    Each is the owner's until its deadline, and a minute to write down what was found.
    """
    done: set[str] = set()

    def take() -> Turn | None:
        measure = _take_next(owner, done, now())
        if measure is None:
            return None
        done.add(measure.control)
        return Turn(measure, now())

    return take


def give_back(*, owner: str) -> None:
    """What the owner had taken and measured nothing of is due as before."""
    Probe.objects.filter(lease_owner=owner).update(lease_owner="", lease_until=None)


def next_due(measure: Measure, *, at: datetime, was_measured: bool) -> datetime:
    """When it is due again: what was missed meanwhile is not caught up."""
    return at + (measure.every if was_measured else min(measure.every, RETRY))


def _times_too_late(probe: Probe, measure: Measure, now: datetime) -> dict[str, datetime]:
    """What now comes more often, or was planned, asked for or measured by a clock that ran ahead, comes sooner."""
    was_ahead = probe.latest is not None and probe.latest.observed_at > now + MOST_AHEAD
    due_at = now if was_ahead else now + measure.every
    late = {"due_at": due_at} if probe.due_at > due_at else {}
    if probe.asked_at is not None and probe.asked_at > now + MOST_AHEAD:
        late["asked_at"] = now
    return late


def _take_next(owner: str, done: Collection[str], now: datetime) -> Measure | None:
    measures = registry.measures()
    due = Probe.objects.due(now).of(measures.keys() - set(done))
    for probe in due.order_by(F("asked_at").asc(nulls_last=True), "due_at", "control"):
        measure = measures[probe.control]
        until = now + measure.deadline + _TO_WRITE
        write_points.reached("controls: found due, not taken")
        # Asked again in the one statement that takes it: another process may have been faster.
        still = Probe.objects.due(now).filter(pk=probe.pk)
        if still.update(lease_owner=owner, lease_until=until) == 1:
            return measure
    return None
