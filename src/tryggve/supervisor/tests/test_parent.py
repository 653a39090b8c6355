import dataclasses
import json
import os
import signal
import sys
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from tryggve.lib.folders import Folders
from tryggve.supervisor import parent, processes
from tryggve.supervisor.children import ChildSpec
from tryggve.supervisor.pace import Pace
from tryggve.supervisor.tests.house import PROGRAMS, open_descriptors
from tryggve.supervisor.tests.polling import until

pytestmark = pytest.mark.process
FAST = Pace(settled=600, first=0.01, slow=0.01, patience=3, grace=0.2, poll=0.01)


def _stop() -> None:
    os.kill(os.getpid(), signal.SIGTERM)


def _nothing() -> None:
    pass


@contextmanager
def _later(condition: Callable[[], bool], number: signal.Signals) -> Iterator[None]:
    """The signal comes when the condition has become true."""

    def send() -> None:
        until(condition)
        os.kill(os.getpid(), number)

    sending = threading.Thread(target=send)
    sending.start()
    yield
    sending.join()


def _marks(path: Path) -> ChildSpec:
    """A child that leaves a mark each time it starts, and ends."""
    return ChildSpec("marking", ["sh", "-c", f"echo x >> {path}"])


def test_on_ready_is_called_once_when_the_answer_is_yes(folders: Folders, tmp_path: Path) -> None:
    marks = tmp_path / "marks"
    answers: list[bool] = []
    called: list[list[bool]] = []

    def ready() -> bool:
        answers.append(len(answers) == 3)
        return answers[-1]

    with _later(lambda: marks.exists() and marks.read_text().count("x") >= 6, signal.SIGTERM):
        status = parent.run(
            [_marks(marks)],
            folders=folders,
            ready=ready,
            on_ready=lambda: called.append(list(answers)),
            say=print,
            pace=dataclasses.replace(FAST, slow=0.05),
        )
    assert (status, called, answers) == (0, [[False, False, False, True]], [False, False, False, True])


def test_child_that_dies_at_its_start_is_told_once_with_its_log_and_tried_again(
    folders: Folders, tmp_path: Path
) -> None:
    marks = tmp_path / "marks"
    said: list[str] = []

    def ready() -> bool:
        if marks.exists() and marks.read_text().count("x") >= 6:
            _stop()
        return False

    parent.run([_marks(marks)], folders=folders, ready=ready, on_ready=_nothing, say=said.append, pace=FAST)
    assert [str(folders.logs / "marking.log") in line for line in said] == [True]


def test_child_that_settled_before_it_died_is_not_told(folders: Folders, tmp_path: Path) -> None:
    marks = tmp_path / "marks"
    said: list[str] = []

    def ready() -> bool:
        if marks.exists() and marks.read_text().count("x") >= 6:
            _stop()
        return False

    pace = Pace(settled=0, first=0.01, slow=0.01, patience=3, grace=0.2, poll=0.01)
    parent.run([_marks(marks)], folders=folders, ready=ready, on_ready=_nothing, say=said.append, pace=pace)
    assert said == []


def test_program_that_is_missing_is_told_and_the_others_run_on(folders: Folders) -> None:
    said: list[str] = []
    missing = ChildSpec("missing", [str(folders.data / "nowhere")])
    sleeper = ChildSpec("sleeper", ["sleep", "600"])

    def ready() -> bool:
        if said:
            assert (folders.run / "sleeper.json").exists()
            _stop()
        return False

    parent.run(
        [missing, sleeper], folders=folders, ready=ready, on_ready=_nothing, say=said.append, pace=FAST
    )
    log = folders.logs / "missing.log"
    assert [str(log) in line for line in said] == [True]
    told = json.loads(log.read_text().splitlines()[0])
    assert (told["child"], told["status"]) == ("missing", "not started: No such file or directory")


