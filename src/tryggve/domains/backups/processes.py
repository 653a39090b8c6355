"""The process of its own in which backups are taken, so that the worker does other things meanwhile."""

import logging
import os
import select
import signal
import subprocess
import sys
import threading
from datetime import datetime
from pathlib import Path
from typing import Final

from django.utils import timezone

from tryggve.domains.backups.models import Run
from tryggve.domains.backups.services import pairs
from tryggve.domains.backups.services.pairs import schedule
from tryggve.domains.rights import api as rights
from tryggve.routines import faults
from tryggve.vault.keeper_socket import token

logger = logging.getLogger(__name__)

_PROGRAM: Final = (
    "import django; django.setup(); from tryggve.domains.backups import processes; processes.run(lifeline=0)"
)
_POLITENESS: Final = 5
_started: dict[str, subprocess.Popen[bytes]] = {}


def start(program: str = _PROGRAM) -> bool:
    """Let a process of its own take what is due. False when the one that was started before is still at it."""
    before = _started.get(program)
    if before is not None and before.poll() is None:
        return False
    if before is not None:
        end(before)
    _started[program] = begin(program)
    return True


def begin(program: str = _PROGRAM) -> subprocess.Popen[bytes]:
    """A process that takes what is due. It ends at once when its standard input is closed."""
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


def run(*, lifeline: int) -> None:
    """Take what is due, one after the other, until nothing is."""
    settle(lifeline)
    try:
        while (why := schedule.next_due(at=_now())) is not None:
            _take(why)
    except pairs.AlreadyAtIt:
        pass  # somebody takes one by hand; what is due then is taken after it
    except Exception as error:  # noqa: BLE001 - whatever it is, it is told; its text may name somebody
        _tell("a backup broke", error)


def settle(lifeline: int) -> None:
    """What such a process does first: it ends with whoever started it, and lets others go before it."""
    threading.Thread(target=_end_with, args=(lifeline,), daemon=True).start()
    os.nice(_POLITENESS)


def _take(why: Run.Why) -> None:
    if why == Run.Why.ERASURE:
        pairs.take_keys_alone(now=_now)
    else:
        pairs.take(why=why, now=_now)
    try:
        rights.confirm_gone_keys(at=_now())
    except Exception as error:  # noqa: BLE001 - it is asked for again after the next; the backup was taken
        _tell("keys were not confirmed as gone", error)


def _tell(message: str, error: Exception) -> None:
    fault = faults.fault_of(error)
    logger.error(message, extra={"facts": {"fault": fault.kind, "place": fault.place}})


def _end_with(lifeline: int) -> None:
    """Nothing is ever written there. Whoever started this is gone: end as if killed, and the next run tidies up."""
    poll = select.poll()
    poll.register(lifeline, select.POLLIN)
    poll.poll()
    os.kill(os.getpid(), signal.SIGKILL)


def _now() -> datetime:
    return timezone.now()  # noqa: TID251 - this process is where the clock is read
