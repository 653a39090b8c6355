"""Measuring in the test's own process, for tests of what a control says; the real way is a process of its own."""

from datetime import datetime, timedelta

from tryggve.controls import answers, registry, turns, writing
from tryggve.controls.answers import Outcome
from tryggve.controls.causes import CannotMeasure
from tryggve.controls.measuring import Turn
from tryggve.controls.models import Evidence, Probe

OWNER = "test"


def measure(control: str, *, at: datetime) -> Evidence:
    """Call the control's function and keep what it says, checked as what comes from another process is."""
    measure = registry.measures()[control]
    try:
        line = answers.of_measured(measure.work(at), measure)
    except CannotMeasure as cannot:
        line = answers.of_cause(cannot.cause)
    return keep(control, answers.read(line, measure), at=at)


def keep(control: str, outcome: Outcome, *, at: datetime) -> Evidence:
    """Write that outcome as if the control had just been measured."""
    turns.plan(now=at)
    Probe.objects.filter(control=control).update(lease_owner=OWNER, lease_until=at + timedelta(minutes=1))
    turn = Turn(registry.measures()[control], at)
    return writing.write(turn, outcome, owner=OWNER, received_at=at + timedelta(seconds=1))
