import logging
import os
import secrets
import threading
from collections.abc import Callable
from datetime import datetime

from django.db import close_old_connections, connections
from django.utils import timezone

from tryggve.routines import faults, jobs, services

logger = logging.getLogger(__name__)

IDLE_SECONDS = 1.0
LONGEST_WAIT_SECONDS = 30.0
# How long a job or routine may go on after the worker was asked to stop.
GRACE_SECONDS = 5.0
_RELEASE_SECONDS = 2.0
_MOST_DOUBLINGS = 5
_TOLD_EACH = 10


def run(stop: threading.Event) -> None:
    """Run due routines and queued jobs until ``stop`` is set; whatever fails is logged and the loop goes on.

    What is still running 5 seconds after ``stop`` is given back for the next start, and the process ends at
    once with status 0. Only one worker may run for a database: it takes jobs marked as running for abandoned.
    """
    owner = secrets.token_hex(8)
    ended = threading.Event()
    threading.Thread(target=_end_late_work, args=(stop, ended, owner), daemon=True).start()
    begin, troubles = services.start, _Troubles()
    try:
        while not stop.is_set():
            try:
                _begin(owner, begin)
                begin = services.plan
                _work(stop, owner, troubles)
            except Exception as error:  # noqa: BLE001 - the database may be away; it comes back
                wait = troubles.add(faults.fault_of(error))
                connections.close_all()
                stop.wait(wait)
    finally:
        ended.set()


class _Troubles:
    """What stumbles again and again, told now and then and waited for longer and longer."""

    def __init__(self) -> None:
        self._in_a_row = 0

    def add(self, fault: faults.Fault) -> float:
        """Count one more; answers how many seconds to wait. The first and every tenth stand in the log."""
        self._in_a_row += 1
        if self._in_a_row == 1 or self._in_a_row % _TOLD_EACH == 0:
            facts = {"fault": fault.kind, "place": fault.place, "in_a_row": self._in_a_row}
            logger.error("the worker stumbled", extra={"facts": facts})
        wait: float = IDLE_SECONDS * 2 ** min(self._in_a_row - 1, _MOST_DOUBLINGS)
        return min(LONGEST_WAIT_SECONDS, wait)

    def forget(self) -> None:
        self._in_a_row = 0


def _begin(owner: str, begin: Callable[..., None]) -> None:
    services.release(owner=owner)
    begin(now=_now())
    jobs.recover(at=_now())


def _work(stop: threading.Event, owner: str, troubles: _Troubles) -> None:
    while not stop.is_set():
        _work_once(stop, owner)
        troubles.forget()


def _work_once(stop: threading.Event, owner: str) -> None:
    close_old_connections()
    services.run_due(now=_now, owner=owner, is_stopped=stop.is_set)
    if not stop.is_set() and not jobs.run_next(owner=owner, now=_now):
        stop.wait(IDLE_SECONDS)


def _end_late_work(stop: threading.Event, ended: threading.Event, owner: str) -> None:
    stop.wait()
    if ended.wait(GRACE_SECONDS):
        return
    logger.warning("the worker stops in the middle of its work, which is run again at the next start")
    # In a thread of its own, as the unfinished work may hold the database's lock; then it counts as a crash.
    release = threading.Thread(target=_release, args=(owner,), daemon=True)
    release.start()
    release.join(_RELEASE_SECONDS)
    os._exit(0)


def _release(owner: str) -> None:
    jobs.release(owner=owner)
    services.release(owner=owner)


def _now() -> datetime:
    return timezone.now()  # noqa: TID251 - the worker is where the clock is read
