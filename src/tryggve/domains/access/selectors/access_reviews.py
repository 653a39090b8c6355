"""Everybody who has access, as somebody goes through it each quarter."""

import hashlib
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Final
from uuid import UUID

from django.utils import timezone

from tryggve.accounts import actions as account_actions
from tryggve.accounts import authority, clock
from tryggve.accounts import selectors as accounts
from tryggve.accounts.models import User
from tryggve.accounts.roles import Area, Role
from tryggve.audit import canonical
from tryggve.audit.models import Entry
from tryggve.domains.access.models import AccessReview
from tryggve.domains.access.selectors import account_use, rights_in_use
from tryggve.domains.access.words import people as words

# A quarter, and a week to get to it.
LASTS: Final = timedelta(days=99)

_CHANGES: Final = frozenset(
    {
        account_actions.ROLE_CHANGED.code,
        account_actions.AREA_CHANGED.code,
        account_actions.SCOPE_CHANGED.code,
        account_actions.DEPUTY_MADE.code,
        account_actions.DEPUTY_ENDED.code,
        account_actions.JOINED_TEAM.code,
        account_actions.LEFT_TEAM.code,
    }
)
_ENDS: Final = frozenset({account_actions.LEFT.code})


@dataclass(frozen=True, slots=True)
class Line:
    """One person with access, and what speaks for a change. ``stamp`` is another as soon as the access is.

    ``seen_on`` is None where that was before the clock was set back. ``unused``: rights in words that weren't used for
    90 days. ``may_change``: by who looks.
    """

    id: UUID
    name: str
    role: str
    may: str
    stamp: str
    seen_on: date | None
    is_dormant: bool
    is_shared: bool
    unused: Sequence[str]
    is_changed: bool
    is_self: bool
    may_change: bool

    @property
    def is_remarkable(self) -> bool:
        return self.is_dormant or self.is_shared or bool(self.unused)


@dataclass(frozen=True, slots=True)
class Last:
    """When it was gone through last, and by whom; empty for who has no account any more."""

    at: datetime
    by: str


def last_review(*, at: datetime) -> AccessReview | None:
    """The newest as far as the clock has come. One query."""
    come = AccessReview.objects.filter(done_at__lte=at + clock.MOST_AHEAD)
    return come.order_by("-done_at").first()


def last(*, at: datetime) -> Last | None:
    """The same in words. Two queries at the most."""
    row = last_review(at=at)
    if row is None:
        return None
    return Last(row.done_at, accounts.name_of(row.by_ref) if row.by_ref else "")


def lines(*, viewer: User, at: datetime) -> Sequence[Line]:
    """Everybody who works here, those first about whom there is something to think. As many queries for few as many."""
    review = last_review(at=at)
    since = review.done_at if review else None
    people = people_with_access(at=at)
    seen, unused = account_use.last_seen(at=at), rights_in_use.unused(people, at=at)
    shared, changed = account_use.shared(since=since, at=at), changed_since(since, at=at)
    found = [
        Line(
            id=user.pk,
            name=user.name,
            role=str(Role(user.role).label),
            may=_sentence(user),
            stamp=stamp_of(user),
            seen_on=_day(seen.get(user.pk)),
            is_dormant=account_use.is_dormant(seen.get(user.pk), at=at),
            is_shared=user.pk in shared,
            unused=[words.may_also(Area(area)) for area in unused.get(user.pk, ())],
            is_changed=user.pk in changed,
            is_self=user.pk == viewer.pk,
            may_change=authority.may_change(viewer, user),
        )
        for user in people
    ]
    return sorted(found, key=lambda line: not line.is_remarkable)


def people_with_access(*, at: datetime) -> Sequence[User]:
    """Who works here, by name, with their teams; each knows whether it is a deputy's at that time. Two queries."""
    found = list(User.objects.filter(is_active=True).order_by("name", "pk").prefetch_related("teams"))
    for user in found:
        user.note_time(at)
    return found


def stamp_of(user: User) -> str:
    """A short digest of who it is and what they may: what somebody said of one is said of no other."""
    said = {
        "deputy": user.is_deputy,
        "given": {area: int(level) for area, level in user.given.items()},
        "person": str(user.pk),
        "role": user.role,
        "scope": user.scope,
        "teams": sorted(str(team.pk) for team in user.teams.all()),
    }
    return hashlib.sha256(canonical.encode(said).encode()).hexdigest()[:24]


def changed_since(since: datetime | None, *, at: datetime) -> frozenset[UUID]:
    """Whose access was changed since then, or in the last quarter where it was never gone through. One query."""
    return _subjects(_CHANGES, since or at - LASTS)


def closed_since(since: datetime | None, *, at: datetime) -> frozenset[UUID]:
    """Whose account was closed since then. One query."""
    return _subjects(_ENDS, since or at - LASTS)


def _subjects(actions: Collection[str], since: datetime) -> frozenset[UUID]:
    rows = Entry.objects.filter(action__in=actions, recorded_at__gt=since).order_by()
    return frozenset(one for one in rows.values_list("subject", flat=True) if one is not None)


def _day(moment: datetime | None) -> date | None:
    return timezone.localdate(moment) if moment else None


def _sentence(user: User) -> str:
    may = words.may(user)
    return f"{may[:1].upper()}{may[1:]}."
