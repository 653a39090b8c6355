"""Measures controls, each in a process forked for it: two at once, and more beside those that take long or hang."""

import os
import select
import signal
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import datetime
from typing import Final

from django.db import connections

from tryggve.controls import answers, causes, child
from tryggve.controls.answers import Outcome
from tryggve.controls.registry import Measure

MOST_AT_ONCE: Final = 2
# Who is at it for longer mostly waits for somebody else, and makes room for one more.
_LONG_SECONDS: Final = 5.0
# However long they take: each may fill its memory.
MOST_IN_ALL: Final = 6
_LOOK_AGAIN_SECONDS: Final = 2.0


@dataclass(frozen=True, slots=True)
class Turn:
    """One control to be measured, with the time that its function is told."""

    measure: Measure
    at: datetime


@dataclass(slots=True, eq=False)
class _Process:
    """A measuring on its way; ``since`` and ``until`` are on the clock of time.monotonic."""

    turn: Turn
    pid: int
    answers: int
    since: float
    until: float
    said: bytearray = field(default_factory=bytearray)
    is_over: bool = False


class Abandoned(Exception):
    """Whoever started this process is gone; what was being measured was ended."""


def outcomes(take: Callable[[], Turn | None], *, lifeline: int) -> Iterator[tuple[Turn, Outcome]]:
    """Measure each of them and give what came of it as it ends.

    The next turn is taken when there is room for it; it ends when there is none and nothing is under way.
    ``lifeline`` is a pipe whose other end whoever started this process holds. Closes this process's ways to the
    database before each fork, and must be called in a process of one thread, in which nothing else forks. Raises
    Abandoned.
    """
    running: list[_Process] = []
    try:
        while _fill(running, take):
            ended = _ended(running, lifeline)
            running = [process for process in running if not process.is_over]
            for process, outcome in ended:
                yield process.turn, outcome
    finally:
        for process in running:
            if not process.is_over:
                _end(process)


def _fill(running: list[_Process], take: Callable[[], Turn | None]) -> bool:
    while _has_room(running) and (turn := take()) is not None:
        running.append(_start(turn))
    return bool(running)


def _has_room(running: Sequence[_Process]) -> bool:
    lately = time.monotonic() - _LONG_SECONDS
    begun_lately = sum(process.since > lately for process in running)
    return begun_lately < MOST_AT_ONCE and len(running) < MOST_IN_ALL


def _start(turn: Turn) -> _Process:
    # Neither a connection nor an answer's other end may be shared with another measuring.
    connections.close_all()
    reading, writing = os.pipe()
    try:
        pid = _forked(turn, writing)
    except OSError:
        os.close(reading)
        raise
    finally:
        os.close(writing)
    begun = time.monotonic()
    return _Process(turn, pid, reading, begun, begun + turn.measure.deadline.total_seconds())


def _forked(turn: Turn, writing: int) -> int:
    parent = os.getpid()
    # Asked to end in between, the new process would end its siblings on its way out.
    signal.pthread_sigmask(signal.SIG_BLOCK, [signal.SIGTERM])
    try:
        pid = os.fork()
        if pid == 0:
            child.measure_and_end(turn.measure, at=turn.at, parent=parent, to=writing)
    finally:
        signal.pthread_sigmask(signal.SIG_UNBLOCK, [signal.SIGTERM])
    return pid


def _ended(running: list[_Process], lifeline: int) -> list[tuple[_Process, Outcome]]:
    """What came of those that end within two seconds, by themselves or for being late."""
    poll = select.poll()
    poll.register(lifeline, select.POLLIN)
    for process in running:
        poll.register(process.answers, select.POLLIN)
    left = min(process.until for process in running) - time.monotonic()
    wait = min(max(0.0, left), _LOOK_AGAIN_SECONDS)  # somebody may ask for one while there is room
    ready = {number for number, _event in poll.poll(wait * 1000)}
    if lifeline in ready:  # nothing is ever written there: it was closed
        raise Abandoned
    ended: list[tuple[_Process, Outcome]] = []
    for process in running:
        outcome = _heard(process) if process.answers in ready else _late(process)
        if outcome is not None:
            ended.append((process, outcome))
    return ended


def _heard(process: _Process) -> Outcome | None:
    """What it said, once that is whole; a process that ended without a word died."""
    chunk = os.read(process.answers, answers.LONGEST)
    process.said += chunk
    is_whole = b"\n" in chunk or len(process.said) > answers.LONGEST
    if chunk and not is_whole:
        return _late(process)
    status = _end(process, fell_silent=not chunk)
    if is_whole:
        return answers.read(bytes(process.said), process.turn.measure)
    return Outcome(cause=causes.MEMORY if status == child.OUT_OF_MEMORY else causes.DIED)


def _late(process: _Process) -> Outcome | None:
    if time.monotonic() < process.until:
        return None
    _end(process)
    return Outcome(cause=causes.TIMED_OUT)


def _end(process: _Process, *, fell_silent: bool = False) -> int:
    """End it with all that it started, reap it, and answer its exit status, negative for a signal."""
    process.is_over = True
    os.close(process.answers)
    if fell_silent:
        # It closed its end: it is ending by itself, and how it does tells why.
        _wait_a_little(process.pid)
    # Not reaped yet, so the number is still its own; its group may not have been made.
    for kill in (os.killpg, os.kill):
        with suppress(ProcessLookupError, PermissionError):
            kill(process.pid, signal.SIGKILL)
    _pid, status = os.waitpid(process.pid, 0)
    return os.waitstatus_to_exitcode(status)


def _wait_a_little(pid: int) -> None:
    until = time.monotonic() + 1.0
    while time.monotonic() < until:
        if os.waitid(os.P_PID, pid, os.WEXITED | os.WNOHANG | os.WNOWAIT) is not None:
            return
        time.sleep(0.01)