def test_child_that_stays_is_killed_after_the_grace(folders: Folders, tmp_path: Path) -> None:
    told = tmp_path / "told"
    stubborn = ChildSpec("stubborn", [sys.executable, str(PROGRAMS / "stubborn.py"), str(told)])
    parent.run([stubborn], folders=folders, ready=told.exists, on_ready=_stop, say=print, pace=FAST)
    assert told.read_text() == "heard"
    assert list(folders.run.iterdir()) == []


def test_second_ctrl_c_kills_at_once(folders: Folders, tmp_path: Path) -> None:
    told = tmp_path / "told"
    stubborn = ChildSpec("stubborn", [sys.executable, str(PROGRAMS / "stubborn.py"), str(told)])
    patient = dataclasses.replace(FAST, grace=600)
    with _later(lambda: told.exists() and told.read_text() == "heard", signal.SIGINT):
        parent.run(
            [stubborn],
            folders=folders,
            ready=told.exists,
            on_ready=lambda: os.kill(os.getpid(), signal.SIGINT),
            say=print,
            pace=patient,
        )
    assert list(folders.run.iterdir()) == []


def test_what_a_dead_child_left_behind_is_ended_before_the_next_start(
    folders: Folders, tmp_path: Path
) -> None:
    groups = tmp_path / "groups"
    leaving = ChildSpec("leaving", ["sh", "-c", f"sleep 600 & echo $$ >> {groups}"])

    def ready() -> bool:
        if groups.exists() and len(groups.read_text().split()) >= 3:
            _stop()
        return False

    parent.run([leaving], folders=folders, ready=ready, on_ready=_nothing, say=print, pace=FAST)
    assert [processes.living(int(group)) for group in groups.read_text().split()[:3]] == [[], [], []]


def test_stop_does_not_wait_for_what_a_dead_child_left_behind(folders: Folders, tmp_path: Path) -> None:
    told = tmp_path / "told"
    program = f"{sys.executable} {PROGRAMS / 'stubborn.py'} {told} & until [ -e {told} ]; do sleep 0.02; done"
    patient = dataclasses.replace(FAST, grace=600)
    with _later(lambda: told.exists() and told.read_text() == "heard", signal.SIGTERM):
        status = parent.run(
            [ChildSpec("leaving", ["sh", "-c", program])],
            folders=folders,
            ready=lambda: False,
            on_ready=_nothing,
            say=print,
            pace=patient,
        )
    assert (status, told.read_text()) == (0, "heard")


def test_failure_in_on_ready_still_ends_the_children(folders: Folders) -> None:
    def on_ready() -> None:
        raise ZeroDivisionError

    sleeper = ChildSpec("sleeper", ["sleep", "600"])
    with pytest.raises(ZeroDivisionError):
        parent.run([sleeper], folders=folders, ready=lambda: True, on_ready=on_ready, say=print, pace=FAST)
    assert list(folders.run.iterdir()) == []


def test_closed_terminal_does_not_keep_the_parent_from_its_work(folders: Folders, tmp_path: Path) -> None:
    marks = tmp_path / "marks"
    refused: list[str] = []

    def say(text: str) -> None:
        refused.append(text)
        raise OSError("the terminal is gone")

    def ready() -> bool:
        if marks.exists() and marks.read_text().count("x") >= 6:
            _stop()
        return False

    assert (
        parent.run([_marks(marks)], folders=folders, ready=ready, on_ready=_nothing, say=say, pace=FAST) == 0
    )
    assert len(refused) == 1


def test_child_without_a_run_file_does_not_live(folders: Folders, tmp_path: Path) -> None:
    folders.run.rename(tmp_path / "elsewhere")
    said: list[str] = []

    def ready() -> bool:
        if said:
            _stop()
        return False

    before = open_descriptors()
    sleeper = ChildSpec("sleeper", ["sleep", "600"])
    parent.run([sleeper], folders=folders, ready=ready, on_ready=_nothing, say=said.append, pace=FAST)
    assert len(said) == 1
    assert open_descriptors() == before
