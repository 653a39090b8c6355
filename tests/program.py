"""The real program, started as a newcomer would, on folders that are thrown away."""

import os
import pwd
import re
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TypeVar

from tools import tree

Value = TypeVar("Value")

_NOBODY = "nobody"
_FROM_CLONE = (sys.executable, "-m", "tryggve")
_SECONDS = 60
_ADDRESS = re.compile(r"https?://[a-z.]+(:\d+)?/\S*")


class TookTooLong(AssertionError):
    """What a test waited for did not come."""


def until(condition: Callable[[], Value | None], *, seconds: float = _SECONDS) -> Value:
    """The first true answer. Raises TookTooLong."""
    deadline = time.monotonic() + seconds
    while not (answer := condition()):
        if time.monotonic() > deadline:
            raise TookTooLong
        time.sleep(0.02)
    return answer


def free_port() -> int:
    with socket.socket() as one:
        one.bind(("127.0.0.1", 0))
        port: int = one.getsockname()[1]
        return port


class Program:
    """``tryggve up`` on a new data folder, run by a user without rights also where the tests run as root.

    One that ``tells_its_address`` mails links to strangers: they are on the same computer here.
    """

    def __init__(
        self,
        *,
        language: str = "en",
        database_url: str = "",
        origin: str = "",
        tells_its_address: bool = False,
        command: Sequence[str] = _FROM_CLONE,
    ) -> None:
        self.home = Path(tempfile.mkdtemp(prefix="tryggve-program-"))
        self.data, self.config = self.home / "data", self.home / "config"
        self._language = language
        self._command = command
        self._up: subprocess.Popen[str] | None = None
        self.printed = self.home / "printed"
        self.port = free_port()
        told = self.address if tells_its_address else origin
        self._origin = {"TRYGGVE_ORIGIN": told} if told else {}
        if database_url:
            self.config.mkdir(mode=0o700)
            (self.config / "database-url").write_text(database_url)
        self._give_to_nobody()

    def _give_to_nobody(self) -> None:
        if os.getuid() == 0:
            owner = pwd.getpwnam(_NOBODY)
            for path in (self.home, *self.home.rglob("*")):
                os.chown(path, owner.pw_uid, owner.pw_gid)

    @property
    def address(self) -> str:
        return f"http://localhost:{self.port}"

    def start(self, *words: str) -> str:
        """Start it and wait for what it prints: the owner's link, or the address once there is an owner.

        Without words with ``up``.
        """
        with self.printed.open("w") as out:
            self._up = subprocess.Popen(
                self._as_nobody(*(words or ("up",)), "--port", str(self.port)),
                env=self._environment(), cwd="/", stdin=subprocess.DEVNULL, stdout=out, stderr=out, text=True,
            )  # fmt: skip
        return until(self._printed_address)

    def _printed_address(self) -> str | None:
        if self._up is not None and self._up.poll() is not None:
            raise AssertionError(self.printed.read_text())
        found = _ADDRESS.search(self.printed.read_text())
        return found[0] if found and "\n" in self.printed.read_text()[found.start() :] else None

    def stop(self) -> int:
        """Ask it to end, and wait; its exit status."""
        if self._up is None:
            return 0
        self._up.send_signal(signal.SIGTERM)
        return self._up.wait(timeout=_SECONDS)

    def kill(self) -> None:
        """Kill the parent, as a power cut would."""
        if self._up is not None:
            self._up.kill()
            self._up.wait()

    def run(self, *words: str, given: bytes = b"") -> subprocess.CompletedProcess[bytes]:
        """A command on the same folders."""
        return subprocess.run(
            self._as_nobody(*words), env=self._environment(), cwd="/", input=given, capture_output=True,
            timeout=_SECONDS, check=False,
        )  # fmt: skip

    def new_folder(self, name: str, *files: str) -> str:
        """Beside the program's own, and its user's; each file holds its own name."""
        folder = self.home / name
        folder.mkdir()
        for one in files:
            (folder / one).write_text(one)
        self._give_to_nobody()
        return str(folder)

    def run_python(self, source: str) -> None:
        """A piece of Python beside the program, on its database: for what only time would bring about."""
        person = ["setpriv", "--reuid", _NOBODY, "--clear-groups"] if os.getuid() == 0 else []
        folders = {"TRYGGVE_DATA": str(self.data), "TRYGGVE_CONFIG": str(self.config)}
        subprocess.run(
            [*person, sys.executable, "-c", source], env={**self._environment(), **folders}, cwd="/", check=True,
            timeout=_SECONDS,
        )  # fmt: skip

    def clear(self) -> None:
        """End it, however, and remove everything."""
        if self._up is not None and self._up.poll() is None:
            self.stop()
        shutil.rmtree(self.home, ignore_errors=True)

    def child(self, *words: str) -> list[str]:
        """Another program, run by the same user."""
        return [*(["setpriv", "--reuid", _NOBODY, "--clear-groups"] if os.getuid() == 0 else []), *words]

    def _as_nobody(self, *words: str) -> list[str]:
        folders = ["--data", str(self.data), "--config", str(self.config)]
        return self.child(*self._command, *words, *folders)

    def _environment(self) -> dict[str, str]:
        languages = {"sv": "sv_SE.UTF-8", "da": "da_DK.UTF-8", "en": "en_GB.UTF-8"}
        # The source that the tests stand beside, wherever the interpreter would look for ours first.
        source = {"PYTHONPATH": str(tree.PACKAGE.parent)} if sys.executable in self._command else {}
        return {
            **source,
            **self._origin,
            "PATH": os.environ["PATH"],
            "HOME": str(self.home),
            "LC_ALL": languages[self._language],
            "PYTHONUTF8": "1",
        }
