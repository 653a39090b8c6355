"""Websites on this computer, behind one port in clear and one encrypted, that answer in bytes of the test's own."""

import contextlib
import socket
import socketserver
import ssl
import threading
from collections.abc import Callable, Mapping
from typing import Self

# Given the way back and when to stop, says whatever it likes.
Says = Callable[[socket.socket, threading.Event], None]

_HANDSHAKE = b"\x16"
GOOD_HEADERS = {
    "Strict-Transport-Security": "max-age=31536000; includeSubDomains",
    "Content-Security-Policy": "default-src 'self'; frame-ancestors 'none'",
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "same-origin",
}


def page(
    body: bytes = b"<h1>Annas</h1>", status: str = "200 OK", headers: Mapping[str, str] = GOOD_HEADERS
) -> Says:
    """An answer as it ought to be."""
    told = "".join(f"{name}: {value}\r\n" for name, value in headers.items())
    head = f"HTTP/1.1 {status}\r\nContent-Length: {len(body)}\r\n{told}\r\n"
    return lambda line, _stop: line.sendall(head.encode("latin-1") + body)


def moved(to: str, status: str = "301 Moved") -> Says:
    """Sends its reader on, with the headers of a good page."""
    return page(b"", status, {**GOOD_HEADERS, "Location": to})


def hang(_line: socket.socket, stop: threading.Event) -> None:
    """Says nothing, and doesn't go."""
    stop.wait(30)


def drip(line: socket.socket, stop: threading.Event) -> None:
    """A header that never ends, a byte at a time."""
    line.sendall(b"HTTP/1.1 200 OK\r\nX-Long: ")
    while not stop.wait(0.02):
        line.sendall(b"a")


def huge_headers(line: socket.socket, _stop: threading.Event) -> None:
    """More headers than anybody reads."""
    line.sendall(b"HTTP/1.1 200 OK\r\n" + b"X-More: " + b"a" * 70_000 + b"\r\n" * 2)


def many_headers(line: socket.socket, _stop: threading.Event) -> None:
    line.sendall(b"HTTP/1.1 200 OK\r\n" + b"".join(b"X-%d: a\r\n" % n for n in range(500)) + b"\r\n")


def endless_body(line: socket.socket, stop: threading.Event) -> None:
    """A page that never ends."""
    line.sendall(b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n")
    while not stop.is_set():
        line.sendall(b"a" * 65536)


def dripping_body(line: socket.socket, stop: threading.Event) -> None:
    """A page of which a byte comes now and then."""
    line.sendall(b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n<form>")
    while not stop.wait(0.02):
        line.sendall(b"a")


def noise(line: socket.socket, _stop: threading.Event) -> None:
    """Not HTTP at all."""
    line.sendall(b"\x00\xffSSH-2.0-OpenSSH_9.2\r\n\r\n")


def hang_up(_line: socket.socket, _stop: threading.Event) -> None:
    """Takes the question and goes."""


class Websites:
    """Answers within ``with``: ``pages`` by host and path (``annas.se/``), ``open_pages`` likewise in clear."""

    def __init__(self, context: ssl.SSLContext) -> None:
        self.pages: dict[str, Says] = {}
        self.open_pages: dict[str, Says] = {}
        self.visits: list[str] = []
        self._stop = threading.Event()
        self._sealed = _Server(self, context)
        self._open = _Server(self, None)

    def __enter__(self) -> Self:
        for server in (self._sealed, self._open):
            threading.Thread(target=server.serve_forever, args=(0.01,), daemon=True).start()
        return self

    def __exit__(self, *_error: object) -> None:
        self._stop.set()
        for server in (self._sealed, self._open):
            server.shutdown()
            server.server_close()

    @property
    def https(self) -> int:
        return self._sealed.server_address[1]

    @property
    def http(self) -> int:
        return self._open.server_address[1]

    def say(self, line: socket.socket, *, is_sealed: bool) -> None:
        if not is_sealed and line.recv(1, socket.MSG_PEEK) == _HANDSHAKE:
            line.sendall(b"HTTP/1.1 400 Bad Request\r\n\r\n")
            return
        asked = _head(line).split("\r\n")
        path = asked[0].split(" ")[1]
        host = next(told[6:] for told in asked if told.lower().startswith("host: "))
        self.visits.append(f"{'https' if is_sealed else 'http'}://{host}{path}")
        says = (self.pages if is_sealed else self.open_pages).get(f"{host}{path}")
        (says or page(b"", "404 Not Found", {}))(line, self._stop)


def _head(line: socket.socket) -> str:
    told = b""
    while b"\r\n\r\n" not in told:
        piece = line.recv(4096)
        if not piece:
            raise ConnectionError
        told += piece
    return told.decode("latin-1")


class _Server(socketserver.ThreadingTCPServer):
    daemon_threads = True
    block_on_close = False

    def __init__(self, sites: Websites, context: ssl.SSLContext | None) -> None:
        super().__init__(("127.0.0.1", 0), _Visit)
        self.sites, self.context = sites, context


class _Visit(socketserver.BaseRequestHandler):
    server: _Server

    def handle(self) -> None:
        line, context = self.request, self.server.context
        with contextlib.suppress(OSError):
            if context is not None:
                line = context.wrap_socket(line, server_side=True)
            with line:
                self.server.sites.say(line, is_sealed=context is not None)
