"""What the process does that the tests start and kill."""

import os
import signal
from datetime import datetime
from uuid import UUID

from tryggve.domains.outreach.models import Mailing
from tryggve.domains.outreach.services import sending
from tryggve.lib import write_points


def main(mailing: str, at: str, point: str, times: str) -> None:
    """Run the mailing's job as the worker would; killed when that point is passed for the time of that number."""
    passed = 0

    def reached(name: str) -> None:
        nonlocal passed
        passed += name == point
        if passed == int(times):
            os.kill(os.getpid(), signal.SIGKILL)

    write_points.cut_with(reached)
    turn = Mailing.objects.values_list("turn", flat=True).get(pk=mailing)
    sending.run(mailing=UUID(mailing), turn=turn, now=lambda: datetime.fromisoformat(at))
