"""One scan at a time on this machine: two would only make the disk slower."""

import fcntl
import os
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime

from tryggve.domains.datamap.models import Scan
from tryggve.lib import folders
from tryggve.lib.errors import Refusal


class AlreadyAtIt(Refusal):
    """A scan runs already, in another process."""


@contextmanager
def held() -> Iterator[None]:
    """The turn, until the block ends or the process does, however it does. Raises AlreadyAtIt."""
    held = os.open(folders.current().run / "datamap.lock", os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
    try:
        try:
            fcntl.flock(held, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            raise AlreadyAtIt from None
        yield
    finally:
        os.close(held)


def close_left_behind() -> int:
    """Scans whose process died wait for their turn again. Only with the turn held."""
    return Scan.objects.filter(state=Scan.State.RUNNING).update(state=Scan.State.WAITING)


def give_up(scan: Scan, *, at: datetime) -> None:
    """One that broke, in a way that nobody foresaw."""
    Scan.objects.filter(pk=scan.pk).update(state=Scan.State.FAILED, cause="broke", wanted="", ended_at=at)


def next_waiting() -> Scan | None:
    return Scan.objects.filter(state=Scan.State.WAITING, source__removed_at=None).order_by("asked_at").first()


def is_anything_waiting() -> bool:
    """Also one whose process died, which is told by nobody holding the turn."""
    return Scan.objects.filter(
        state__in=[Scan.State.WAITING, Scan.State.RUNNING], source__removed_at=None
    ).exists()
