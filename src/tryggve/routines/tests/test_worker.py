import threading
from collections.abc import Callable
from datetime import datetime, timedelta

import pytest
from django.db import OperationalError, connection
from django.utils import timezone
from django_tasks_db.models import DBTaskResult

from tryggve.routines import jobs, registry, worker
from tryggve.routines.faults import Fault
from tryggve.routines.models import Schedule
from tryggve.routines.tests import errands

# Real transactions: the worker closes its connections as it goes.
pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.usefixtures("timetable")]


@pytest.fixture(autouse=True)
def _fresh_stop() -> None:
    errands.stop.clear()


def test_run_does_routines_and_jobs_until_stopped(done: list[object]) -> None:
    registry.routine("routines.note", title="Note", every=timedelta(days=1))(
        lambda now: done.append("routine")
    )
    jobs.enqueue(errands.note, "job")
    jobs.enqueue(errands.fail, "job")
    jobs.enqueue(errands.stop_the_worker)
    jobs.enqueue(errands.note, "too-late")

    worker.run(errands.stop)

    assert done == ["routine", "job"]
    assert [job.status for job in DBTaskResult.objects.order_by("enqueued_at")] == [
        "SUCCESSFUL",
        "FAILED",
        "SUCCESSFUL",
        "READY",
    ]
    assert Schedule.objects.get().last_outcome == "DONE"


def test_run_at_start_takes_up_what_a_killed_worker_left(done: list[object]) -> None:
    jobs.enqueue(errands.note, "left-behind")
    assert jobs._claim("a worker that was killed") is not None
    jobs.enqueue(errands.stop_the_worker)

    worker.run(errands.stop)

    assert done == ["left-behind"]


