"""What each person may do, as it is changed: every change is an entry, and the next request is judged by it.

Sessions go on: the policy asks the person's row at each request. ``by`` is who changes it, None a command.
"""

from collections.abc import Iterable, Mapping
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from django.db import transaction
from django.db.models import Q
from django.utils.translation import gettext as _

from tryggve.accounts import actions, authority, roles, teams
from tryggve.accounts.authority import Changer
from tryggve.accounts.models import User
from tryggve.accounts.roles import Area, Level, Role, Scope
from tryggve.audit import services as audit
from tryggve.audit.registry import Action
from tryggve.lib.errors import Refusal

LONGEST_DEPUTY = timedelta(days=92)
_MAY_STAND_IN = frozenset({Role.EMPLOYEE})


class NoSuchPerson(Refusal):
    """Nobody who works here has that id."""


class LastOwner(Refusal):
    """Without this owner nobody could give anybody anything."""


class NotGivable(Refusal):
    """The table of roles doesn't allow that for this person."""


class NoDeputy(Refusal):
    """This person can't stand in, or not at that time."""


def locked(person: UUID, by: Changer, *, with_: UUID | None = None) -> tuple[User, Changer]:
    """The person and the changer as they are now, held until the transaction ends, with all owners and ``with_``.

    Raises NoSuchPerson, and NotYours for a changer whose account was closed meanwhile.
    """
    wanted = {person, with_, by.pk if by is not None else None} - {None}
    owners = Q(role=Role.OWNER, is_active=True)
    rows = User.objects.select_for_update().filter(owners | Q(pk__in=wanted)).order_by("pk")
    found = {user.pk: user for user in rows}
    if person not in found:
        raise NoSuchPerson(_("Nobody here has that account. Nothing was changed."))
    if by is None:
        return found[person], None
    changer = found.get(by.pk)
    if changer is None or not changer.is_active:
        raise authority.NotYours(_("Your account was closed meanwhile. Nothing was changed."))
    return found[person], changer


def require_another_owner(person: User) -> None:
    """Go on if somebody else is an owner and may sign in; ``locked`` holds them. Raises LastOwner."""
    others = User.objects.filter(role=Role.OWNER, is_active=True).exclude(pk=person.pk)
    if person.role == Role.OWNER and person.is_active and not others.exists():
        raise LastOwner(
            _(
                "This is the only owner. Nothing was changed. Make somebody else an owner first, then try again."
            )
        )


@transaction.atomic
def change_role(*, person: UUID, role: Role, by: Changer, at: datetime) -> None:
    """Make the person something else; what was given beside the old role ends. Raises NotYours and LastOwner."""
    user, changer = locked(person, by)
    if role == user.role:
        return
    authority.require_over(changer, user)
    authority.require_appointing(changer, role)
    require_another_owner(user)
    before, user.role, user.given = user.role, role, {}
    if role == Role.OWNER:
        user.scope = Scope.ALL
    if role not in _MAY_STAND_IN:
        user.deputy_from = user.deputy_until = None
    user.save(update_fields=["role", "given", "scope", "deputy_from", "deputy_until"])
    _record(actions.ROLE_CHANGED, user, changer, at, role=role.lower(), before=before.lower())


@transaction.atomic
def give(*, person: UUID, levels: Mapping[Area, Level], by: Changer, at: datetime) -> None:
    """Let this person get so far in those areas, whatever the role says; one entry an area.

    Raises NotYours, and NotGivable for more than roles.choices_for offers: then nothing is changed.
    """
    user, changer = locked(person, by)
    authority.require_over(changer, user)
    authority.require_owner(changer)
    for area, level in levels.items():
        before = roles.level_of(user.role, area, user.given)
        if level == before:
            continue
        _require_givable(user, area, level)
        user.given = {known: value for known, value in user.given.items() if known != area}
        if level != roles.ROLES[Role(user.role)][area]:
            user.given[area] = int(level)
        facts = {"area": area.lower(), "level": level.name.lower(), "before": before.name.lower()}
        _record(actions.AREA_CHANGED, user, changer, at, **facts)
    user.save(update_fields=["given"])


@transaction.atomic
def set_scope(
    *, person: UUID, scope: Scope, by: Changer, at: datetime, in_teams: Iterable[UUID] | None = None
) -> None:
    """Whose customers the person sees, and in which teams they are (None: as before). Raises NotYours, NotGivable."""
    user, changer = locked(person, by)
    authority.require_over(changer, user)
    if user.role == Role.OWNER and scope != Scope.ALL:
        raise NotGivable(_("An owner sees all customers. Nothing was changed."))
    if in_teams is not None:
        teams.put_in(user, set(in_teams), actor=authority.actor_of(changer), at=at)
    if scope == user.scope:
        return
    before, user.scope = user.scope, scope
    user.save(update_fields=["scope"])
    _record(actions.SCOPE_CHANGED, user, changer, at, scope=scope.lower(), before=before.lower())


@transaction.atomic
def make_deputy(*, person: UUID, starts: datetime, ends: datetime, by: Changer, at: datetime) -> None:
    """Let an employee stand in for the security captain from then to then. Raises NotYours and NoDeputy."""
    user, changer = locked(person, by)
    authority.require_over(changer, user)
    authority.require_own_standing(changer)
    if user.role not in _MAY_STAND_IN or not user.is_active:
        raise NoDeputy(_("Only an employee can be deputy. Nothing was changed."))
    if not starts < ends or ends <= at or ends - starts > LONGEST_DEPUTY:
        raise NoDeputy(
            _("A deputy stands in for at most %(days)d days, and not in the past. Nothing was changed.")
            % {"days": LONGEST_DEPUTY.days}
        )
    user.deputy_from, user.deputy_until = starts, ends
    user.save(update_fields=["deputy_from", "deputy_until"])
    _record(
        actions.DEPUTY_MADE,
        user,
        changer,
        at,
        starts=int(starts.timestamp()),
        ends=int(ends.timestamp()),
    )


@transaction.atomic
def end_deputy(*, person: UUID, by: Changer, at: datetime) -> None:
    """Nobody stands in any more; nothing happens for who didn't. Raises NotYours."""
    user, changer = locked(person, by)
    authority.require_over(changer, user)
    if user.deputy_until is None:
        return
    user.deputy_from = user.deputy_until = None
    user.save(update_fields=["deputy_from", "deputy_until"])
    _record(actions.DEPUTY_ENDED, user, changer, at)


def _require_givable(user: User, area: Area, level: Level) -> None:
    if level not in roles.choices_for(user.role, area):
        raise NotGivable(
            _("«%(area)s» can't be set so for this role. Nothing was changed.") % {"area": area.label}
        )


def _record(action: Action, user: User, by: Changer, at: datetime, **facts: Any) -> None:
    audit.record(action, actor=authority.actor_of(by), at=at, subject=user.pk, **facts)
