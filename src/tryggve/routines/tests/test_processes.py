import json
import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from django.db import connection

from tryggve.routines.tests import poll

pytestmark = [pytest.mark.process, pytest.mark.django_db(transaction=True)]

_SOURCES = Path(__file__).parents[3]
_PROGRAM = (
    "import django, importlib, sys; django.setup();"
    "importlib.import_module('tryggve.routines.tests.child').main(*sys.argv[1:])"
)


class Children:
    """Processes over one database of their own, and the log they all write."""

    def __init__(self, log: Path, database: dict[str, Any]) -> None:
        self.log = log
        self.running: list[subprocess.Popen[str]] = []
        self.environment = os.environ | {
            "PYTHONPATH": str(_SOURCES),
            "DJANGO_SETTINGS_MODULE": "tryggve.routines.tests.child_settings",
            "CHILD_DATABASE": json.dumps(database),
            "CHILD_LOG": str(log),
        }

    def start(self, *arguments: str) -> subprocess.Popen[str]:
        child = subprocess.Popen(
            [sys.executable, "-c", _PROGRAM, *arguments],
            env=self.environment,
            stdout=subprocess.PIPE,
            text=True,
        )
        self.running.append(child)
        return child

    def run(self, *arguments: str) -> str:
        child = self.start(*arguments)
        output, _ = child.communicate(timeout=60)
        assert child.returncode == 0
        return output

    def state(self) -> dict[str, list[list[object]]]:
        answer: dict[str, list[list[object]]] = json.loads(self.run("state"))
        return answer

    def lines(self) -> list[str]:
        return self.log.read_text().splitlines()

    def wait_for(self, line: str, times: int = 1) -> None:
        poll.until(lambda: self.lines().count(line) >= times)

    def kill_all(self) -> None:
        for child in self.running:
            child.kill()
            child.communicate()


@pytest.fixture
def children(tmp_path: Path) -> Iterator[Children]:
    name = f"{connection.settings_dict['NAME']}_children"
    if connection.vendor == "postgresql":
        _administer(f'DROP DATABASE IF EXISTS "{name}" WITH (FORCE)')
        _administer(f'CREATE DATABASE "{name}"')
        keys = ("ENGINE", "USER", "PASSWORD", "HOST", "PORT", "OPTIONS")
        database = {key: connection.settings_dict[key] for key in keys} | {"NAME": name}
    else:
        options = {"transaction_mode": "IMMEDIATE", "timeout": 20, "init_command": "PRAGMA journal_mode=WAL"}
        database = {
            "ENGINE": "django.db.backends.sqlite3",
            "NAME": str(tmp_path / "children.sqlite3"),
            "OPTIONS": options,
        }
    children = Children(tmp_path / "log", database)
    children.run("prepare")
    yield children
    children.kill_all()
    if connection.vendor == "postgresql":
        _administer(f'DROP DATABASE "{name}" WITH (FORCE)')


def _administer(statement: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute(statement)


def _stop(worker: subprocess.Popen[str]) -> int:
    worker.terminate()
    worker.communicate(timeout=60)
    return worker.returncode


def test_job_whose_worker_was_killed_runs_again_exactly_once(children: Children) -> None:
    children.run("enqueue", "write_twice", "job")
    worker = children.start("work")
    children.wait_for("job started")
    worker.send_signal(signal.SIGKILL)
    worker.wait()
    assert children.state()["jobs"] == [["RUNNING", 1]]

    worker = children.start("work")
    children.wait_for("job ended")
    children.run("enqueue", "write_twice", "job")
    children.wait_for("job ended", times=2)

    assert _stop(worker) == 0
    assert [line for line in children.lines() if line.startswith("job")] == [
        "job started",
        "job started",
        "job ended",
        "job started",
        "job ended",
    ]
    assert children.state()["jobs"] == [["SUCCESSFUL", 2], ["SUCCESSFUL", 1]]


def test_routine_whose_worker_was_killed_runs_again_exactly_once(children: Children) -> None:
    worker = children.start("work", "tidy")
    children.wait_for("tidy started")
    worker.send_signal(signal.SIGKILL)
    worker.wait()
    assert [row[1] for row in children.state()["routines"]] == [""]

    worker = children.start("work", "tidy")
    children.wait_for("tidy ended")
    children.run("enqueue", "never_end")
    children.wait_for("never ending")
    worker.kill()

    assert [line for line in children.lines() if line.startswith("tidy")] == [
        "tidy started",
        "tidy started",
        "tidy ended",
    ]
    assert children.state()["routines"] == [["routines.tidy", "DONE", ""]]


def test_two_workers_racing_for_fifty_routines_run_each_once(children: Children) -> None:
    children.run("plan", "50")

    racers = [children.start("race", "50") for _ in range(2)]
    assert [racer.wait(timeout=60) for racer in racers] == [0, 0]

    ran = [line.split() for line in children.lines()]
    assert {pid for pid, _ in ran} == {str(racer.pid) for racer in racers}
    assert sorted(int(number) for _, number in ran) == list(range(50))


def test_worker_asked_to_stop_while_idle_ends_with_status_0(children: Children) -> None:
    worker = children.start("work")
    children.wait_for("worker begins")

    assert _stop(worker) == 0


def test_worker_asked_to_stop_finishes_its_job_when_that_ends_in_time(children: Children) -> None:
    children.run("enqueue", "wait_for_the_file")
    children.run("enqueue", "never_end")
    worker = children.start("work", "", "60")
    children.wait_for("waiting")

    worker.terminate()
    children.log.with_suffix(".go").touch()

    assert worker.wait(timeout=60) == 0
    assert children.state()["jobs"] == [["SUCCESSFUL", 1], ["READY", 0]]


def test_worker_asked_to_stop_gives_back_a_job_that_does_not_end(children: Children) -> None:
    children.run("enqueue", "never_end")
    worker = children.start("work", "", "0.1")
    children.wait_for("never ending")

    assert _stop(worker) == 0
    assert children.state()["jobs"] == [["READY", 0]]


def test_worker_asked_to_stop_gives_back_a_routine_that_does_not_end(children: Children) -> None:
    worker = children.start("work", "tidy", "0.1")
    children.wait_for("tidy started")

    assert _stop(worker) == 0
    assert children.state()["routines"] == [["routines.tidy", "", ""]]
