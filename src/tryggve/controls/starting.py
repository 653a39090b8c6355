import os
import subprocess
import sys
from collections.abc import Callable, Collection
from datetime import datetime, timedelta
from pathlib import Path
from time import monotonic, sleep
from typing import Final

from tryggve.controls import registry, turns
from tryggve.vault.keeper_socket import token

_PROGRAM: Final = (
    "import django; django.setup(); from tryggve.controls import running; running.run(lifeline=0)"
)
# Beyond the longest deadline: to begin, and to write down what was found.
_BESIDE = timedelta(minutes=1)
_LOOK_AGAIN_SECONDS: Final = 1.0
_started: list[subprocess.Popen[bytes]] = []


def start() -> bool:
    """Let a process of its own measure what is due. False when the one that was started before is still at it."""
    for process in [process for process in _started if process.poll() is not None]:
        _started.remove(process)
        end(process)
    if _started:
        return False
    _started.append(begin())
    return True


def measure_and_wait() -> None:
    """The same, and wait until it has ended."""
    process = begin()
    try:
        process.wait()
    finally:
        end(process)


def measure_what_was_asked(controls: Collection[str], *, now: Callable[[], datetime]) -> bool:
    """Measure these, of which somebody asked for some, and wait, also where another process is at it.

    False when one of them is still asked for long after its deadline.
    """
    measure_and_wait()
    longest = max(registry.measures()[control].deadline for control in controls) + _BESIDE
    until = monotonic() + longest.total_seconds()
    while turns.is_any_asked(controls):
        if monotonic() > until:
            return False
        sleep(_LOOK_AGAIN_SECONDS)
        if turns.is_any_due(now()):
            measure_and_wait()
    return True


def begin() -> subprocess.Popen[bytes]:
    """A process that measures what is due. It ends early when its standard input is closed."""
    number = os.environ.get(token.VARIABLE)
    path = os.pathsep.join(place for place in sys.path if Path(place).is_absolute())
    return subprocess.Popen(  # noqa: S603 - our own program
        [sys.executable, "-P", "-c", _PROGRAM],
        env=os.environ | {"PYTHONPATH": path, "MALLOC_ARENA_MAX": "2"},
        stdin=subprocess.PIPE,  # never written to: closed when this process ends, however it does
        pass_fds=[int(number)] if number else [],
    )


def end(process: subprocess.Popen[bytes]) -> int:
    """Let it end, and answer its exit status."""
    if process.stdin is not None:
        process.stdin.close()
    return process.wait()
