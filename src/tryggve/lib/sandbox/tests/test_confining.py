"""What a process gives up for good, asked of the kernel itself."""

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from tryggve.lib import sandbox
from tryggve.lib.confinement import landlock, seccomp
from tryggve.lib.sandbox import Failed
from tryggve.lib.sandbox.tests import attempts, parsers, taken_away

pytestmark = [pytest.mark.process, pytest.mark.skipif(sys.platform != "linux", reason="asks Linux")]

_SOURCES = Path(__file__).parents[4]
_ASK = """
import ctypes
from tryggve.lib.confinement import system
{deed}
death = ctypes.c_int(0)
system.prctl(2, ctypes.byref(death))
print(system.prctl(39), system.prctl(3), death.value)
"""
_LIMITS = """
import resource
from tryggve.lib.confinement import limits
limits.apply(cpu_seconds=7, memory_bytes=10**9)
kinds = ("CORE", "FSIZE", "NPROC", "NOFILE", "AS", "CPU")
print(*(resource.getrlimit(getattr(resource, "RLIMIT_" + kind)) for kind in kinds))
"""
_PARENT = """
import sys
from tryggve.lib import sandbox
endless = sandbox.register(sys.argv[1])
with sandbox.run(endless, b"", limits=sandbox.Limits(cpu_seconds=300)) as values:
    print(next(values), flush=True)
    list(values)
"""


def _told(program: str) -> str:
    return subprocess.run(
        [sys.executable, "-c", program],
        env={"PYTHONPATH": str(_SOURCES)}, check=True, stdout=subprocess.PIPE, text=True,
    ).stdout.strip()  # fmt: skip


def test_no_privileges_no_dump_and_no_life_after_the_parent() -> None:
    assert _told(_ASK.format(deed="")) == "0 1 0"
    assert _told(_ASK.format(deed="system.gain_nothing()")) == "1 0 9"


def test_limits_are_laid_for_good() -> None:
    none, memory = str((0, 0)), str((10**9, 10**9))
    assert _told(_LIMITS) == f"{none} {none} {none} {none} {memory} (7, 8)"


def test_parser_has_a_session_of_its_own() -> None:
    counting = sandbox.register(f"{parsers.__name__}:counting")
    with sandbox.run(counting, b"", arguments={"up_to": 10**9}) as values:
        process = next(values)
        assert (os.getsid(process), os.getpgid(process)) == (process, process)


def _state(process: int) -> str:
    """As proc(5) tells; empty for one that is gone."""
    try:
        status = Path(f"/proc/{process}/status").read_text()
    except OSError:
        return ""
    return status.split("State:\t")[1][0]


def test_parser_dies_with_its_parent() -> None:
    name = f"{parsers.__name__}:endless"
    with subprocess.Popen(
        [sys.executable, "-c", _PARENT, name], env={"PYTHONPATH": str(_SOURCES)}, stdout=subprocess.PIPE
    ) as parent:
        assert parent.stdout is not None
        child = int(parent.stdout.readline())
        assert _state(child) in {"R", "S"}
        parent.send_signal(signal.SIGKILL)
    deadline = time.monotonic() + 30
    while _state(child) not in {"", "Z", "X"} and time.monotonic() < deadline:
        time.sleep(0.01)
    assert _state(child) in {"", "Z", "X"}


def test_parser_goes_first_when_the_machine_runs_out_of_memory() -> None:
    counting = sandbox.register(f"{parsers.__name__}:counting")
    with sandbox.run(counting, b"", arguments={"up_to": 10**9}) as values:
        assert Path(f"/proc/{next(values)}/oom_score_adj").read_text().strip() == "1000"
    assert Path("/proc/self/oom_score_adj").read_text().strip() != "1000"


@pytest.mark.skipif(not landlock.version() or not seccomp.is_there(), reason="an old kernel")
def test_means_that_is_there_and_fails_is_no_reason_to_go_on() -> None:
    def refused() -> str:
        try:
            with sandbox.run(
                attempts.ATTEMPT, b"", arguments={"act": "start_process", "target": None}
            ) as values:
                return str(list(values))
        except Failed as failed:
            return failed.reason

    assert taken_away.without("landlock, half-way", ask=refused) == "broken"


def test_root_becomes_nobody_before_it_parses() -> None:
    if os.geteuid() != 0:
        pytest.skip("this user is no root")
    counting = sandbox.register(f"{parsers.__name__}:counting")
    with sandbox.run(counting, b"", arguments={"up_to": 10**9}) as values:
        status = Path(f"/proc/{next(values)}/status").read_text()
    assert "Uid:\t65534\t65534\t65534\t65534" in status
    assert "Gid:\t65534\t65534\t65534\t65534" in status
    assert "Groups:\t \n" in status
