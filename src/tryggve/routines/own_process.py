"""Work that takes long is done in a process of its own, which ends with the one that started it."""

import os
import select
import signal
import subprocess
import sys
import threading
from pathlib import Path
from typing import Final

from tryggve.vault.keeper_socket import token

_POLITENESS: Final = 5
_started: dict[str, subprocess.Popen[bytes]] = {}


def start(program: str) -> bool:
    """Run this program in a process of its own. False when the one that was started before is still at it."""
    before = _started.get(program)
    if before is not None and before.poll() is None:
        return False
    if before is not None:
        end(before)
    _started[program] = begin(program)
    return True


def begin(program: str) -> subprocess.Popen[bytes]:
    """Such a process. It ends at once when its standard input is closed."""
    number = os.environ.get(token.VARIABLE)
    path = os.pathsep.join(place for place in sys.path if Path(place).is_absolute())
    return subprocess.Popen(  # noqa: S603 - our own program
        [sys.executable, "-P", "-c", program],
        env=os.environ | {"PYTHONPATH": path, "MALLOC_ARENA_MAX": "2"},
        stdin=subprocess.PIPE,  # never written to: closed when this process ends, however it does
        pass_fds=[int(number)] if number else [],
    )


def end(process: subprocess.Popen[bytes]) -> int:
    """Let it end, and answer its exit status."""
    if process.stdin is not None:
        process.stdin.close()
    return process.wait()


def settle(lifeline: int, *, politeness: int = _POLITENESS) -> None:
    """What such a process does first: it ends with whoever started it, and lets others go before it."""
    threading.Thread(target=_end_with, args=(lifeline,), daemon=True).start()
    os.nice(politeness)


def _end_with(lifeline: int) -> None:
    """Nothing is ever written there. Whoever started this is gone: end as if killed, and the next run tidies up."""
    poll = select.poll()
    poll.register(lifeline, select.POLLIN)
    poll.poll()
    os.kill(os.getpid(), signal.SIGKILL)
