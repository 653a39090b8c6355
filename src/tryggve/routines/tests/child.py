"""What the processes do that the tests start, and kill."""

import json
import os
import signal
import sys
import threading
from collections.abc import Callable
from datetime import datetime, timedelta
from pathlib import Path

from django.core.management import call_command
from django.utils import timezone
from django_tasks_db.models import DBTaskResult

from tryggve.routines import jobs, registry, services, worker
from tryggve.routines.models import Schedule
from tryggve.routines.tests import errands, poll


def main(verb: str, *arguments: str) -> None:
    VERBS[verb](*arguments)


def prepare() -> None:
    call_command("migrate", verbosity=0)
    Path(os.environ["CHILD_LOG"]).touch()


def enqueue(task: str, *ids: str) -> None:
    jobs.enqueue(getattr(errands, task), *ids)


def work(routine: str = "", grace: str = "5") -> None:
    """The worker as the product runs it; leases last one second, so that nobody waits ten minutes."""
    if routine:
        registry.routine(f"routines.{routine}", title=routine, every=timedelta(days=1))(
            lambda now: errands.start_twice(routine)
        )
    services.LEASE = timedelta(seconds=1)
    worker.GRACE_SECONDS = float(grace)
    stop = threading.Event()
    signal.signal(signal.SIGTERM, lambda number, frame: stop.set())
    errands.write("worker begins")
    worker.run(stop)


def plan(count: str) -> None:
    _declare(count, lambda now: None)
    services.plan(now=timezone.now())


def race(count: str) -> None:
    """Run what is due; at the first one wait until the other process is at one, too."""
    _declare(count, lambda now: poll.until(lambda: len({line.split()[0] for line in errands.lines()}) == 2))
    services.run_due(now=timezone.now, owner=str(os.getpid()))


def state() -> None:
    rows = [[job.status, len(job.worker_ids)] for job in DBTaskResult.objects.order_by("enqueued_at")]
    outcomes = [[row.code, row.last_outcome, row.lease_owner] for row in Schedule.objects.order_by("code")]
    sys.stdout.write(json.dumps({"jobs": rows, "routines": outcomes}))


def _declare(count: str, then: Callable[[datetime], None]) -> None:
    for number in range(int(count)):

        def write_and_then(now: datetime, number: int = number) -> None:
            errands.write(f"{os.getpid()} {number}")
            then(now)

        registry.routine(f"routines.number-{number}", title="Write", every=timedelta(days=1))(write_and_then)


VERBS: dict[str, Callable[..., None]] = {
    "prepare": prepare,
    "enqueue": enqueue,
    "work": work,
    "plan": plan,
    "race": race,
    "state": state,
}
