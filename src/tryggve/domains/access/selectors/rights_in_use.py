"""Who has the widest rights, and which rights that somebody was given beside the role are not used."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from types import MappingProxyType
from typing import Final
from uuid import UUID

from tryggve.accounts import actions as account_actions
from tryggve.accounts import roles
from tryggve.accounts.models import User
from tryggve.accounts.roles import Area, Role
from tryggve.audit.models import Entry

UNUSED_AFTER: Final = timedelta(days=90)

# Deeds in the log that nobody does without that right: the areas are those that can be given beside a role.
USES: Final[Mapping[Area, frozenset[str]]] = MappingProxyType(
    {
        Area.SENSITIVE: frozenset({"customers.sensitive-viewed", "customers.sensitive-changed"}),
        Area.IMPORT: frozenset({"customers.import-previewed", "customers.import-confirmed"}),
        Area.ERASURE: frozenset(
            {
                "rights.erasure-asked",
                "rights.erasures-listed",
                "rights.due-listed",
                "rights.due-purged",
                "rights.keep-decided",
                "rights.retention-reviewed",
                "customers.import-undo-ordered",
            }
        ),
        Area.EXPORT: frozenset({"customers.exported", "rights.package-handed-out", "access.log-exported"}),
        Area.LOG: frozenset({"access.log-viewed", "access.log-verified", "access.log-exported"}),
    }
)


@dataclass(frozen=True, slots=True)
class Standing:
    """Of those who work here: how many there are, have the widest roles, and what they were given beside a role."""

    people: int
    owners: int
    captains: int
    given: int
    unused: int


def standing(*, at: datetime) -> Standing:
    """Three queries at the most."""
    here = list(User.objects.filter(is_active=True))
    return Standing(
        people=len(here),
        owners=sum(user.role == Role.OWNER for user in here),
        captains=sum(user.role == Role.CAPTAIN for user in here),
        given=sum(len(_given(user)) for user in here),
        unused=sum(map(len, unused(here, at=at).values())),
    )


def unused(people: Iterable[User], *, at: datetime) -> Mapping[UUID, Sequence[Area]]:
    """What each was given 90 days ago or before and has not used since, by the log. Two queries at the most.

    Whoever uses nothing of the kind isn't in it.
    """
    since = at - UNUSED_AFTER
    given = {user: areas for user in people if user.created_at <= since and (areas := _given(user))}
    if not given:
        return {}
    lately = _given_lately(given, since)
    used = _used(since)
    left = {
        user.pk: [
            area
            for area in areas
            if (user.pk, area) not in lately and not used.get(user.actor, set()) & USES[area]
        ]
        for user, areas in given.items()
    }
    return {person: areas for person, areas in left.items() if areas}


def _given(user: User) -> list[Area]:
    """Areas in which the person gets further than the role does."""
    usual = roles.ROLES[Role(user.role)]
    return [area for area in USES if roles.level_of(user.role, area, user.given) > usual[area]]


def _given_lately(people: Iterable[User], since: datetime) -> set[tuple[UUID | None, str]]:
    changes = Entry.objects.filter(
        action=account_actions.AREA_CHANGED.code,
        subject__in=[user.pk for user in people],
        recorded_at__gt=since,
    )
    return {(entry.subject, str(entry.facts["area"]).upper()) for entry in changes}


def _used(since: datetime) -> Mapping[str, set[str]]:
    deeds = Entry.objects.filter(action__in=set().union(*USES.values()), recorded_at__gt=since)
    found: dict[str, set[str]] = {}
    for actor, action in deeds.order_by().values_list("actor", "action").distinct():
        found.setdefault(actor, set()).add(action)
    return found
