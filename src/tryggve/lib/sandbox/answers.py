"""What a child says: one JSON list a line, of which nothing is believed but its form."""

import json
import logging
import os
import re
import select
import time
from collections.abc import Iterator
from typing import Any, Literal

Reason = Literal["time", "memory", "output", "crash", "broken"]

_CHUNK_BYTES = 1024 * 1024
_CLASS = re.compile(r"[A-Za-z_]\w{0,80}")
_PLACE = re.compile(r"[\w./ -]{1,200}:\d{1,6} [\w<>]{1,80}")
_MOST_PLACES = 30
_log = logging.getLogger("tryggve.sandbox")


class Failed(Exception):
    """The parser gave no whole answer.

    ``reason``: it took too much time, memory or output, its process died (crash), or it raised an error or spoke
    out of form (broken).
    """

    def __init__(self, reason: Reason) -> None:
        super().__init__(reason)
        self.reason: Reason = reason


def values(descriptor: int, *, wall_seconds: float, most_bytes: int) -> Iterator[Any]:
    """Each value as it comes; only the waiting for it counts as time. Raises Failed, and EOFError if it died."""
    for line in _lines(descriptor, wall_seconds=wall_seconds, most_bytes=most_bytes):
        match _parsed(line):
            case ["value", value]:
                yield value
            case ["end"]:
                return
            case ["fault", fault]:
                _keep(fault)
                raise Failed("broken")
            case _:
                raise Failed("broken")
    raise EOFError


def _lines(descriptor: int, *, wall_seconds: float, most_bytes: int) -> Iterator[bytes]:
    held, left, waited = bytearray(), most_bytes, 0.0
    while True:
        before = time.monotonic()
        if not _is_ready(descriptor, seconds=wall_seconds - waited):
            raise Failed("time")
        waited += time.monotonic() - before
        chunk = os.read(descriptor, _CHUNK_BYTES)
        if not chunk:
            return
        left -= len(chunk)
        if left < 0:
            raise Failed("output")
        *whole, rest = chunk.split(b"\n")
        for line in whole:
            held += line
            yield bytes(held)
            held.clear()
        held += rest


def _is_ready(descriptor: int, *, seconds: float) -> bool:
    poll = select.poll()
    poll.register(descriptor, select.POLLIN)
    return seconds > 0 and bool(poll.poll(seconds * 1000))


def _parsed(line: bytes) -> Any:
    try:
        return json.loads(line)
    except (ValueError, RecursionError):
        raise Failed("broken") from None  # its cause holds the line


def _keep(fault: Any) -> None:
    """Log the class and place that a child tells, as far as they look like one; never a value."""
    told = fault if isinstance(fault, dict) else {}
    at_line = told.get("at_line")
    places = at_line if isinstance(at_line, list) else []
    facts = {
        "exception": _if_it_is(_CLASS, told.get("exception")),
        "at_line": [place for place in places[:_MOST_PLACES] if _if_it_is(_PLACE, place)],
    }
    _log.error("a sealed-off parser failed", extra={"facts": facts})


def _if_it_is(form: re.Pattern[str], text: object) -> str | None:
    return text if isinstance(text, str) and form.fullmatch(text) else None
