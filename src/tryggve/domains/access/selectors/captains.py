"""Who answers for security, who steps in, and whether both are really there."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final
from uuid import UUID

from django.db.models import Max, Q

from tryggve.accounts import clock
from tryggve.accounts.models import Device, User
from tryggve.accounts.roles import Role
from tryggve.domains.access.models import LeavingStep, Standby
from tryggve.domains.access.selectors import second_factors

SEEN_WITHIN: Final = timedelta(days=30)
# To go through the list with whoever takes over.
HANDED_OVER_WITHIN: Final = timedelta(days=14)
MAY_STAND_BY: Final = frozenset({Role.OWNER, Role.CAPTAIN, Role.EMPLOYEE})


@dataclass(frozen=True, slots=True)
class Holder:
    """Somebody who has one of the two tasks.

    ``seen_at`` is None for who has not been here on any device we know, as far as the clock has come.
    """

    id: UUID
    name: str
    has_factor: bool
    seen_at: datetime | None

    def days_since_seen(self, at: datetime) -> int | None:
        return max(0, (at - self.seen_at).days) if self.seen_at else None

    def is_away(self, at: datetime) -> bool:
        """Whether nobody has seen them for over 30 days."""
        return not clock.is_within(SEEN_WITHIN, self.seen_at, at=at)


@dataclass(frozen=True, slots=True)
class Answering:
    """``captains`` are the owners as long as nobody is security captain, without whoever steps in."""

    captains: Sequence[Holder]
    deputy: Holder | None
    lists_open: int


def answering(*, at: datetime) -> Answering:
    """As it stands then."""
    captains, deputy = captains_of(_users()), _standby()
    ids = [user.pk for user in [*captains, *([deputy] if deputy else [])]]
    holders = _holders([*captains, *([deputy] if deputy else [])], ids, at)
    return Answering(
        captains=[holders[user.pk] for user in captains if deputy is None or user.pk != deputy.pk],
        deputy=holders[deputy.pk] if deputy else None,
        lists_open=_lists_open(at),
    )


def captains_of(people: Iterable[User]) -> list[User]:
    """Who answers for security: those with that role, else the owners."""
    here = [person for person in people if person.is_active]
    return [one for one in here if one.role == Role.CAPTAIN] or [
        one for one in here if one.role == Role.OWNER
    ]


def may_stand_by() -> Sequence[tuple[UUID, str]]:
    """Who can step in: everybody who works here and isn't the only one who answers; by name."""
    people = _users()
    captains = captains_of(people)
    only = captains[0].pk if len(captains) == 1 else None
    return [(one.pk, one.name) for one in people if one.role in MAY_STAND_BY and one.pk != only]


def standby_id() -> UUID | None:
    """Who was chosen to step in, if anybody was."""
    return Standby.objects.filter(pk=1).values_list("user", flat=True).first()


def _users() -> list[User]:
    return list(User.objects.filter(is_active=True).order_by("name", "pk"))


def _standby() -> User | None:
    row = Standby.objects.filter(pk=1).select_related("user").first()
    return row.user if row and row.user.is_active and row.user.role in MAY_STAND_BY else None


def _holders(users: Sequence[User], ids: Sequence[UUID], at: datetime) -> dict[UUID, Holder]:
    devices = Device.objects.filter(user__in=ids, last_seen_at__lte=at + clock.MOST_AHEAD)
    seen = dict(devices.values_list("user").annotate(seen=Max("last_seen_at")).order_by())
    with_factor = second_factors.holders(users)
    return {user.pk: Holder(user.pk, user.name, user.pk in with_factor, seen.get(user.pk)) for user in users}


def _lists_open(at: datetime) -> int:
    """How many people have left for a while, whose list of what is left to do isn't done."""
    lately = Q(user__left_at__range=(at - HANDED_OVER_WITHIN, at + clock.MOST_AHEAD))
    steps = LeavingStep.objects.filter(~lately, done_at=None, user__is_active=False)
    return steps.values("user").distinct().count()
