"""Visitors who must not be let in as they come, and what each must meet instead."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Final

from django.conf import settings

from tryggve.accounts import sign_ins
from tryggve.accounts.models import User
from tryggve.accounts.policy import rules
from tryggve.accounts.roles import Area, Role
from tryggve.domains.access.trials import visitors
from tryggve.domains.access.trials.doors import Door
from tryggve.domains.access.trials.knocking import Answer
from tryggve.domains.access.trials.visitors import Visitor

# Where customers' data is seen, changed, brought in, taken out or deleted.
DATA: Final = frozenset({Area.CUSTOMERS, Area.SENSITIVE, Area.IMPORT, Area.ERASURE, Area.EXPORT})
_A_LITTLE: Final = timedelta(minutes=1)
_LASTS: Final = timedelta(hours=1)


@dataclass(frozen=True, slots=True)
class Challenge:
    """Somebody who comes in a certain way.

    ``answer`` is what they must meet at that door, None for a door where it doesn't matter how they come.
    ``is_written``: whether the log must have it, as it does of everybody who is known.
    """

    plant: Callable[[datetime], Visitor]
    answer: Callable[[Door], Answer | None]
    is_written: bool = True


def _at_data(answer: Answer) -> Callable[[Door], Answer | None]:
    return lambda door: (
        answer if door.asked and not door.is_for_programs and door.asked.area in DATA else None
    )


def _at_step_up(answer: Answer) -> Callable[[Door], Answer | None]:
    return lambda door: answer if door.asked and not door.is_for_programs and door.asked.step_up else None


def _of_stranger(door: Door) -> Answer | None:
    if door.asked is None:
        return None
    return Answer.TOKEN if door.is_for_programs else Answer.SIGN_IN


def _of_password_alone(door: Door) -> Answer | None:
    if door.asked is None or door.is_for_programs:
        return None
    return Answer.OPENED if door.asked.before_second_factor else Answer.SET_UP


def _of_program(door: Door) -> Answer | None:
    return Answer.TOKEN if door.asked and door.is_for_programs else None


def _stranger(at: datetime) -> Visitor:
    return Visitor()


def _password_alone(at: datetime) -> Visitor:
    return visitors.browser_of(_owner(), began=at, at=at, factor_at=None)


def _on_other_device(at: datetime) -> Visitor:
    """The session's cookie was taken to a browser that isn't the one it was begun in."""
    own = visitors.browser_of(_owner(), began=at, at=at, factor_at=at)
    return replace(own, cookies={settings.SESSION_COOKIE_NAME: own.cookies[settings.SESSION_COOKIE_NAME]})


def _for_too_long(at: datetime) -> Visitor:
    began = at - timedelta(seconds=rules.WHOLE_SESSION_SECONDS) - _A_LITTLE
    return visitors.browser_of(_owner(), began=began, at=at, factor_at=at)


def _of_a_time_to_come(at: datetime) -> Visitor:
    """Signed in before the clock was set back: how long ago, nobody knows."""
    return visitors.browser_of(_owner(), began=at + _LASTS, at=at, factor_at=at)


def _left_alone(at: datetime) -> Visitor:
    began = at - timedelta(seconds=rules.IDLE_SECONDS) - _A_LITTLE
    return visitors.browser_of(_owner(), began=began, at=at, factor_at=at, is_idle=True)


def _ended(at: datetime) -> Visitor:
    user = _owner()
    visitor = visitors.browser_of(user, began=at, at=at, factor_at=at)
    sign_ins.end_all(user=user, at=at)
    return visitor


def _closed(at: datetime) -> Visitor:
    user = _owner()
    visitor = visitors.browser_of(user, began=at, at=at, factor_at=at)
    User.objects.filter(pk=user.pk).update(is_active=False, left_at=at)
    return visitor


def _elsewhere(at: datetime) -> Visitor:
    visitor = visitors.browser_of(_owner(), began=at, at=at, factor_at=at)
    return replace(visitor, address=visitors.ELSEWHERE)


def _with_old_factor(at: datetime) -> Visitor:
    used = at - timedelta(seconds=rules.FRESH_FACTOR_SECONDS) - _A_LITTLE
    return visitors.browser_of(_owner(), began=used, at=at, factor_at=used)


def _with_factor_of_a_time_to_come(at: datetime) -> Visitor:
    return visitors.browser_of(_owner(), began=at, at=at, factor_at=at + _LASTS)


def _of_other_role(at: datetime) -> Visitor:
    return visitors.browser_of(visitors.person(Role.SUPPLIER), began=at, at=at, factor_at=at)


def _with_old_token(at: datetime) -> Visitor:
    return visitors.program_of(_owner(), scopes=[], lasts=-_LASTS, at=at)


def _owner() -> User:
    """Whoever may open everything: what stops this person isn't the role."""
    return visitors.person(Role.OWNER)


# By a word for the program's own log.
CHALLENGES: Final = {
    "stranger": Challenge(_stranger, _of_stranger, is_written=False),
    "password-alone": Challenge(_password_alone, _of_password_alone, is_written=False),
    "other-device": Challenge(_on_other_device, _at_data(Answer.SIGN_IN)),
    "session-too-old": Challenge(_for_too_long, _at_data(Answer.SIGN_IN)),
    "session-ahead": Challenge(_of_a_time_to_come, _at_data(Answer.SIGN_IN)),
    "session-left-alone": Challenge(_left_alone, _at_data(Answer.SIGN_IN)),
    "session-ended": Challenge(_ended, _at_data(Answer.SIGN_IN)),
    "account-closed": Challenge(_closed, _at_data(Answer.SIGN_IN), is_written=False),
    "new-network": Challenge(_elsewhere, _at_step_up(Answer.ASKED_AGAIN)),
    "factor-too-old": Challenge(_with_old_factor, _at_step_up(Answer.ASKED_AGAIN)),
    "factor-ahead": Challenge(_with_factor_of_a_time_to_come, _at_step_up(Answer.ASKED_AGAIN)),
    "other-role": Challenge(_of_other_role, _at_data(Answer.REFUSED)),
    "token-too-old": Challenge(_with_old_token, _of_program, is_written=False),
}
