"""The process that measures what is due and writes down what was found; started for it, and ended when all is done."""

import logging
import secrets
import signal
import sys
from datetime import datetime

from django.db import connections
from django.utils import timezone

from tryggve.controls import measuring, turns, writing
from tryggve.controls.answers import Outcome
from tryggve.controls.measuring import Abandoned, Turn
from tryggve.routines import faults

logger = logging.getLogger(__name__)


def run(*, lifeline: int) -> None:
    """Measure all that is due; ends early when the lifeline's other end is closed or this process is asked to end."""
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(0))
    owner = secrets.token_hex(8)
    try:
        found = measuring.outcomes(turns.taking(owner=owner, now=_now), lifeline=lifeline)
        for turn, outcome in found:
            _keep(turn, outcome, owner)
    except Abandoned:
        logger.warning("measuring was ended with what had started it")
    finally:
        turns.give_back(owner=owner)


def _keep(turn: Turn, outcome: Outcome, owner: str) -> None:
    """What can't be written is told in the program's log, and measured again when the lease has run out."""
    try:
        writing.write(turn, outcome, owner=owner, received_at=_now())
    except Exception as error:  # noqa: BLE001 - the other controls go on
        fault = faults.fault_of(error)
        facts = {"control": turn.measure.control, "fault": fault.kind, "place": fault.place}
        logger.error("what was measured could not be written", extra={"facts": facts})
        connections.close_all()


def _now() -> datetime:
    return timezone.now()  # noqa: TID251 - this process is where the clock is read
