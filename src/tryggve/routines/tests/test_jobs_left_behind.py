"""Jobs whose worker died or was stopped, and those that are done with."""

from datetime import timedelta
from pathlib import Path
from uuid import UUID

import pytest
from django_tasks_db.models import DBTaskResult

from tryggve.routines import jobs
from tryggve.routines.tests import errands, queue
from tryggve.routines.tests.conftest import Clock

pytestmark = pytest.mark.django_db

CILLA = UUID("01890a5d-ac96-774b-bcce-b302099a8058")


def test_recover_after_one_death_runs_the_job_again(clock: Clock, done: list[object]) -> None:
    jobs.enqueue(errands.note, CILLA)
    queue.claim_and_die()
    assert queue.run_all(clock) == 0

    jobs.recover(at=clock.now)

    assert queue.run_all(clock) == 1
    assert done == [str(CILLA)]
    assert DBTaskResult.objects.get().worker_ids == ["karin", "karin"]


def test_recover_after_two_deaths_gives_up_and_tells(clock: Clock, done: list[object]) -> None:
    jobs.when_given_up(errands.note)(lambda what: done.append(f"given up {what}"))
    jobs.enqueue(errands.note, 7)
    queue.claim_and_die()
    jobs.recover(at=clock.now)
    assert done == []
    queue.claim_and_die()

    jobs.recover(at=clock.now)

    assert done == ["given up 7"]
    assert queue.run_all(clock) == 0
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
    queue.run_all(clock)

    jobs.recover(at=clock.now)

    assert DBTaskResult.objects.get().status == "SUCCESSFUL"


def test_release_puts_back_its_own_as_if_never_begun() -> None:
    for what in (1, 2):
        jobs.enqueue(errands.note, what)
    queue.claim_and_die("bo")
    queue.claim_and_die("karin")

    jobs.release(owner="karin")

    assert sorted((job.status, job.worker_ids) for job in DBTaskResult.objects.all()) == [
        ("READY", []),
        ("RUNNING", ["bo"]),
    ]


def test_remove_finished_takes_the_old_and_leaves_the_rest(clock: Clock, done: list[object]) -> None:
    old, young = jobs.enqueue(errands.note, 1), jobs.enqueue(errands.note, 2)
    queue.run_all(clock)
    waiting = jobs.enqueue(errands.note, 3)
    DBTaskResult.objects.filter(pk=old).update(finished_at=clock.now - timedelta(days=14, seconds=1))
    DBTaskResult.objects.filter(pk=young).update(finished_at=clock.now - timedelta(days=14))

    assert jobs.remove_finished(now=clock.now) == 1

    assert set(DBTaskResult.objects.values_list("pk", flat=True)) == {young, waiting}


def test_half_done_job_of_a_copy_is_dropped_and_what_waits_is_done(clock: Clock, done: list[object]) -> None:
    jobs.when_given_up(errands.note)(lambda what: done.append(f"given up {what}"))
    jobs.enqueue(errands.note, 7)
    queue.claim_and_die()
    jobs.enqueue(errands.note, 8)

    assert [jobs.drop_half_done(at=clock.now) for _again in range(2)] == [1, 0]

    jobs.recover(at=clock.now)
    assert queue.run_all(clock) == 1
    assert done == ["given up 7", 8]
