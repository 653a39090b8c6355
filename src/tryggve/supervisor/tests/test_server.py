import json
import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from http.client import HTTPConnection
from pathlib import Path

import pytest

from tryggve.supervisor import health, port, processes
from tryggve.supervisor.port import Listener
from tryggve.supervisor.tests.house import PROGRAMS, ask, program_environment
from tryggve.supervisor.tests.polling import until

pytestmark = pytest.mark.process
PAGES = "tryggve.supervisor.tests.programs.pages.application"
EARLY = "tryggve.supervisor.tests.programs.early.application"


@contextmanager
def _started(
    tmp_path: Path, *arguments: str, program: str = "serve.py"
) -> Iterator[tuple["subprocess.Popen[bytes]", Listener]]:
    """A server without a parent, and its port."""
    with port.listening_socket("localhost", 0) as listener, (tmp_path / "server.log").open("wb") as log:
        child = subprocess.Popen(
            [sys.executable, str(PROGRAMS / program), str(listener.fileno()), *arguments],
            env=program_environment(),
            pass_fds=[listener.fileno()],
            stdout=log,
            stderr=log,
            start_new_session=True,
        )
        try:
            yield child, listener
        finally:
            processes.end_groups([child.pid], grace=0)
            child.wait()


@contextmanager
def _serving(tmp_path: Path, how: str = "fork") -> Iterator[tuple["subprocess.Popen[bytes]", Listener]]:
    with _started(tmp_path, PAGES, how) as (child, listener):
        until(lambda: health.answers(listener, "/"))
        yield child, listener


def _get(listener: Listener, path: str) -> tuple[int, dict[str, str]]:
    connection = HTTPConnection("127.0.0.1", listener.getsockname()[1], timeout=10)
    try:
        connection.request("GET", path)
        response = connection.getresponse()
        return response.status, dict(response.getheaders())
    finally:
        connection.close()


def _workers(child: "subprocess.Popen[bytes]") -> list[int]:
    return [pid for pid in processes.living(child.pid) if pid != child.pid]


@pytest.mark.parametrize("how", ["fork", "spawn"])
def test_workers_die_with_a_killed_server(tmp_path: Path, how: str) -> None:
    with _serving(tmp_path, how) as (child, listener):
        until(lambda: len({ask(listener.getsockname()[1])["worker"] for _ in range(20)}) == 2)
        child.kill()
        until(lambda: processes.living(child.pid) == [])


def test_sigterm_ends_server_and_workers(tmp_path: Path) -> None:
    with _serving(tmp_path) as (child, _):
        until(lambda: len(_workers(child)) == 2)
        child.send_signal(signal.SIGTERM)
        assert child.wait() == 0
        until(lambda: processes.living(child.pid) == [])


def test_request_under_way_is_answered_before_the_server_ends(tmp_path: Path) -> None:
    with _serving(tmp_path) as (child, listener), ThreadPoolExecutor() as asking:
        status = asking.submit(lambda: _get(listener, f"/waits?{tmp_path}")[0])
        until((tmp_path / "begun").exists)
        os.killpg(child.pid, signal.SIGTERM)
        until(lambda: "Shutting down" in (tmp_path / "server.log").read_text())
        (tmp_path / "go-on").touch()
        assert (status.result(), child.wait()) == (200, 0)


@pytest.mark.parametrize(("program", "target"), [("serve.py", EARLY), ("serve_early.py", PAGES)])
def test_workers_asked_to_end_while_they_start_do_end(tmp_path: Path, program: str, target: str) -> None:
    with _started(tmp_path, target, program=program) as (child, _):
        until(lambda: child.poll() is not None)
        assert "Worker crash loop detected" in (tmp_path / "server.log").read_text()


def test_port_stays_bound_while_nobody_serves(tmp_path: Path) -> None:
    with _serving(tmp_path) as (child, listener):
        os.killpg(child.pid, signal.SIGKILL)
        until(lambda: processes.living(child.pid) == [])
        with pytest.raises(port.PortTaken):
            port.listening_socket("localhost", listener.getsockname()[1])


def test_answer_tells_no_version(tmp_path: Path) -> None:
    with _serving(tmp_path) as (_, listener):
        status, headers = _get(listener, "/")
        assert (status, headers["server"]) == (200, "granian")


def test_failing_page_leaves_no_value_in_the_log(tmp_path: Path) -> None:
    with _serving(tmp_path) as (_, listener):
        assert _get(listener, "/fails")[0] == 500
        assert not health.answers(listener, "/fails")
        log = tmp_path / "server.log"
        until(lambda: "exception" in log.read_text())
        lines = log.read_text().splitlines()
        messages = [json.loads(line)["message"] for line in lines]
        assert "Application callable raised an exception" in messages
        assert [line for line in lines if "Cilla" in line] == []


def test_health_of_a_port_that_nobody_serves_is_no() -> None:
    with port.listening_socket("localhost", 0) as listener:
        assert not health.answers(listener, "/", seconds=0.05)
