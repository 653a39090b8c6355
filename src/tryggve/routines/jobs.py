"""Work that is done once, soon, by the worker. Written over django-tasks and its table.

The library's own worker is not used: it keeps whole tracebacks, with the values in them, and dies when the
database is locked at the moment it asks for work.
"""

import logging
from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django_tasks import DEFAULT_TASK_BACKEND_ALIAS, TaskResultStatus
from django_tasks.base import Task
from django_tasks_db.models import DBTaskResult, DBTaskResultQuerySet

from tryggve import vault
from tryggve.routines import faults

logger = logging.getLogger(__name__)

KEEP_FINISHED = timedelta(days=14)
_ATTEMPTS = 2
_WAIT = timedelta(seconds=10)

GivenUp = Callable[..., None]
_given_up: dict[str, GivenUp] = {}


class WorkerDied(Exception):
    """The worker was killed under this job, and again when it was run anew."""


class NotYet(Exception):
    """Raised by a job that would have to wait: it is put back and tried again in 10 seconds.

    That counts as no attempt and holds up no other work. So does finding the register locked.
    """


def enqueue(task: Task[..., Any], *ids: UUID | int | str) -> UUID:
    """Queue the task, in the caller's transaction, and answer the job's id.

    The task gets a UUID as text. Raises :class:`tryggve.routines.backend.NotAnId`.
    """
    result = task.enqueue(*(str(id) if isinstance(id, UUID) else id for id in ids))
    return UUID(result.id)


def when_given_up(task: Task[..., Any]) -> Callable[[GivenUp], GivenUp]:
    """Call the function with the job's ids when that job killed its worker twice and isn't tried again."""

    def register(function: GivenUp) -> GivenUp:
        _given_up[task.module_path] = function
        return function

    return register


def run_next(*, owner: str, now: Callable[[], datetime]) -> bool:
    """Run the job that is next in turn, if any; whatever it raises is written down and goes no further."""
    job = _claim(owner)
    if job is None:
        return False
    try:
        job.task.call(*job.args_kwargs["args"])
    except (NotYet, vault.NotUnlocked):
        _put_back(job, run_after=now() + _WAIT)
    except PermissionDenied as refusal:
        # Whoever was refused stands in the audit log; nothing is broken.
        fault = faults.fault_of(refusal)
        _end_failed(job, fault, at=now())
        facts = {"job": str(job.pk), "task": job.task_path, "fault": fault.kind}
        logger.info("a job was refused", extra={"facts": facts})
    except (Exception, SystemExit) as error:  # noqa: BLE001 - whatever it is, the worker goes on
        _fail(job, faults.fault_of(error), at=now())
    else:
        job.set_successful(None)
    return True


def recover(*, at: datetime) -> None:
    """Put jobs whose worker was killed back in the queue, once; the second time give them up.

    Only for the one worker there is, while it runs no job: whatever is marked as running then isn't.
    """
    for job in _all().running():
        if len(job.worker_ids) < _ATTEMPTS:
            _all().running().filter(pk=job.pk).update(status=TaskResultStatus.READY, started_at=None)
        else:
            _give_up(job, at)


def drop_half_done(*, at: datetime) -> int:
    """Give up what was under way in a copy of the database that was put back: nobody knows how far it came; how many.

    Only while no worker runs.
    """
    half_done = list(_all().running())
    for job in half_done:
        _give_up(job, at)
    return len(half_done)


def release(*, owner: str) -> None:
    """Put back what this worker leaves unfinished as it was asked to stop; that counts as no attempt."""
    for job in _all().running():
        if job.worker_ids[-1:] == [owner]:
            _put_back(job, run_after=job.run_after)


def remove_finished(*, now: datetime) -> int:
    """Remove jobs that ended more than 14 days ago, and answer how many."""
    removed, _ = _all().finished().filter(finished_at__lt=now - KEEP_FINISHED).delete()
    return removed


def _all() -> DBTaskResultQuerySet:
    return DBTaskResult.objects.filter(backend_name=DEFAULT_TASK_BACKEND_ALIAS)


def _claim(owner: str) -> DBTaskResult[..., Any] | None:
    ready = _all().ready()
    # Asked first without a transaction: an idle worker must not take SQLite's only write lock every second.
    if not ready.exists():
        return None
    with transaction.atomic():
        job = ready.get_locked()
        if job:
            job.claim(owner)
    return job


def _put_back(job: DBTaskResult[..., Any], *, run_after: datetime) -> None:
    _all().running().filter(pk=job.pk).update(
        status=TaskResultStatus.READY,
        started_at=None,
        worker_ids=job.worker_ids[:-1],
        run_after=run_after,
    )


def _fail(job: DBTaskResult[..., Any], fault: faults.Fault, *, at: datetime) -> None:
    _end_failed(job, fault, at=at)
    facts = {"job": str(job.pk), "task": job.task_path, "fault": fault.kind, "place": fault.place}
    logger.error("a job failed", extra={"facts": facts})


def _end_failed(job: DBTaskResult[..., Any], fault: faults.Fault, *, at: datetime) -> None:
    _all().filter(pk=job.pk).update(
        status=TaskResultStatus.FAILED,
        finished_at=at,
        exception_class_path=fault.kind,
        traceback=fault.place,
        return_value=None,
    )


def _give_up(job: DBTaskResult[..., Any], at: datetime) -> None:
    _fail(job, faults.fault_of(WorkerDied()), at=at)
    try:
        # Reading the task imports its module, where the function below is registered.
        task = job.task
        if function := _given_up.get(task.module_path):
            function(*job.args_kwargs["args"])
    except Exception as error:  # noqa: BLE001 - one domain's fault must not keep the worker from starting
        facts = {"job": str(job.pk), "fault": faults.fault_of(error).kind}
        logger.error("a job was given up, and telling so failed", extra={"facts": facts})
