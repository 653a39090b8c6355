"""What the process of its own does in which places are looked through."""

import logging
from datetime import datetime
from typing import Final

from django.utils import timezone

from tryggve import vault
from tryggve.domains.datamap import idle_disk
from tryggve.domains.datamap.models import Scan
from tryggve.domains.datamap.services import scans
from tryggve.routines import faults, own_process

logger = logging.getLogger(__name__)

# Whoever works at this computer goes before it.
_POLITENESS: Final = 19


def run(*, lifeline: int) -> None:
    """One scan after the other, until none waits."""
    own_process.settle(lifeline, politeness=_POLITENESS)
    idle_disk.settle()
    try:
        with scans.held():
            scans.close_left_behind()
            while (scan := scans.next_waiting()) is not None:
                _run(scan)
    except (scans.AlreadyAtIt, vault.Locked):
        return
    except Exception as error:  # noqa: BLE001 - whatever it is, it is told; its text may name somebody
        _tell(error)


def _run(scan: Scan) -> None:
    """One that breaks is over, so that others get their turn; it is tried again when it is due."""
    try:
        scans.run(scan, now=_now)
    except vault.Locked:
        raise
    except Exception as error:  # noqa: BLE001 - as above
        _tell(error)
        scans.give_up(scan, at=_now())


def _tell(error: Exception) -> None:
    fault = faults.fault_of(error)
    logger.error("a scan broke", extra={"facts": {"fault": fault.kind, "place": fault.place}})


def _now() -> datetime:
    return timezone.now()  # noqa: TID251 - this process is where the clock is read
