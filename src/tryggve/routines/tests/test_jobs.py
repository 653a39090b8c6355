import asyncio
from datetime import timedelta
from pathlib import Path
from typing import Any, cast
from uuid import UUID

import pytest
from django.db import transaction
from django.utils import timezone
from django_tasks_db.models import DBTaskResult

from tryggve.routines import backend, jobs
from tryggve.routines.tests import errands
from tryggve.routines.tests.conftest import Clock

pytestmark = pytest.mark.django_db

CILLA = UUID("01890a5d-ac96-774b-bcce-b302099a8058")


def _run_all(clock: Clock) -> int:
    count = 0
    while jobs.run_next(owner="karin", now=clock):
        count += 1
    return count


def _ours(caplog: pytest.LogCaptureFixture) -> list[Any]:
    return [line for line in caplog.records if line.name == "tryggve.routines.jobs"]


def test_enqueue_runs_once_with_the_id_as_text(clock: Clock, done: list[object]) -> None:
    jobs.enqueue(errands.note, CILLA)
    jobs.enqueue(errands.note, 7)

    assert _run_all(clock) == 2
    assert done == [str(CILLA), 7]
    assert _run_all(clock) == 0


def test_refused_job_ends_at_once_and_is_told_as_a_refusal(
    clock: Clock, done: list[object], caplog: pytest.LogCaptureFixture
) -> None:
    job = jobs.enqueue(errands.be_refused)
    with caplog.at_level("INFO"):
        assert _run_all(clock) == 1
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
    _run_all(clock)

    row = DBTaskResult.objects.values().get()
    assert (row["status"], row["return_value"]) == ("SUCCESSFUL", None)
    assert "firma" not in repr(row)


def test_run_next_failing_job_keeps_class_and_place_and_no_values(
    clock: Clock, caplog: pytest.LogCaptureFixture
) -> None:
    jobs.enqueue(errands.fail, CILLA)
    _run_all(clock)

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

    assert _run_all(clock) == 4
    assert done == ["last"]


def test_run_next_job_of_a_function_that_is_gone_fails(clock: Clock) -> None:
    jobs.enqueue(errands.note, CILLA)
    DBTaskResult.objects.update(task_path="tryggve.routines.tests.errands.gone")
    _run_all(clock)

    assert DBTaskResult.objects.get().status == "FAILED"


def _claim_and_die(owner: str = "karin") -> None:
    assert jobs._claim(owner) is not None


def test_recover_after_one_death_runs_the_job_again(clock: Clock, done: list[object]) -> None:
    jobs.enqueue(errands.note, CILLA)
    _claim_and_die()
    assert _run_all(clock) == 0

    jobs.recover(at=clock.now)

    assert _run_all(clock) == 1
    assert done == [str(CILLA)]
    assert DBTaskResult.objects.get().worker_ids == ["karin", "karin"]


def test_recover_after_two_deaths_gives_up_and_tells(clock: Clock, done: list[object]) -> None:
    jobs.when_given_up(errands.note)(lambda what: done.append(f"given up {what}"))
    jobs.enqueue(errands.note, 7)
    _claim_and_die()
    jobs.recover(at=clock.now)
    assert done == []
    _claim_and_die()

    jobs.recover(at=clock.now)

    assert done == ["given up 7"]
    assert _run_all(clock) == 0
    job = DBTaskResult.objects.get()
    assert (job.status, job.exception_class_path, job.finished_at) == (
        "FAILED",
        "tryggve.routines.jobs.WorkerDied",
        clock.now,
    )


def test_recover_tells_a_module_that_was_not_loaded_before(
    clock: Clock, done: list[object], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "planted_errands.py").write_text(
        "from django_tasks import task\n"
        "from tryggve.routines import jobs\n"
        "from tryggve.routines.tests import errands\n"
        "@task()\n"
        "def work(what):\n"
        "    pass\n"
        "jobs.when_given_up(work)(errands.done.append)\n"
    )
    monkeypatch.syspath_prepend(tmp_path)
    jobs.enqueue(errands.note, 7)
    DBTaskResult.objects.update(
        task_path="planted_errands.work", status="RUNNING", worker_ids=["karin", "bo"]
    )

    jobs.recover(at=clock.now)

    assert done == [7]


def test_recover_when_telling_fails_still_gives_up_and_goes_on(
    clock: Clock, done: list[object], caplog: pytest.LogCaptureFixture
) -> None:
    @jobs.when_given_up(errands.note)
    def stumble(what: str) -> None:
        raise ValueError("cilla@firma.example")

    for what in ("first", "second"):
        jobs.enqueue(errands.note, what)
    DBTaskResult.objects.update(status="RUNNING", worker_ids=["karin", "bo"])

    jobs.recover(at=clock.now)

    assert [job.status for job in DBTaskResult.objects.all()] == ["FAILED", "FAILED"]
    assert "firma" not in caplog.text


def test_recover_leaves_finished_jobs_alone(clock: Clock, done: list[object]) -> None:
    jobs.enqueue(errands.note, CILLA)
    _run_all(clock)

    jobs.recover(at=clock.now)

    assert DBTaskResult.objects.get().status == "SUCCESSFUL"


def test_release_puts_back_its_own_as_if_never_begun() -> None:
    for what in (1, 2):
        jobs.enqueue(errands.note, what)
    _claim_and_die("bo")
    _claim_and_die("karin")

    jobs.release(owner="karin")

    assert sorted((job.status, job.worker_ids) for job in DBTaskResult.objects.all()) == [
        ("READY", []),
        ("RUNNING", ["bo"]),
    ]


def test_remove_finished_takes_the_old_and_leaves_the_rest(clock: Clock, done: list[object]) -> None:
    old, young = jobs.enqueue(errands.note, 1), jobs.enqueue(errands.note, 2)
    _run_all(clock)
    waiting = jobs.enqueue(errands.note, 3)
    DBTaskResult.objects.filter(pk=old).update(finished_at=clock.now - timedelta(days=14, seconds=1))
    DBTaskResult.objects.filter(pk=young).update(finished_at=clock.now - timedelta(days=14))

    assert jobs.remove_finished(now=clock.now) == 1

    assert set(DBTaskResult.objects.values_list("pk", flat=True)) == {young, waiting}


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

    assert _run_all(clock) == 2

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

    assert _run_all(clock) == 1

    waiting = DBTaskResult.objects.get()
    assert (done, waiting.status, waiting.worker_ids, waiting.run_after, caplog.text) == (
        ["asked"],
        "READY",
        [],
        clock.now + timedelta(seconds=10),
        "",
    )


def test_half_done_job_of_a_copy_is_dropped_and_what_waits_is_done(clock: Clock, done: list[object]) -> None:
    jobs.when_given_up(errands.note)(lambda what: done.append(f"given up {what}"))
    jobs.enqueue(errands.note, 7)
    _claim_and_die()
    jobs.enqueue(errands.note, 8)

    assert [jobs.drop_half_done(at=clock.now) for _again in range(2)] == [1, 0]

    jobs.recover(at=clock.now)
    assert _run_all(clock) == 1
    assert done == ["given up 7", 8]
