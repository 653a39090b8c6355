"""A whole ``up`` on a folder of its own, and what can be seen of it from outside."""

import fcntl
import json
import os
import subprocess
import sys
from http.client import HTTPConnection, HTTPException
from pathlib import Path
from typing import Any

from tryggve.lib import folders as folder
from tryggve.lib.folders import Folders
from tryggve.supervisor import lock, port
from tryggve.supervisor.tests.polling import until

PROGRAMS = Path(__file__).parent / "programs"
SOURCES = Path(__file__).parents[3]


def new_folders(place: Path) -> Folders:
    folders = Folders(data=place / "data", config=place / "config")
    folder.create(folders)
    return folders


def program_environment() -> dict[str, str]:
    return {"PATH": os.environ["PATH"], "PYTHONPATH": str(SOURCES), "PYTHONDONTWRITEBYTECODE": "1"}


def open_descriptors() -> list[str]:
    return sorted(entry.name for entry in Path("/proc/self/fd").iterdir())


def free_port() -> int:
    with port.listening_socket("localhost", 0) as listener:
        return int(listener.getsockname()[1])


def ask(number: int) -> dict[str, Any]:
    """Who answers on the port; empty if nobody does."""
    connection = HTTPConnection("127.0.0.1", number, timeout=10)
    try:
        connection.request("GET", "/", headers={"Connection": "close"})
        answer: dict[str, Any] = json.loads(connection.getresponse().read())
        return answer
    except (OSError, HTTPException):
        return {}
    finally:
        connection.close()


class House:
    def __init__(self, place: Path) -> None:
        self.folders = new_folders(place)
        self.port = free_port()
        self._started: list[subprocess.Popen[str]] = []

    def up(self) -> "subprocess.Popen[str]":
        """Start it; it may refuse."""
        started = subprocess.Popen(
            [sys.executable, str(PROGRAMS / "up.py"), str(self.folders.data), str(self.port)],
            env=program_environment(),
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
        )
        self._started.append(started)
        return started

    def up_and_ready(self) -> "subprocess.Popen[str]":
        started = self.up()
        assert started.stdout is not None
        assert started.stdout.readline() == "ready\n"
        until(self.work)
        return started

    def answers(self, times: int = 30) -> list[dict[str, Any]]:
        return [ask(self.port) for _ in range(times)]

    def work(self) -> dict[str, Any]:
        """Which worker works; empty if none does."""
        try:
            told: dict[str, Any] = json.loads((self.folders.data / "work.json").read_text())
        except FileNotFoundError:
            return {}
        return told if not self.is_work_free() else {}

    def is_work_free(self) -> bool:
        descriptor = os.open(self.folders.data / "work.lock", os.O_RDWR | os.O_CREAT)
        try:
            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            return False
        finally:
            os.close(descriptor)
        return True

    def is_port_free(self) -> bool:
        try:
            port.listening_socket("localhost", self.port).close()
        except port.PortTaken:
            return False
        return True

    def clear(self) -> None:
        """End everything that was started, whatever state a test left it in."""
        for started in self._started:
            started.kill()
            started.communicate()
        with lock.hold(self.folders):
            until(self.is_port_free)
