import os
import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from tryggve.lib.folders import Folders
from tryggve.supervisor import lifeline, processes
from tryggve.supervisor.tests.house import PROGRAMS, program_environment
from tryggve.supervisor.tests.polling import until


@contextmanager
def _child(*argv: str) -> Iterator[tuple["subprocess.Popen[bytes]", int]]:
    """A child with a lifeline, and the end of it that its parent holds."""
    read_end, write_end = os.pipe()
    child = subprocess.Popen(
        [sys.executable, *argv],
        env=program_environment() | {"TRYGGVE_RUN": "ours", "TRYGGVE_PARENT_FD": str(read_end)},
        pass_fds=[read_end],
        start_new_session=True,
    )
    os.close(read_end)
    try:
        yield child, write_end
    finally:
        child.kill()
        child.wait()


@pytest.mark.process
def test_child_ends_when_the_pipe_closes(folders: Folders) -> None:
    with _child(str(PROGRAMS / "work.py"), str(folders.data)) as (child, write_end):
        until((folders.data / "work.json").exists)
        os.close(write_end)
        until(lambda: processes.living(child.pid) == [])


@pytest.mark.process
def test_the_whole_group_ends_when_the_pipe_closes() -> None:
    program = (
        "import signal, subprocess; from tryggve.supervisor import lifeline; "
        "subprocess.Popen(['sleep', '600']); lifeline.tie_to_parent(); signal.pause()"
    )
    with _child("-c", program) as (child, write_end):
        until(lambda: len(processes.living(child.pid)) == 2)
        os.close(write_end)
        until(lambda: processes.living(child.pid) == [])


@pytest.mark.process
def test_child_that_stays_is_killed_after_the_grace(tmp_path: Path) -> None:
    told = tmp_path / "told"
    with _child(str(PROGRAMS / "stubborn.py"), str(told)) as (child, write_end):
        until(told.exists)
        os.close(write_end)
        until(lambda: processes.living(child.pid) == [])
        assert told.read_text() == "heard"


@pytest.mark.process
def test_child_whose_pipe_is_missing_does_not_run_on() -> None:
    program = "from tryggve.supervisor import lifeline; lifeline.tie_to_parent(); print('ran on')"
    ended = subprocess.run(
        [sys.executable, "-c", program],
        env=program_environment() | {"TRYGGVE_PARENT_FD": "99"},
        capture_output=True,
        text=True,
        check=False,
    )
    assert (ended.returncode, ended.stdout) == (1, "")
    assert "Bad file descriptor" in ended.stderr


def test_process_that_a_person_started_is_tied_to_nobody(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("TRYGGVE_PARENT_FD", raising=False)
    before = threading.active_count()
    lifeline.tie_to_parent()
    assert not lifeline.has_parent()
    assert threading.active_count() == before


def test_child_of_up_has_a_parent(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TRYGGVE_PARENT_FD", "5")
    assert lifeline.has_parent()
