"""How old everybody's password is, and what calls for another one."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final
from uuid import UUID

from django.db.models import Q

from tryggve.accounts import clock
from tryggve.accounts.models import User
from tryggve.domains.access.models import LeavingStep, PasswordRequest, PasswordRule

# What is on the list of who has left because they knew a password.
_KNOWN_BY_LEAVERS: Final = ("access.shared-passwords", "access.wifi")
# The guides say the same day; who leaves on a Friday evening leaves a Monday to do it.
_FOR_LEAVERS: Final = timedelta(days=3)


@dataclass(frozen=True, slots=True)
class Password:
    """One person's: how many days old, whether that is too much, and why another one was asked for (a code).

    ``days`` is None for one that was chosen before the clock was set back: then it counts as too old for any limit.
    """

    person: UUID
    name: str
    days: int | None
    is_too_old: bool
    asked_for: str
    is_marked: bool


@dataclass(frozen=True, slots=True)
class Passwords:
    """Everybody's who works here and has one, the oldest first.

    ``longest_days``: what the company has chosen, None for nothing yet, 0 for as old as they like. ``left_open``: how
    many lists of people who have left say that a password they knew is still to be changed.
    """

    longest_days: int | None
    people: Sequence[Password]
    left_open: int


def passwords(*, at: datetime) -> Passwords:
    """As they stand then."""
    return of(User.objects.filter(is_active=True), at=at)


def of(people: Iterable[User], *, at: datetime) -> Passwords:
    """The same of people who were fetched already."""
    rule = PasswordRule.objects.filter(pk=1).first()
    asked = requests()
    users = [user for user in people if user.has_usable_password()]
    lines = [_line(user, rule, asked.get(user.pk), at) for user in users]
    return Passwords(
        longest_days=rule.longest_days if rule else None,
        people=sorted(lines, key=lambda one: (one.days is not None, -(one.days or 0), one.name, one.person)),
        left_open=_left_open(at),
    )


def requests() -> Mapping[UUID, PasswordRequest]:
    """Who was asked for another password and hasn't chosen one since."""
    return {row.user_id: row for row in PasswordRequest.objects.all()}


def set_at(user: User) -> datetime:
    """When the password was chosen."""
    return user.password_set_at or user.created_at


def _line(user: User, rule: PasswordRule | None, asked: PasswordRequest | None, at: datetime) -> Password:
    chosen_at = set_at(user)
    days = None if clock.is_ahead(chosen_at, at=at) else max(0, (at - chosen_at).days)
    longest = rule.longest_days if rule else 0
    return Password(
        person=user.pk,
        name=user.name,
        days=days,
        is_too_old=bool(longest) and (days is None or days > longest),
        asked_for=asked.reason if asked else "",
        is_marked=user.is_marked,
    )


def _left_open(at: datetime) -> int:
    """Of people who have left and not come back."""
    lately = Q(user__left_at__range=(at - _FOR_LEAVERS, at + clock.MOST_AHEAD))
    steps = LeavingStep.objects.filter(
        ~lately, code__in=_KNOWN_BY_LEAVERS, done_at=None, user__is_active=False
    )
    return steps.values("user").distinct().count()
