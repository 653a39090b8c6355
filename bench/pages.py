"""Asking the product for pages as a server would, in one process."""

import sys
import time
from collections.abc import Callable, Mapping
from io import BytesIO
from typing import Any


def way(path: str, cookies: str) -> Callable[[], None]:
    """One request, through the layers that are set now."""
    from django.core.handlers.wsgi import WSGIHandler  # noqa: PLC0415

    handler = WSGIHandler()

    def ask() -> None:
        environ: dict[str, Any] = {
            "REQUEST_METHOD": "GET", "PATH_INFO": path, "SCRIPT_NAME": "", "QUERY_STRING": "",
            "SERVER_NAME": "localhost", "SERVER_PORT": "80", "SERVER_PROTOCOL": "HTTP/1.1",
            "REMOTE_ADDR": "127.0.0.1", "HTTP_HOST": "localhost", "HTTP_COOKIE": cookies,
            "wsgi.url_scheme": "http", "wsgi.input": BytesIO(), "wsgi.errors": sys.stderr,
        }  # fmt: skip
        status: list[str] = []

        def start(said: str, *_rest: object) -> Callable[[bytes], object]:
            status.append(said)
            return len  # where old programs write to

        answer = handler(environ, start)
        b"".join(answer)
        answer.close()
        if not status[0].startswith("200"):
            raise SystemExit(f"{path} answered {status[0]}")

    return ask


def queries(ask: Callable[[], None]) -> int:
    """How many the second such request takes."""
    from django.db import connection  # noqa: PLC0415
    from django.test.utils import CaptureQueriesContext  # noqa: PLC0415

    ask()
    with CaptureQueriesContext(connection) as seen:
        ask()
    return len(seen)


def costs(ways: Mapping[str, Callable[[], None]], *, pairs: int, requests: int) -> dict[str, list[float]]:
    """CPU µs of each way, once a pair, so many requests each; they take turns, every other time from the last."""
    found: dict[str, list[float]] = {name: [] for name in ways}
    for number in range(pairs):
        for name, ask in ways.items() if number % 2 == 0 else reversed(list(ways.items())):
            before = time.process_time()
            for _turn in range(requests):
                ask()
            found[name].append((time.process_time() - before) / requests * 1_000_000)
    return found
