"""What people want of a scan: that it begins, waits, goes on or ends."""

from datetime import datetime, timedelta
from typing import Final
from uuid import UUID

from django.db import transaction

from tryggve.audit import actors
from tryggve.audit import services as audit
from tryggve.domains.datamap import actions, index_file, scan_jobs
from tryggve.domains.datamap.models import Scan, Source
from tryggve.domains.datamap.services.sources import NoSuchSource
from tryggve.lib.errors import Missing
from tryggve.routines import jobs

EVERY: Final = timedelta(days=30)
WATCHED_EVERY: Final = timedelta(minutes=10)
# Where it can't be known any more whose the values are that were found.
LOST_EVERY: Final = timedelta(minutes=10)
FAILED_EVERY: Final = timedelta(hours=1)
# One under way is enough; one that was stopped, somebody didn't want.
_WAIT_FOR_SOMEBODY: Final = Scan.OPEN | {Scan.State.STOPPED}


class NothingToDo(Missing):
    """There is no such scan in a state in which that could be wanted."""


@transaction.atomic
def ask(*, source: UUID, why: Scan.Why, actor: str, at: datetime) -> Scan:
    """The scan of that source that is under way, or a new one that waits for its turn. Raises NoSuchSource."""
    row = Source.objects.select_for_update().filter(pk=source, removed_at=None).first()
    if row is None:
        raise NoSuchSource(source)
    there = row.scans.filter(state__in=Scan.OPEN).first()
    if there is not None:
        return there
    scan = Scan.objects.create(source=row, why=why, asked_at=at)
    if why == Scan.Why.ASKED:
        audit.record(actions.SCAN_ASKED, actor=actor, at=at, source=str(source), scan=str(scan.pk))
        jobs.enqueue(scan_jobs.begin_scans)
    return scan


def ask_now(*, source: UUID, actor: str, at: datetime) -> Scan:
    """As somebody wants it. Raises NoSuchSource."""
    return ask(source=source, why=Scan.Why.ASKED, actor=actor, at=at)


def ask_for_due(*, at: datetime) -> None:
    """Each place once a month, a watched one every few minutes; one that somebody paused or stopped waits for them."""
    index = index_file.identity() if index_file.is_there() else ""
    for row in Source.objects.filter(removed_at=None):
        last = row.scans.order_by("-asked_at").first()
        if last is None or (
            last.state not in _WAIT_FOR_SOMEBODY and last.asked_at <= at - _every(row, last, index)
        ):
            why = Scan.Why.WATCH if row.is_watched else Scan.Why.MONTHLY
            ask(source=row.pk, why=why, actor=actors.SYSTEM, at=at)


def _every(row: Source, last: Scan, index: str) -> timedelta:
    """How long after the last scan the next one is due."""
    every = WATCHED_EVERY if row.is_watched else EVERY
    if last.state == Scan.State.FAILED:
        every = min(every, FAILED_EVERY)
    return min(every, LOST_EVERY) if row.index_ref not in {"", index} else every


def pause(scan: UUID) -> None:
    """One that runs hears it after the file it is at. Raises NothingToDo."""
    waits = Scan.objects.filter(pk=scan, state=Scan.State.WAITING).update(state=Scan.State.PAUSED)
    runs = Scan.objects.filter(pk=scan, state=Scan.State.RUNNING).update(wanted=Scan.State.PAUSED)
    _require_done(scan, waits + runs)


@transaction.atomic
def go_on(scan: UUID) -> None:
    """It waits for its turn, and goes on where it was. Raises NothingToDo."""
    waits = Scan.objects.filter(pk=scan, state=Scan.State.PAUSED).update(state=Scan.State.WAITING, wanted="")
    runs = Scan.objects.filter(pk=scan, state=Scan.State.RUNNING, wanted=Scan.State.PAUSED).update(wanted="")
    _require_done(scan, waits + runs)
    if waits:
        jobs.enqueue(scan_jobs.begin_scans)


def stop(scan: UUID, *, at: datetime) -> None:
    """What was found until then stays. Raises NothingToDo."""
    idle = Scan.objects.filter(pk=scan, state__in=[Scan.State.WAITING, Scan.State.PAUSED])
    waits = idle.update(state=Scan.State.STOPPED, ended_at=at)
    runs = Scan.objects.filter(pk=scan, state=Scan.State.RUNNING).update(wanted=Scan.State.STOPPED)
    _require_done(scan, waits + runs)


def _require_done(scan: UUID, changed: int) -> None:
    if not changed:
        raise NothingToDo(scan)
