"""Which accounts are used by nobody, or by more than one, and what is left of those who have left."""

from collections.abc import Iterable, Iterator, Mapping
from datetime import datetime, timedelta
from itertools import combinations
from typing import Final, TypeVar
from uuid import UUID

from django.db.models import Max, Q
from django.db.models.functions import Coalesce, Greatest

from tryggve.accounts import actions as account_actions
from tryggve.accounts import handovers
from tryggve.accounts.models import KnownNetwork, SignIn, User
from tryggve.audit import selectors as audit
from tryggve.domains.access.models import LeavingStep

_One = TypeVar("_One", SignIn, KnownNetwork)

DORMANT_AFTER: Final = timedelta(days=45)
STEPS_WITHIN: Final = timedelta(days=30)
LOOKED_BACK: Final = timedelta(days=30)
# Two computers of the same kind for so long at once, or two countries within so little time: that is no one person.
_AT_ONCE: Final = timedelta(hours=1)
_TRAVELS: Final = timedelta(hours=2)


def last_seen() -> Mapping[UUID, datetime]:
    """When each account of who works here was used last; for one that never was, when it was made or opened again.

    Two queries.
    """
    rows = User.objects.filter(is_active=True).annotate(
        seen=Greatest(
            "created_at",
            Coalesce("last_login", "created_at"),
            Coalesce(Max("devices__last_seen_at"), "created_at"),
        )
    )
    seen = dict(rows.values_list("pk", "seen"))
    opened = audit.newest_of([account_actions.REOPENED.code], about=list(seen))
    return {person: max(at, opened.get(person, at)) for person, at in seen.items()}


def dormant(*, at: datetime) -> frozenset[UUID]:
    """Whose account nobody has used for 45 days."""
    return frozenset(person for person, seen in last_seen().items() if at - seen > DORMANT_AFTER)


def shared(*, since: datetime | None, at: datetime) -> frozenset[UUID]:
    """Whose account seems to be used by several, by what happened after ``since`` and in the last 30 days.

    Two queries.
    """
    begin = max(at - LOOKED_BACK, since or at - LOOKED_BACK)
    sessions = SignIn.objects.filter(user__is_active=True, last_seen_at__gt=begin).select_related("device")
    networks = KnownNetwork.objects.filter(user__is_active=True, last_seen_at__gt=begin).exclude(country="")
    return frozenset(
        {one.user_id for one, other in _pairs(sessions) if _are_at_once(one, other)}
        | {one.user_id for one, other in _pairs(networks) if _is_too_far(one, other)}
    )


def left_behind() -> int:
    """Sessions, keys, tokens and the like that people who have left still have: all that leaving ends."""
    gone = list(User.objects.filter(is_active=False))
    sessions = SignIn.objects.filter(user__in=gone, ended_at=None).count()
    counts = [one.count for one in handovers.all_handovers() if one.count]
    return sessions + sum(count(user) for user in gone for count in counts)


def minutes_to_close(*, at: datetime) -> int:
    """From when an account was closed until its last session had ended, the longest of the last 30 days."""
    gone = User.objects.filter(is_active=False, left_at__gt=at - LOOKED_BACK)
    rows = gone.annotate(ended=Max("sign_ins__ended_at")).values_list("left_at", "ended")
    waits = [ended - left for left, ended in rows if left and ended and ended > left]
    return max(waits, default=timedelta()) // timedelta(minutes=1)


def steps_left(*, at: datetime) -> int:
    """What was to be done within a month after somebody left, and isn't."""
    gone = Q(user__is_active=False, user__left_at__lte=at - STEPS_WITHIN)
    return LeavingStep.objects.filter(gone, done_at=None).count()


def _pairs(rows: Iterable[_One]) -> Iterator[tuple[_One, _One]]:
    """Any two that are of one person."""
    own: dict[UUID, list[_One]] = {}
    for row in rows:
        own.setdefault(row.user_id, []).append(row)
    for those in own.values():
        yield from combinations(those, 2)


def _are_at_once(one: SignIn, other: SignIn) -> bool:
    if one.device_id == other.device_id or one.device.browser != other.device.browser:
        return False
    both = min(one.last_seen_at, other.last_seen_at) - max(one.started_at, other.started_at)
    return both >= _AT_ONCE


def _is_too_far(one: KnownNetwork, other: KnownNetwork) -> bool:
    return one.country != other.country and abs(one.last_seen_at - other.last_seen_at) < _TRAVELS
