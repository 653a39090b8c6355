import asyncio
from datetime import timedelta
from typing import Any, cast
from uuid import UUID

import pytest
from django.db import transaction
from django.utils import timezone
from django_tasks_db.models import DBTaskResult

from tryggve.routines import backend, jobs
from tryggve.routines.tests import errands, queue
from tryggve.routines.tests.conftest import Clock

pytestmark = pytest.mark.django_db

CILLA = UUID("01890a5d-ac96-774b-bcce-b302099a8058")


def _ours(caplog: pytest.LogCaptureFixture) -> list[Any]:
    return [line for line in caplog.records if line.name == "tryggve.routines.jobs"]


def test_enqueue_runs_once_with_the_id_as_text(clock: Clock, done: list[object]) -> None:
    jobs.enqueue(errands.note, CILLA)
    jobs.enqueue(errands.note, 7)

    assert queue.run_all(clock) == 2
    assert done == [str(CILLA), 7]
    assert queue.run_all(clock) == 0


def test_refused_job_ends_at_once_and_is_told_as_a_refusal(
    clock: Clock, done: list[object], caplog: pytest.LogCaptureFixture
) -> None:
    job = jobs.enqueue(errands.be_refused)
    with caplog.at_level("INFO"):
        assert queue.run_all(clock) == 1
    row = DBTaskResult.objects.get(pk=job)
    assert (row.status, row.exception_class_path) == ("FAILED", "django.core.exceptions.PermissionDenied")
    assert [(line.levelname, line.getMessage(), line.facts["fault"]) for line in _ours(caplog)] == [
        ("INFO", "a job was refused", "django.core.exceptions.PermissionDenied")
    ]
    assert done == ["asked"]


def test_enqueue_answers_the_id_of_the_job() -> None:
    assert jobs.enqueue(errands.note, CILLA) == DBTaskResult.objects.get().pk


@pytest.mark.parametrize(
    "value", ["cilla@firma.example", "Cilla Andersson", "070-1234567", 1.5, None, ["csv"]]
)
def test_enqueue_what_is_no_id_raises_and_queues_nothing(value: object) -> None:
    with pytest.raises(backend.NotAnId):
        jobs.enqueue(errands.note, cast(str, value))
    assert DBTaskResult.objects.count() == 0


def test_enqueue_past_our_own_function_refuses_too() -> None:
    with pytest.raises(backend.NotAnId):
        errands.note.enqueue("cilla@firma.example")
    with pytest.raises(backend.NotAnId):
        errands.note.enqueue(what="csv")
    assert DBTaskResult.objects.count() == 0


@pytest.mark.django_db(transaction=True)
def test_enqueue_from_async_code_refuses_too() -> None:
    with pytest.raises(backend.NotAnId):
        asyncio.run(errands.note.aenqueue("cilla@firma.example"))
    assert DBTaskResult.objects.count() == 0


@pytest.mark.django_db(transaction=True)
def test_enqueue_in_a_transaction_that_fails_queues_nothing() -> None:
    with pytest.raises(ValueError, match=r"^$"):
        errands.break_a_transaction.call()

    assert DBTaskResult.objects.count() == 0


def test_run_next_keeps_no_return_value(clock: Clock, done: list[object]) -> None:
    jobs.enqueue(errands.note, CILLA)
    queue.run_all(clock)

    row = DBTaskResult.objects.values().get()
    assert (row["status"], row["return_value"]) == ("SUCCESSFUL", None)
    assert "firma" not in repr(row)


def test_run_next_failing_job_keeps_class_and_place_and_no_values(
    clock: Clock, caplog: pytest.LogCaptureFixture
) -> None:
    jobs.enqueue(errands.fail, CILLA)
    queue.run_all(clock)

    row = DBTaskResult.objects.values().get()
    line = errands.fail.func.__code__.co_firstlineno + 2
    assert (row["status"], row["exception_class_path"], row["traceback"], row["finished_at"]) == (
        "FAILED",
        "builtins.LookupError",
        f"tryggve.routines.tests.errands:{line}",
        clock.now,
    )
    assert "firma" not in repr(row) + caplog.text
    assert [record.exc_info for record in caplog.records] == [None]


def test_run_next_after_failing_and_leaving_jobs_goes_on(clock: Clock, done: list[object]) -> None:
    jobs.enqueue(errands.fail, CILLA)
    jobs.enqueue(errands.leave)
    jobs.enqueue(errands.break_a_transaction)
    jobs.enqueue(errands.note, "last")

    assert queue.run_all(clock) == 4
    assert done == ["last"]


def test_run_next_job_of_a_function_that_is_gone_fails(clock: Clock) -> None:
    jobs.enqueue(errands.note, CILLA)
    DBTaskResult.objects.update(task_path="tryggve.routines.tests.errands.gone")
    queue.run_all(clock)

    assert DBTaskResult.objects.get().status == "FAILED"


def test_run_next_without_work_asks_once_and_takes_no_lock(
    clock: Clock, django_assert_num_queries: object
) -> None:
    assert callable(django_assert_num_queries)
    with transaction.atomic(), django_assert_num_queries(1):
        assert jobs.run_next(owner="karin", now=clock) is False


def test_run_next_job_whose_turn_has_not_come_is_put_back_and_holds_up_no_other(
    clock: Clock, done: list[object]
) -> None:
    clock.now = timezone.now()
    jobs.enqueue(errands.wait_for_a_turn)
    jobs.enqueue(errands.note, "other")

    assert queue.run_all(clock) == 2

    assert done == ["asked", "other"]
    waiting = DBTaskResult.objects.ready().count(), DBTaskResult.objects.get(status="READY")
    assert (waiting[0], waiting[1].worker_ids, waiting[1].run_after) == (
        0,
        [],
        clock.now + timedelta(seconds=10),
    )
    clock.move(-timedelta(seconds=11))
    DBTaskResult.objects.filter(status="READY").update(run_after=clock.now)
    assert jobs.run_next(owner="karin", now=clock)
    assert done == ["asked", "other", "asked"]


def test_run_next_job_that_finds_the_register_locked_waits_and_tells_nobody(
    clock: Clock, done: list[object], caplog: pytest.LogCaptureFixture
) -> None:
    clock.now = timezone.now()  # the queue asks the real clock which jobs are due
    jobs.enqueue(errands.need_the_register)

    assert queue.run_all(clock) == 1

    waiting = DBTaskResult.objects.get()
    assert (done, waiting.status, waiting.worker_ids, waiting.run_after, caplog.text) == (
        ["asked"],
        "READY",
        [],
        clock.now + timedelta(seconds=10),
        "",
    )
