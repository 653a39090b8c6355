"""A rest-server that kills restic at one of its requests: the same one at each try, before anything of it is done."""

import http.client
import os
import re
import signal
import sys
from collections.abc import Callable
from contextlib import closing
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Lock, Thread
from types import TracebackType
from typing import Any
from urllib.parse import urlsplit

from tests.program import free_port, until
from tryggve.domains.backups.tests.rest_server import PASSWORD, USER, RestServer

_KIND = re.compile(r"/(config|data|index|keys|locks|snapshots)(/[0-9a-f]{64})?$")
_LEFT_OUT = frozenset({"host", "connection", "transfer-encoding", "content-length", "date", "server"})
# The method, and of which kind what is asked for is.
Request = tuple[str, str]


class CuttingServer:
    """``location`` is where restic is to go; ``asked`` are its requests. Whatever it is asked in that way kills it:
    ``cut_at``.
    """

    def __init__(self, home: Path) -> None:
        self.home = home
        self.asked: list[Request] = []
        self.cut_at: Callable[[Request], bool] = lambda _request: False
        self.killed: list[Request] = []
        self._turn = Lock()  # newer versions of restic delete several at once
        self._server, self._port = RestServer(home), free_port()
        self.location = f"rest:http://{USER}:{http_safe(PASSWORD)}@127.0.0.1:{self._port}/"

    def __enter__(self) -> "CuttingServer":
        self._server.__enter__()
        behind = urlsplit(self._server.fields["address"]).port or 0
        self._between = _Between(("127.0.0.1", self._port), _passing_on(self, behind))
        Thread(target=self._between.serve_forever, daemon=True).start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._between.shutdown()
        self._between.server_close()
        self._server.__exit__(kind, error, trace)

    def is_cut(self, request: Request) -> bool:
        """Whether whoever asked is dead now."""
        with self._turn:
            self.asked.append(request)
            if self.killed or not self.cut_at(request):
                return bool(self.killed) and self._asking() == []
            self.killed.append(request)
            for one in self._asking():
                os.kill(one, signal.SIGKILL)
            until(lambda: not self._asking())
            return True

    def cut_at_first(self, request: Request, *, by: str = "") -> None:
        """The next of these, of a restic that was told to do that."""
        self.killed, self.cut_at = [], lambda asked: asked == request and bool(self._asking(by))

    def cut_no_more(self) -> None:
        self.killed, self.cut_at = [], lambda _request: False

    def _asking(self, verb: str = "") -> list[int]:
        """The restics that were sent here, and aren't dead yet."""
        found = []
        for process in Path("/proc").glob("[0-9]*"):
            try:
                words = (process / "cmdline").read_bytes().split(b"\0")
                is_sent_here = f"127.0.0.1:{self._port}".encode() in (process / "environ").read_bytes()
            except OSError:
                continue
            if words[0].endswith(b"restic") and is_sent_here and (not verb or verb.encode() in words):
                found.append(int(process.name))
        return found


class _Between(ThreadingHTTPServer):
    daemon_threads = True

    def handle_error(self, request: Any, client_address: Any) -> None:
        """Whoever asked is dead."""
        if not isinstance(sys.exception(), OSError):
            super().handle_error(request, client_address)


def http_safe(word: str) -> str:
    return "".join(f"%{byte:02X}" for byte in word.encode())


def _passing_on(cutting: CuttingServer, port: int) -> type[BaseHTTPRequestHandler]:
    class PassingOn(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def _pass(self) -> None:
            kind = _KIND.search(urlsplit(self.path).path)
            content = self.rfile.read(int(self.headers.get("Content-Length", 0)))
            if cutting.is_cut((self.command, kind[1] if kind else "")):
                self.close_connection = True
                return
            with closing(http.client.HTTPConnection("127.0.0.1", port)) as behind:
                told = {name: value for name, value in self.headers.items() if name.lower() not in _LEFT_OUT}
                behind.request(self.command, self.path, body=content or None, headers=told)
                answer = behind.getresponse()
                self._tell(answer, answer.read())

        def _tell(self, answer: http.client.HTTPResponse, said: bytes) -> None:
            self.send_response(answer.status)
            for name, value in answer.getheaders():
                if name.lower() not in _LEFT_OUT:
                    self.send_header(name, value)
            length = answer.getheader("Content-Length") if self.command == "HEAD" else None
            self.send_header("Content-Length", length or str(len(said)))
            self.end_headers()
            self.wfile.write(said)

        do_GET = do_HEAD = do_POST = do_DELETE = _pass

        def log_message(self, format: str, *words: object) -> None:
            """Nobody listens."""

    return PassingOn
