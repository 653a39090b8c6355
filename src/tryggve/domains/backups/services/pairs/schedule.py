"""Which run is next."""

from contextlib import suppress
from datetime import datetime, timedelta
from typing import Final

from django.utils import timezone

from tryggve import vault
from tryggve.accounts import clock
from tryggve.domains.backups.engine import due
from tryggve.domains.backups.engine.due import Tried
from tryggve.domains.backups.models import Copy, Place, Run
from tryggve.domains.backups.selectors import places
from tryggve.domains.backups.services.pairs import causes, turns

_PAIRS: Final = (Run.Why.DUE, Run.Why.ASKED, Run.Why.UPGRADE)
_LOOKED_BACK: Final = timedelta(days=2)


def next_due(*, at: datetime) -> Run.Why | None:
    """What somebody asked for, or else what is due by itself; None while nothing is."""
    waiting = turns.next_waiting()
    if waiting is not None and waiting != Run.Why.ERASURE:
        return waiting
    return Run.Why.DUE if _is_due(at) else waiting


def _is_due(at: datetime) -> bool:
    if not Place.objects.filter(removed_at=None).exists():
        return False
    ended = Run.objects.filter(why__in=_PAIRS, began_at__gt=at - _LOOKED_BACK)
    rows = ended.filter(state__in=[Run.State.DONE, Run.State.FAILED])
    tried = [Tried(row.began_at, row.state == Run.State.DONE, row.cause in causes.FOR_PEOPLE) for row in rows]
    zone = timezone.get_default_timezone()
    if due.is_due(tried, at=at, zone=zone):
        return True
    # After one that failed a disk waits for the next try, which brings to it, too.
    last = next((one for one in tried if not clock.is_ahead(one.began_at, at=at)), None)
    is_idle = last is None or last.is_done or last.waits_for_people
    return is_idle and _has_come_back(since=due.last_quiet_hour(at, zone))


def _has_come_back(*, since: datetime) -> bool:
    """Whether a disk that is carried is here, and nothing was tried there since then."""
    awaited = Place.objects.filter(is_carried=True, removed_at=None)
    awaited = awaited.exclude(pk__in=Copy.objects.filter(run__began_at__gte=since).values("place"))
    if not awaited.exists():
        return False
    with suppress(vault.Locked):
        return any(not one.is_away for one in places.in_use() if awaited.filter(pk=one.id).exists())
    return False
