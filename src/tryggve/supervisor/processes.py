"""What ``/proc`` tells of process groups (proc(5)), and how a group is ended."""

import os
import signal
import time
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path

_PROC = Path("/proc")
_ENDED = {b"Z", b"X"}  # a zombie has ended; where process 1 reaps nobody it stays in the list for ever
_POLL_SECONDS = 0.05
_KILLED_WITHIN_SECONDS = 5.0


def _never() -> bool:
    return False


def living(group: int) -> list[int]:
    """Process ids of the group's members that still run."""
    return [pid for pid, member_of in _running() if member_of == group]


def carries(pid: int, name: str, value: str) -> bool:
    """Whether the process was started with that variable; False too when its environment can't be read."""
    try:
        environment = (_PROC / str(pid) / "environ").read_bytes()
    except OSError:
        return False
    return f"{name}={value}".encode() in environment.split(b"\0")


def end_groups(
    groups: Iterable[int],
    *,
    grace: float,
    pause: Callable[[float], None] = time.sleep,
    hurry: Callable[[], bool] = _never,
) -> None:
    """Ask every member to end; kill what is left after ``grace`` seconds, or at once when ``hurry`` says so.

    ``pause`` waits that many seconds, or less. The caller has made sure that the groups are its own.
    """
    groups = list(groups)
    _signal(groups, signal.SIGTERM)
    if not _all_gone(groups, within=grace, pause=pause, unless=hurry):
        _signal(groups, signal.SIGKILL)
        _all_gone(groups, within=_KILLED_WITHIN_SECONDS, pause=pause, unless=_never)


def _all_gone(
    groups: list[int], *, within: float, pause: Callable[[float], None], unless: Callable[[], bool]
) -> bool:
    deadline = time.monotonic() + within
    while any(living(group) for group in groups):
        if unless() or time.monotonic() >= deadline:
            return False
        pause(_POLL_SECONDS)
    return True


def _signal(groups: Iterable[int], number: signal.Signals) -> None:
    for group in groups:
        try:
            os.killpg(group, number)
        except ProcessLookupError:
            continue  # ended in the meantime


def _running() -> Iterator[tuple[int, int]]:
    """Process and group of everything that runs."""
    for entry in _PROC.iterdir():
        if not entry.name.isdigit():
            continue
        try:
            stat = (entry / "stat").read_bytes()
        except OSError:
            continue  # ended while we looked
        # The name stands in brackets and may hold anything, brackets too.
        state, _parent, group = stat[stat.rindex(b")") + 2 :].split()[:3]
        if state not in _ENDED:
            yield int(entry.name), int(group)
