"""Routines for a timetable of the test's own, and what became of them."""

from collections.abc import Callable
from datetime import datetime, timedelta

from tryggve import vault
from tryggve.routines import registry, services
from tryggve.routines.models import Schedule
from tryggve.routines.tests.conftest import Clock

HOUR = timedelta(hours=1)
MINUTE = timedelta(minutes=1)


def routine(name: str, work: Callable[[datetime], None] = lambda now: None, every: timedelta = HOUR) -> None:
    registry.routine(f"routines.{name}", title=name, every=every)(work)


def fail(now: datetime) -> None:
    raise LookupError("cilla@firma.example is unknown")


def need_the_register(now: datetime) -> None:
    raise vault.NotUnlocked


def due_times() -> dict[str, datetime]:
    return dict(Schedule.objects.values_list("code", "due_at"))


def run(clock: Clock) -> list[str]:
    return services.run_due(now=clock, owner="karin")
