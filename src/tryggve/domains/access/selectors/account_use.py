"""Which accounts are used by nobody, or by more than one, and what is left of those who have left."""

from collections.abc import Iterable, Iterator, Mapping
from datetime import datetime, timedelta
from itertools import combinations
from typing import Final, TypeVar
from uuid import UUID

from django.db.models import Max, Q

from tryggve.accounts import actions as account_actions
from tryggve.accounts import clock, handovers
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
# ISO 3166-1 alpha-2: whoever lives by the border, and telephones that take the mast on the other side.
_NEIGHBOURS: Final = frozenset(
    frozenset(pair.split("-")) for pair in ("DK-DE", "DK-SE", "FI-NO", "FI-SE", "NO-SE")
)


def last_seen(*, at: datetime) -> Mapping[UUID, datetime | None]:
    """When each account of who works here was used last; for one that never was, when it was made or opened again.

    None where all of that was before the clock was set back. Two queries.
    """
    come = Q(devices__last_seen_at__lte=at + clock.MOST_AHEAD)
    rows = User.objects.filter(is_active=True).annotate(device=Max("devices__last_seen_at", filter=come))
    seen = {
        person: moments for person, *moments in rows.values_list("pk", "created_at", "last_login", "device")
    }
    opened = audit.newest_of([account_actions.REOPENED.code], about=list(seen))
    return {person: _newest([*moments, opened.get(person)], at) for person, moments in seen.items()}


def dormant(*, at: datetime) -> frozenset[UUID]:
    """Whose account nobody has used for 45 days."""
    return frozenset(person for person, seen in last_seen(at=at).items() if is_dormant(seen, at=at))


def is_dormant(seen: datetime | None, *, at: datetime) -> bool:
    """Whether an account that was used last then has lain too long."""
    return not clock.is_within(DORMANT_AFTER, seen, at=at)


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
    lately = Q(user__left_at__range=(at - STEPS_WITHIN, at + clock.MOST_AHEAD))
    return LeavingStep.objects.filter(~lately, user__is_active=False, done_at=None).count()


def _newest(moments: Iterable[datetime | None], at: datetime) -> datetime | None:
    come = [one for one in moments if one is not None and not clock.is_ahead(one, at=at)]
    return max(come, default=None)


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
    countries = frozenset({one.country, other.country})
    is_near = len(countries) == 1 or countries in _NEIGHBOURS
    return not is_near and abs(one.last_seen_at - other.last_seen_at) < _TRAVELS