def test_run_goes_on_after_the_database_was_away(
    done: list[object], caplog: pytest.LogCaptureFixture, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(worker, "IDLE_SECONDS", 0.0)
    away = [True, True]

    def refuse_twice(execute: Callable[..., object], *arguments: object) -> object:
        if away:
            away.pop()
            raise OperationalError("no connection for cilla@firma.example")
        return execute(*arguments)

    jobs.enqueue(errands.note, "after-all")
    jobs.enqueue(errands.stop_the_worker)

    with connection.execute_wrapper(refuse_twice):
        worker.run(errands.stop)

    assert done == ["after-all"]
    assert [record.getMessage() for record in caplog.records] == ["the worker stumbled"]
    assert "firma" not in caplog.text


def test_run_at_start_runs_at_once_what_mends_a_crash(done: list[object]) -> None:
    registry.routine("routines.mend", title="Mend", every=timedelta(days=1), at_start=True)(
        lambda now: done.append("mended")
    )
    ahead = timezone.now() + timedelta(hours=1)
    Schedule.objects.create(
        code="routines.mend", due_at=ahead, lease_owner="a worker that was killed", lease_until=ahead
    )
    jobs.enqueue(errands.stop_the_worker)

    worker.run(errands.stop)

    assert done == ["mended"]


class _Impatient(threading.Event):
    """Notes what the worker waits for and how long, and whether its connection is closed; waits not at all."""

    def __init__(self) -> None:
        super().__init__()
        self.waits: list[tuple[float, bool]] = []

    def wait(self, timeout: float | None = None) -> bool:
        if timeout is None:
            return super().wait()
        self.waits.append((timeout, connection.connection is None))
        return self.is_set()


def test_run_waits_longer_and_longer_without_a_connection_and_hears_that_it_is_to_stop() -> None:
    stop, refused = _Impatient(), list[str]()

    def refuse(_execute: object, sql: str, *_rest: object) -> None:
        refused.append(sql)
        if len(refused) == 3:
            stop.set()
        raise OperationalError("no connection")

    with connection.execute_wrapper(refuse):
        worker.run(stop)

    assert stop.waits == [(1.0, True), (2.0, True), (4.0, True)]


def _refuse_once_in(sql_of: Callable[[str], bool]) -> Callable[..., object]:
    refused: list[str] = []

    def look(execute: Callable[..., object], sql: str, *rest: object) -> object:
        if not refused and sql_of(sql):
            refused.append(sql)
            raise OperationalError("disk full")
        return execute(sql, *rest)

    return look


def test_run_after_a_stumble_is_no_new_start(done: list[object], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(worker, "IDLE_SECONDS", 0.0)
    registry.routine("routines.mend", title="Mend", every=timedelta(days=1), at_start=True)(
        lambda now: done.append("mended")
    )
    jobs.enqueue(errands.stop_the_worker)

    def asks_for_a_job(sql: str) -> bool:
        return done == ["mended"] and DBTaskResult._meta.db_table in sql

    with connection.execute_wrapper(_refuse_once_in(asks_for_a_job)):
        worker.run(errands.stop)

    assert done == ["mended"]


def test_run_repeats_at_once_a_routine_whose_end_could_not_be_written(
    done: list[object], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(worker, "IDLE_SECONDS", 0.0)
    registry.routine("routines.note", title="Note", every=timedelta(days=1))(
        lambda now: done.append("routine")
    )
    jobs.enqueue(errands.stop_the_worker)

    def writes_the_end(sql: str) -> bool:
        return done == ["routine"] and sql.startswith("UPDATE") and Schedule._meta.db_table in sql

    with connection.execute_wrapper(_refuse_once_in(writes_the_end)):
        worker.run(errands.stop)

    assert done == ["routine", "routine"]


def test_run_tells_a_second_stumble_anew_after_work_was_done(
    done: list[object], caplog: pytest.LogCaptureFixture, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(worker, "IDLE_SECONDS", 0.0)
    jobs.enqueue(errands.note, "between")
    jobs.enqueue(errands.stop_the_worker)

    def asks_for_a_job(sql: str) -> bool:
        return sql.startswith("SELECT") and DBTaskResult._meta.db_table in sql

    first = _refuse_once_in(asks_for_a_job)
    second = _refuse_once_in(lambda sql: done == ["between"] and asks_for_a_job(sql))
    with connection.execute_wrapper(first), connection.execute_wrapper(second):
        worker.run(errands.stop)

    assert [line.__dict__["facts"]["in_a_row"] for line in caplog.records] == [1, 1]


def test_troubles_are_told_now_and_then_and_waited_for_up_to_half_a_minute(
    caplog: pytest.LogCaptureFixture,
) -> None:
    troubles, fault = worker._Troubles(), Fault("OperationalError", "here")

    waits = [troubles.add(fault) for _time in range(20)]

    assert waits == [1, 2, 4, 8, 16] + [30] * 15
    assert [line.__dict__["facts"]["in_a_row"] for line in caplog.records] == [1, 10, 20]
    troubles.forget()
    assert troubles.add(fault) == 1


def test_run_finishes_a_job_whose_end_could_not_be_written(
    done: list[object], monkeypatch: pytest.MonkeyPatch
) -> None:
    """The job stays marked as running; the loop puts it back itself, without waiting for the next start."""
    monkeypatch.setattr(worker, "IDLE_SECONDS", 0.0)
    jobs.enqueue(errands.note, "twice")
    jobs.enqueue(errands.stop_the_worker)

    def refuse_the_first_end(execute: Callable[..., object], sql: str, *rest: object) -> object:
        # Three times, as the library tries to write it that often.
        if done == ["twice"] and "return_value" in sql and sql.startswith("UPDATE") and refused < 3:
            count()
            raise OperationalError("disk full")
        return execute(sql, *rest)

    refused = 0

    def count() -> None:
        nonlocal refused
        refused += 1

    with connection.execute_wrapper(refuse_the_first_end):
        worker.run(errands.stop)

    assert done == ["twice", "twice"]
    assert {job.status for job in DBTaskResult.objects.all()} == {"SUCCESSFUL"}


def test_run_idle_asks_two_small_questions(monkeypatch: pytest.MonkeyPatch) -> None:
    registry.routine("routines.count-stars", title="Count", every=timedelta(days=1))(lambda now: None)
    asked: list[str] = []

    def listen(execute: Callable[..., object], sql: str, *rest: object) -> object:
        asked.append(sql.split(maxsplit=1)[0])
        return execute(sql, *rest)

    with connection.execute_wrapper(listen):
        monkeypatch.setattr(worker, "IDLE_SECONDS", 0.0)
        worker._work_once(errands.stop, "karin")

    assert asked == ["SELECT", "SELECT"]


def test_run_tells_routines_an_aware_time(done: list[object]) -> None:
    def note_and_stop(now: datetime) -> None:
        done.append(now.utcoffset())
        errands.stop.set()

    registry.routine("routines.note", title="Note", every=timedelta(days=1))(note_and_stop)

    worker.run(errands.stop)

    assert done == [timedelta(0)]


def test_run_stopped_during_a_routine_begins_no_job(done: list[object]) -> None:
    registry.routine("routines.stop", title="Stop", every=timedelta(days=1))(lambda now: errands.stop.set())
    jobs.enqueue(errands.note, "too-late")

    worker.run(errands.stop)

    assert done == []
    assert DBTaskResult.objects.get().status == "READY"
