"""Whether a test is due."""

from datetime import datetime, timedelta
from typing import Final

from django.utils import timezone

from tryggve import vault
from tryggve.accounts import clock
from tryggve.audit import selectors as audit
from tryggve.audit.selectors import Filter
from tryggve.domains.backups import actions
from tryggve.domains.backups.engine import restore_test
from tryggve.domains.backups.engine.restore_test import Ended
from tryggve.domains.backups.models import RestoreTest
from tryggve.domains.backups.services.restore_tests import choosing

_OF_PLACES = frozenset(
    action.code for action in (actions.PLACE_ADDED, actions.PLACE_CHANGED, actions.PLACE_REMOVED)
)
_STATES = RestoreTest.State
# Of those in a row that couldn't be made, no more make a difference.
_LOOKED_BACK: Final = 12
YOUNG_ENOUGH: Final = timedelta(days=2)


def is_due(*, at: datetime) -> bool:
    """Whether somebody asked for one, or it is time for one."""
    if RestoreTest.objects.filter(state=_STATES.WAITING).exists():
        return True
    return restore_test.is_due(
        _newest(at),
        places_changed_at=_places_changed_at(),
        pair_at=choosing.newest_pair_at(at),
        at=at,
        zone=timezone.get_default_timezone(),
        is_open=_is_open,
    )


def _newest(at: datetime) -> Ended | None:
    """The newest that ended; what was written down before the clock was set back is none."""
    ended = RestoreTest.objects.exclude(state__in=[_STATES.WAITING, _STATES.RUNNING])
    rows = list(ended.filter(began_at__lte=at + clock.MOST_AHEAD)[:_LOOKED_BACK])
    if not rows:
        return None
    newest = rows[0]
    unknown = [row.state == _STATES.UNKNOWN for row in rows]
    age = timedelta(minutes=newest.found.get("data_age_minutes", 0))
    return Ended(
        newest.began_at,
        has_passed=newest.state == _STATES.PASSED,
        is_unknown=newest.state == _STATES.UNKNOWN,
        cause=newest.cause,
        in_a_row=[*unknown, False].index(False),
        is_of_old_pair=newest.state == _STATES.PASSED and age > YOUNG_ENOUGH,
    )


def _is_open() -> bool:
    try:
        vault.keyring().require_unlocked()
    except vault.Locked:
        return False
    return True


def _places_changed_at() -> datetime | None:
    newest = audit.newest_entries(limit=1, wanted=Filter(codes=_OF_PLACES))
    return newest[0].recorded_at if newest else None
