"""The process of its own in which backups are taken, so that the worker does other things meanwhile."""

import logging
import subprocess
from datetime import datetime
from typing import Final

from django.utils import timezone

from tryggve.domains.backups.models import Run
from tryggve.domains.backups.services import pairs
from tryggve.domains.backups.services.pairs import schedule
from tryggve.domains.rights import api as rights
from tryggve.routines import faults, own_process

logger = logging.getLogger(__name__)

_PROGRAM: Final = (
    "import django; django.setup(); from tryggve.domains.backups import processes; processes.run(lifeline=0)"
)


def start() -> bool:
    """Let a process of its own take what is due. False when the one that was started before is still at it."""
    return own_process.start(_PROGRAM)


def begin() -> subprocess.Popen[bytes]:
    """A process that takes what is due. It ends at once when its standard input is closed."""
    return own_process.begin(_PROGRAM)


def run(*, lifeline: int) -> None:
    """Take what is due, one after the other, until nothing is."""
    own_process.settle(lifeline)
    try:
        while (why := schedule.next_due(at=_now())) is not None:
            _take(why)
    except pairs.AlreadyAtIt:
        pass  # somebody takes one by hand; what is due then is taken after it
    except Exception as error:  # noqa: BLE001 - whatever it is, it is told; its text may name somebody
        _tell("a backup broke", error)


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


def _now() -> datetime:
    return timezone.now()  # noqa: TID251 - this process is where the clock is read
