from collections.abc import Iterable
from datetime import datetime
from uuid import UUID

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from tryggve.accounts import actions, authority
from tryggve.accounts.authority import Changer
from tryggve.accounts.models import Team, User
from tryggve.accounts.roles import Role
from tryggve.audit import services as audit
from tryggve.lib.errors import Refusal


class TeamNameTaken(Refusal):
    """Another team is called that."""


class NoSuchTeam(Refusal):
    """It was removed, or never was."""


@transaction.atomic
def make_team(*, name: str, by: Changer, at: datetime) -> Team:
    """A team without members. Raises TeamNameTaken."""
    team = Team(name=name)
    _save(team)
    audit.record(actions.TEAM_MADE, actor=authority.actor_of(by), at=at, team=str(team.pk))
    return team


@transaction.atomic
def rename_team(*, team: UUID, name: str, by: Changer, at: datetime) -> None:
    """Raises NoSuchTeam and TeamNameTaken."""
    row = _locked(team)
    if name == row.name:
        return
    row.name = name
    _save(row)
    audit.record(actions.TEAM_RENAMED, actor=authority.actor_of(by), at=at, team=str(row.pk))


@transaction.atomic
def remove_team(*, team: UUID, by: Changer, at: datetime) -> None:
    """Its members see their own customers only from now on, as far as they saw those of this team.

    Raises NoSuchTeam.
    """
    row = _locked(team)
    members = row.members.count()
    row.delete()
    audit.record(actions.TEAM_REMOVED, actor=authority.actor_of(by), at=at, team=str(team), members=members)


@transaction.atomic
def set_members(*, team: UUID, members: Iterable[UUID], by: Changer, at: datetime) -> None:
    """Exactly these people are in the team from now on, of those who work here. Raises NoSuchTeam and NotYours."""
    row = _locked(team)
    wanted = set(User.objects.filter(pk__in=list(members), is_active=True).values_list("pk", flat=True))
    now = set(row.members.values_list("pk", flat=True))
    changed = User.objects.filter(pk__in=wanted ^ now).order_by("pk")
    for user in changed:
        if by is not None and by.role != Role.OWNER:
            authority.require_other(by, user)
        _put(user, row, is_in=user.pk in wanted, actor=authority.actor_of(by), at=at)


def put_in(user: User, wanted: set[UUID], *, actor: str, at: datetime) -> None:
    """Exactly these teams are the person's from now on; in the caller's transaction, which asked who may."""
    for team in Team.objects.order_by("pk"):
        is_in = team.pk in wanted
        if is_in != user.teams.filter(pk=team.pk).exists():
            _put(user, team, is_in=is_in, actor=actor, at=at)


def _put(user: User, team: Team, *, is_in: bool, actor: str, at: datetime) -> None:
    if is_in:
        user.teams.add(team)
    else:
        user.teams.remove(team)
    action = actions.JOINED_TEAM if is_in else actions.LEFT_TEAM
    audit.record(action, actor=actor, at=at, subject=user.pk, team=str(team.pk))


def _locked(team: UUID) -> Team:
    row = Team.objects.select_for_update().filter(pk=team).first()
    if row is None:
        raise NoSuchTeam(_("There is no such team any more. Nothing was changed."))
    return row


def _save(team: Team) -> None:
    try:
        with transaction.atomic():
            team.save()
    except IntegrityError as cause:
        raise TeamNameTaken(_("Another team is called that. Nothing was changed.")) from cause
