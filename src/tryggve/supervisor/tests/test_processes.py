import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from tryggve.supervisor import processes
from tryggve.supervisor.tests.house import PROGRAMS, program_environment
from tryggve.supervisor.tests.polling import until

pytestmark = pytest.mark.process
SLEEP = ["sleep", "600"]


@contextmanager
def _started(argv: list[str], **more: str) -> Iterator[subprocess.Popen[bytes]]:
    child = subprocess.Popen(argv, env=program_environment() | more, start_new_session=True)
    try:
        yield child
    finally:
        child.kill()
        child.wait()


def test_living_names_each_member_of_the_group_and_no_zombie() -> None:
    with _started(["sh", "-c", "sleep 600 & wait"]) as child:
        until(lambda: len(processes.living(child.pid)) == 2)
        assert child.pid in processes.living(child.pid)
        os.killpg(child.pid, signal.SIGKILL)
        until(lambda: processes.living(child.pid) == [])
        assert child.returncode is None  # not reaped yet: a zombie


def test_living_of_a_name_with_brackets_is_found(tmp_path: Path) -> None:
    odd = tmp_path / "a) Z 1 1"
    odd.symlink_to("/bin/sleep")
    with _started([str(odd), "600"]) as child:
        assert processes.living(child.pid) == [child.pid]


def test_carries_is_true_for_the_whole_value_only() -> None:
    with _started(SLEEP, TRYGGVE_RUN="abc") as child:
        until(lambda: processes.carries(child.pid, "TRYGGVE_RUN", "abc"))
        assert not processes.carries(child.pid, "TRYGGVE_RUN", "ab")
        assert not processes.carries(child.pid, "RUN", "abc")
    assert not processes.carries(child.pid, "TRYGGVE_RUN", "abc")


def test_end_groups_asks_first() -> None:
    with _started(SLEEP) as child:
        processes.end_groups([child.pid], grace=600)
        assert child.wait() == -signal.SIGTERM


def test_end_groups_kills_what_stays_after_the_grace(tmp_path: Path) -> None:
    told = tmp_path / "told"
    with _started([sys.executable, str(PROGRAMS / "stubborn.py"), str(told)]) as child:
        until(told.exists)
        processes.end_groups([child.pid], grace=0.2)
        assert child.wait() == -signal.SIGKILL
        assert told.read_text() == "heard"


def test_end_groups_in_a_hurry_kills_at_once(tmp_path: Path) -> None:
    told = tmp_path / "told"
    with _started([sys.executable, str(PROGRAMS / "stubborn.py"), str(told)]) as child:
        until(told.exists)
        processes.end_groups([child.pid], grace=600, hurry=lambda: True)
        assert child.wait() == -signal.SIGKILL


def test_end_groups_of_one_that_has_gone_does_nothing() -> None:
    with _started(SLEEP) as child:
        child.kill()
        child.wait()
        processes.end_groups([child.pid], grace=600)
