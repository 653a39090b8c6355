"""Who brings in a list while another does, and how the worker goes on meanwhile."""

import threading
from collections.abc import Callable

import pytest
from django.db import OperationalError, connection, connections
from django.utils import timezone
from django_tasks_db.models import DBTaskResult

from tests.cast import CILLA, NOW
from tryggve.domains.customers.models import Customer, Import
from tryggve.domains.customers.services import import_turn, imports
from tryggve.domains.customers.tests import power
from tryggve.domains.customers.tests.lists import MACHINE, add, bring_in, in_force, people
from tryggve.routines import jobs, registry, services
from tryggve.routines.models import Schedule

LIST = people(range(2))


def test_turn_says_that_it_waits_only_when_it_must() -> None:
    said, done = threading.Event(), threading.Event()

    def second() -> None:
        with import_turn.turn(waiting=said.set):
            done.set()

    with import_turn.turn():
        waits = threading.Thread(target=second)
        waits.start()
        assert said.wait(30)
        assert not done.is_set()
    waits.join(30)
    assert done.is_set()

    said.clear()
    second()
    assert not said.is_set()


def test_turn_that_was_free_is_held_to_the_end_of_the_block() -> None:
    with import_turn.turn_if_free() as first, import_turn.turn_if_free() as second:
        assert (first, second) == (True, False)


def _confirmed() -> None:
    batch = imports.preview_file(name="a.csv", content=LIST, source="", actor=MACHINE, at=NOW)
    imports.confirm(batch=batch, actor=MACHINE, at=NOW)


def _work() -> None:
    jobs.run_next(owner="worker", now=timezone.now)
    connections.close_all()


@pytest.mark.django_db(transaction=True)
def test_worker_puts_an_import_back_while_another_has_the_turn() -> None:
    _confirmed()
    worker = threading.Thread(target=_work)
    with import_turn.turn():
        worker.start()
        worker.join(30)
        is_waiting = worker.is_alive()
    worker.join()
    job = DBTaskResult.objects.get()
    assert (is_waiting, job.status, job.worker_ids, in_force()) == (False, "READY", [], {})
    assert Import.objects.get().state == Import.State.QUEUED

    DBTaskResult.objects.update(run_after=timezone.now())
    _work()
    assert (Import.objects.get().state, len(in_force())) == (Import.State.DONE, 2)


@pytest.mark.django_db(transaction=True)
def test_import_that_was_done_before_its_worker_died_stays_done() -> None:
    _confirmed()
    _work()
    DBTaskResult.objects.update(status="RUNNING", worker_ids=["one that died", "another"])
    jobs.recover(at=NOW)
    assert (Import.objects.get().state, len(in_force())) == (Import.State.DONE, 2)


@pytest.mark.django_db(transaction=True)
def test_import_that_cannot_be_taken_away_still_tells_why_it_failed() -> None:
    is_away: list[bool] = []

    def fail() -> None:
        is_away.append(True)
        raise RuntimeError("the first cause")

    def refuse(execute: Callable[..., object], *arguments: object) -> object:
        if is_away:
            raise OperationalError("no connection")
        return execute(*arguments)

    with (
        pytest.raises(RuntimeError, match="the first cause"),
        connection.execute_wrapper(refuse),
        power.at_point("import: new rows staged", fail),
    ):
        bring_in(LIST)


@pytest.mark.django_db(transaction=True)
def test_worker_mends_at_its_start_what_a_crash_cut_short() -> None:
    [cilla] = add(CILLA)
    Customer.objects.filter(pk=cilla).update(state=Customer.State.DESTROYING)
    with power.cut_at(2):
        bring_in(LIST)
    ahead = NOW + registry.SHORTEST_INTERVAL
    Schedule.objects.bulk_create(Schedule(code=code, due_at=ahead) for code in registry.routines())

    services.start(now=NOW)
    services.run_due(now=lambda: NOW, owner="worker")

    assert (Import.objects.get().state, Customer.objects.count()) == (Import.State.STOPPED, 0)
