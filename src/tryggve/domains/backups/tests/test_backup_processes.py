"""The process of its own in which backups are taken, the command, and what stands still and what doesn't."""

import json
from datetime import timedelta

import pytest

from tests import commands
from tests.program import until
from tryggve.domains.backups import processes, routines
from tryggve.domains.backups.models import Run
from tryggve.domains.backups.selectors.places import PlaceInUse
from tryggve.domains.backups.services import pairs
from tryggve.domains.backups.services.pairs import schedule, turns
from tryggve.domains.backups.tests import child, here
from tryggve.domains.backups.tests.here import near, safe, tidy
from tryggve.routines import own_process

__all__ = ["near", "safe", "tidy"]
pytestmark = [pytest.mark.process, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def at_work(monkeypatch: pytest.MonkeyPatch, tidy: None) -> None:
    """What is started reaches the database of the tests."""
    for name, value in child.environment().items():
        monkeypatch.setenv(name, value)


@pytest.mark.usefixtures("at_work", "near", "safe")
def test_what_is_asked_for_is_taken_in_a_process_of_its_own() -> None:
    run = pairs.ask("system", here.now())
    routines.take(here.now())
    until(lambda: Run.objects.get(pk=run.pk).ended_at)
    run.refresh_from_db()
    assert (run.state, run.cause) == (Run.State.DONE, "")
    until(lambda: turns.is_free(at=here.now()))
    assert schedule.next_due(at=here.now()) is None


@pytest.mark.usefixtures("at_work", "near", "safe")
def test_it_ends_with_whoever_started_it_and_is_told_so() -> None:
    asked = pairs.ask("system", here.now())
    process = processes.begin()
    until(lambda: Run.objects.filter(state=Run.State.RUNNING).exists())
    assert own_process.end(process) == -9
    assert turns.is_free(at=here.now())
    run = Run.objects.get(pk=asked.pk)
    assert (run.state, run.cause) == (Run.State.FAILED, "cut-off")


@pytest.mark.usefixtures("tidy")
def test_nothing_is_due_before_there_is_a_place() -> None:
    assert schedule.next_due(at=here.now()) is None


def test_due_each_night_and_after_a_failure_an_hour_later(near: PlaceInUse, safe: PlaceInUse) -> None:
    at = here.now()
    assert schedule.next_due(at=at) == Run.Why.DUE
    run = Run.objects.create(why=Run.Why.DUE, state=Run.State.FAILED, began_at=at, ended_at=at)
    assert schedule.next_due(at=at + timedelta(minutes=59)) is None or at.hour == 0
    run.state = Run.State.DONE
    run.save()
    assert schedule.next_due(at=at) is None
    assert schedule.next_due(at=at + timedelta(days=1)) == Run.Why.DUE


@pytest.mark.usefixtures("database_in_its_place")
def test_command_takes_one_and_tells_of_it(near: PlaceInUse, safe: PlaceInUse) -> None:
    assert commands.run("backups", "backup", "status")[0] == 1
    status, out = commands.run("backups", "backup", "run")
    assert (status, "near, data: " in out, "safe, keys: " in out) == (0, True, True)
    status, out = commands.run("backups", "backup", "status", "--json")
    told = json.loads(out)
    assert (status, told["whole"]["state"], told["last"]["why"]) == (0, "DONE", "ASKED")
    assert {one["kind"] for one in told["whole"]["copies"]} == {"DATA", "KEYS"}
    with turns.held(), pytest.raises(pairs.AlreadyAtIt):
        commands.run("backups", "backup", "run")


@pytest.mark.usefixtures("database_in_its_place", "near")
def test_command_ends_with_1_when_the_backup_fails() -> None:
    status, out = commands.run("backups", "backup", "run", "--json")
    assert (status, json.loads(out)["cause"]) == (1, "no-key-place")


@pytest.mark.usefixtures("database_in_its_place", "tidy")
def test_command_refuses_without_a_place() -> None:
    with pytest.raises(pairs.NowhereToGo):
        commands.run("backups", "backup", "run")
