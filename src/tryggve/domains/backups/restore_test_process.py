"""The process of its own in which restore tests are made, so that the worker does other things meanwhile."""

import logging
from datetime import datetime
from typing import Final

from django.utils import timezone

from tryggve.domains.backups.services import restore_tests
from tryggve.domains.backups.services.pairs import AlreadyAtIt
from tryggve.routines import faults, own_process

logger = logging.getLogger(__name__)

_PROGRAM: Final = (
    "import django; django.setup(); "
    "from tryggve.domains.backups import restore_test_process; restore_test_process.run(lifeline=0)"
)


def start() -> bool:
    """Let such a process make the test that is due. False when the one that was started before is still at it."""
    return own_process.start(_PROGRAM)


def run(*, lifeline: int) -> None:
    """Make it, unless a backup is being taken; then it is due still."""
    own_process.settle(lifeline)
    try:
        if restore_tests.is_due(at=_now()):
            restore_tests.make(now=_now)
    except AlreadyAtIt:
        return
    except Exception as error:  # noqa: BLE001 - whatever it is, it is told; its text may name somebody
        fault = faults.fault_of(error)
        logger.error("a restore test broke", extra={"facts": {"fault": fault.kind, "place": fault.place}})


def _now() -> datetime:
    return timezone.now()  # noqa: TID251 - this process is where the clock is read
