"""The end of somebody's time here, and its undoing."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from tryggve.accounts import actions, authority, handovers, people, sign_ins
from tryggve.accounts.authority import Changer
from tryggve.accounts.handovers import Leaving
from tryggve.accounts.models import KnownNetwork, User
from tryggve.accounts.roles import Area, Level
from tryggve.audit import services as audit
from tryggve.lib.errors import Refusal


class NotASuccessor(Refusal):
    """This person can't take over."""


class AlreadySo(Refusal):
    """The account is closed, or open, already."""


@dataclass(frozen=True, slots=True)
class Left:
    """What came of it: sessions that were open, and how many of each handover, by its code."""

    sessions: int
    handed_over: Mapping[str, int]


def may_succeed(user: User, leaver: User) -> bool:
    """Whether this person can take over: works here, and sees and changes customers."""
    return user.is_active and user.pk != leaver.pk and user.level_in(Area.CUSTOMERS) >= Level.CHANGE


@transaction.atomic
def leave(*, person: UUID, successor: UUID, by: Changer, at: datetime) -> Left:
    """Close the account, end its sessions, and run every handover; all of it or nothing.

    Raises as require_leavable does, and what a handover raises.
    """
    user, heir, changer = _leavable(person, successor, by)
    _close(user, at)
    sessions = sign_ins.end_all(user=user, at=at)
    step = Leaving(user, heir, authority.actor_of(changer), at)
    done = {one.code: one.run(step) for one in handovers.all_handovers()}
    _record_leaving(step, sessions, done)
    return Left(sessions, done)


@transaction.atomic
def require_leavable(*, person: UUID, successor: UUID, by: Changer) -> None:
    """Go on if leaving would not be refused. Raises NoSuchPerson, NotYours, LastOwner, NotASuccessor and AlreadySo."""
    _leavable(person, successor, by)


@transaction.atomic
def reopen(*, person: UUID, by: Changer, at: datetime) -> None:
    """Let somebody who left sign in again: in the same role, without what was ended. Raises NotYours, AlreadySo."""
    user, changer = people.locked(person, by)
    authority.require_over(changer, user)
    authority.require_owner(changer)
    if user.is_active:
        raise AlreadySo(_("This account is open already. Nothing was changed."))
    user.is_active, user.left_at = True, None
    user.save(update_fields=["is_active", "left_at"])
    audit.record(actions.REOPENED, actor=authority.actor_of(changer), at=at, subject=user.pk)


def _leavable(person: UUID, successor: UUID, by: Changer) -> tuple[User, User, Changer]:
    user, changer = people.locked(person, by, with_=successor)
    authority.require_over(changer, user)
    if not user.is_active:
        raise AlreadySo(_("This account is closed already. Nothing was changed."))
    people.require_another_owner(user)
    heir = User.objects.filter(pk=successor).first()
    if heir is None or not may_succeed(heir, user):
        raise NotASuccessor(
            _("Choose somebody who works here and may change customers. Nothing was changed.")
        )
    return user, heir, changer


def _close(user: User, at: datetime) -> None:
    user.is_active, user.left_at, user.given = False, at, {}
    user.deputy_from = user.deputy_until = None
    user.save(update_fields=["is_active", "left_at", "given", "deputy_from", "deputy_until"])
    user.teams.clear()
    KnownNetwork.objects.filter(user=user).delete()


def _record_leaving(step: Leaving, sessions: int, done: Mapping[str, int]) -> None:
    audit.record(
        actions.LEFT,
        actor=step.actor,
        at=step.at,
        subject=step.person.pk,
        successor=str(step.successor.pk),
        sessions=sessions,
        handed_over=[code for code, count in done.items() if count],
    )
