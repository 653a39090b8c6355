"""What a child says: one JSON list a line, of which nothing is believed but its form."""

import json
import os
import select
import time
from collections.abc import Iterator
from typing import Any, Final, Literal

from tryggve.lib.sandbox import faults

Reason = Literal["time", "memory", "output", "crash", "broken"]

# Lists within lists take some fifty times the memory of the text that says them; one answer and the one before
# it are held at a time, so about a hundred times this is the most that a child can make its parent take.
MOST_LINE_BYTES: Final = 1024 * 1024
_CHUNK_BYTES = 1024 * 1024


class Failed(Exception):
    """The parser gave no whole answer.

    ``reason``: it took too much time, memory or output, its process died (crash), or it raised an error or spoke
    out of form (broken).
    """

    def __init__(self, reason: Reason) -> None:
        super().__init__(reason)
        self.reason: Reason = reason


def values(descriptor: int, *, wall_seconds: float, most_bytes: int) -> Iterator[Any]:
    """Each value as it comes; only the waiting for it counts as time. Raises Failed, and EOFError if it died.

    ``most_bytes`` is for all of them; one alone has ``MOST_LINE_BYTES``.
    """
    for line in _lines(descriptor, wall_seconds=wall_seconds, most_bytes=most_bytes):
        match _parsed(line):
            case ["value", value]:
                yield value
            case ["end"]:
                return
            case ["fault", fault]:
                faults.keep(fault)
                raise Failed("broken")
            case _:
                raise Failed("broken")
    raise EOFError


def _lines(descriptor: int, *, wall_seconds: float, most_bytes: int) -> Iterator[bytearray]:
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
            yield _lengthened(held, line)
            held = bytearray()
        _lengthened(held, rest)


def _lengthened(held: bytearray, piece: bytes) -> bytearray:
    if len(held) + len(piece) > MOST_LINE_BYTES:
        raise Failed("output")
    held += piece
    return held


def _is_ready(descriptor: int, *, seconds: float) -> bool:
    poll = select.poll()
    poll.register(descriptor, select.POLLIN)
    return seconds > 0 and bool(poll.poll(seconds * 1000))


def _parsed(line: bytearray) -> Any:
    try:
        return json.loads(line)
    except (ValueError, RecursionError):
        raise Failed("broken") from None  # its cause holds the line
    except MemoryError:
        raise Failed("memory") from None
