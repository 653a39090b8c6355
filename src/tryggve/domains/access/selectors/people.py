from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from tryggve.accounts import authority, handovers, leaving, roles
from tryggve.accounts.models import Team, User
from tryggve.accounts.roles import Area, Level, Role
from tryggve.domains.access.models import Invitation, LeavingStep
from tryggve.domains.access.words import people as words
from tryggve.lib.errors import Missing


class NoSuchPerson(Missing):
    """Nobody here has or had that account."""


@dataclass(frozen=True, slots=True)
class Line:
    """Somebody who works here or did, in a sentence."""

    id: UUID
    name: str
    role: str
    may: str
    is_deputy: bool
    left_at: datetime | None


@dataclass(frozen=True, slots=True)
class Invited:
    """Somebody who was asked to come and hasn't yet."""

    id: UUID
    name: str
    email: str
    role: str
    expires_at: datetime
    is_open: bool


@dataclass(frozen=True, slots=True)
class Step:
    """Something on the list of what is left when somebody has left."""

    code: str
    title: str
    how: str
    done_at: datetime | None
    done_by: str


@dataclass(frozen=True, slots=True)
class Person:
    """One person's page. ``may_change``: the role and the rest, for who looks."""

    user: User
    role: str
    sentence: str
    differences: Sequence[str]
    teams: Sequence[str]
    has_customers: bool
    is_self: bool
    may_change: bool
    may_give: bool
    may_stand_in: bool
    steps: Sequence[Step]

    @property
    def last_deputy_day(self) -> datetime | None:
        """The last moment of it: it ends at the midnight after."""
        until = self.user.deputy_until
        return until - timedelta(microseconds=1) if until else None

    @property
    def steps_left(self) -> int:
        return sum(step.done_at is None for step in self.steps)


@dataclass(frozen=True, slots=True)
class People:
    """Everybody: who works here, who was invited, who has left."""

    here: Sequence[Line]
    invited: Sequence[Invited]
    left: Sequence[Line]


def everybody(*, at: datetime) -> People:
    found = users(at=at)
    return People(
        here=[_line(user) for user in found if user.is_active],
        invited=open_invitations(at=at),
        left=[_line(user) for user in found if not user.is_active],
    )


def users(*, at: datetime) -> Sequence[User]:
    """Every account by name; each knows whether it is a deputy's at that time."""
    found = list(User.objects.order_by("name", "pk"))
    for user in found:
        user.note_time(at)
    return found


def open_invitations(*, at: datetime) -> Sequence[Invited]:
    """Those nobody has used or withdrawn, the newest first; one that ran out can be sent anew."""
    rows = Invitation.objects.filter(used_at=None, withdrawn_at=None).order_by("-made_at", "pk")
    return [
        Invited(row.pk, row.name, row.email, str(Role(row.role).label), row.expires_at, row.is_open(at))
        for row in rows
    ]


def user_of(person: UUID, *, at: datetime) -> User:
    """The account, which knows whether it is a deputy's at that time. Raises NoSuchPerson."""
    user = User.objects.filter(pk=person).first()
    if user is None:
        raise NoSuchPerson
    user.note_time(at)
    return user


def user_called(text: str) -> User:
    """By e-mail address or id, as somebody types it. Raises NoSuchPerson."""
    user = User.objects.filter(email__iexact=text.strip()).first()
    if user is not None:
        return user
    try:
        found = User.objects.filter(pk=UUID(text.strip())).first()
    except ValueError:
        found = None
    if found is None:
        raise NoSuchPerson
    return found


def person_page(person: UUID, *, viewer: User, at: datetime) -> Person:
    """Raises NoSuchPerson."""
    user = user_of(person, at=at)
    may_change = authority.may_change(viewer, user)
    return Person(
        user=user,
        role=str(Role(user.role).label),
        sentence=words.sentence(user),
        differences=words.differences(user),
        teams=list(user.teams.order_by("name").values_list("name", flat=True)),
        has_customers=bool(roles.level_of(user.role, Area.CUSTOMERS, user.given)),
        is_self=viewer.pk == user.pk,
        may_change=may_change,
        may_give=may_change and viewer.role == Role.OWNER and user.role != Role.OWNER,
        may_stand_in=may_change and user.role == Role.EMPLOYEE,
        steps=steps_of(user) if not user.is_active else (),
    )


def steps_of(user: User) -> Sequence[Step]:
    """The list as it was made when the person left; a step that no domain knows any more shows its code."""
    rows = list(LeavingStep.objects.filter(user=user).order_by("pk"))
    doers = User.objects.filter(pk__in=[row.done_by_ref for row in rows])
    names: dict[UUID | None, str] = dict(doers.values_list("pk", "name"))
    found = []
    for row in rows:
        known = handovers.reminder(row.code)
        title, how = (str(known.title), str(known.how)) if known else (row.code, "")
        found.append(Step(row.code, title, how, row.done_at, names.get(row.done_by_ref, "")))
    return found


def what_leaving_does(user: User) -> Sequence[tuple[str, int | None]]:
    """Each sentence, and how many it is about where that is known."""
    return [(str(one.title), one.count(user) if one.count else None) for one in handovers.all_handovers()]


def successors(leaver: User) -> Sequence[tuple[UUID, str]]:
    """Who can take over, by name."""
    users = User.objects.filter(is_active=True).order_by("name", "pk")
    return [(user.pk, user.name) for user in users if leaving.may_succeed(user, leaver)]


def by_role() -> Sequence[tuple[str, Sequence[tuple[UUID, str, str]]]]:
    """Each role with who has it, and what is different for them."""
    users = list(User.objects.filter(is_active=True).order_by("name", "pk"))
    return [
        (
            str(role.label),
            [
                (user.pk, user.name, ", ".join(words.differences_with_scope(user)))
                for user in users
                if user.role == role
            ],
        )
        for role in Role
    ]


def teams() -> Sequence[tuple[Team, Sequence[str]]]:
    """Every team with the names of its members."""
    rows = Team.objects.order_by("name").prefetch_related("members")
    return [(team, sorted(user.name for user in team.members.all())) for team in rows]


def team(id: UUID) -> Team | None:
    return Team.objects.filter(pk=id).first()


def may_be_members() -> Sequence[tuple[UUID, str]]:
    """Everybody who works here and reaches customers, by name."""
    users = User.objects.filter(is_active=True).order_by("name", "pk")
    return [(user.pk, user.name) for user in users if user.level_in(Area.CUSTOMERS) > Level.NONE]


def _line(user: User) -> Line:
    may = words.may(user)
    return Line(
        id=user.pk,
        name=user.name,
        role=str(Role(user.role).label),
        may=f"{may[:1].upper()}{may[1:]}.",
        is_deputy=user.is_deputy,
        left_at=user.left_at,
    )
