"""A rest-server on this computer: rclone's, that speaks restic's protocol, also in its append-only way."""

import socket
import subprocess
from pathlib import Path
from types import TracebackType

from tests.program import free_port, until

USER, PASSWORD = "firm", "a pass/word: of @signs"


class RestServer:
    """``fields`` is what a person tells of it; ``home`` is what lies there."""

    def __init__(self, home: Path, *, is_append_only: bool = False) -> None:
        self.home, self._port, self._is_append_only = home, free_port(), is_append_only
        self.fields = {"address": f"http://127.0.0.1:{self._port}/", "user": USER, "password": PASSWORD}

    def __enter__(self) -> "RestServer":
        self.home.mkdir()
        words = ["rclone", "--config", "/dev/null", "serve", "restic", "--addr", f"127.0.0.1:{self._port}"]
        kept = ["--append-only"] if self._is_append_only else []
        self._server = subprocess.Popen(
            [*words, *kept, "--user", USER, "--pass", PASSWORD, str(self.home)],
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
        until(self._is_listening)
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._server.kill()
        self._server.wait()

    def _is_listening(self) -> bool:
        with socket.socket() as one:
            return one.connect_ex(("127.0.0.1", self._port)) == 0
