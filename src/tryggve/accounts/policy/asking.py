"""Making the question from a request, a job or a command, and acting on what the policy answers."""

from datetime import datetime
from uuid import UUID

from allauth.account.authentication import get_authentication_records
from django.conf import settings
from django.http import HttpRequest

from tryggve.accounts import permissions, sign_ins, tokens, whereabouts
from tryggve.accounts.models import User
from tryggve.accounts.permissions import Permission
from tryggve.accounts.policy.question import Asker, Kind, Question, Session
from tryggve.accounts.policy.reach import NOBODY, Reach, reach_of
from tryggve.accounts.policy.rules import MOST_AHEAD_SECONDS, NOT_WITHIN_REACH, Answer, Refused, decide
from tryggve.accounts.roles import Level
from tryggve.audit import actors

_NOBODY = Asker(Kind.NOBODY, actors.ANONYMOUS)
_FACTOR = "mfa"


def of_request(request: HttpRequest, name: str, *, at: datetime) -> Question:
    """What this request wishes. A public page costs nothing: nobody is asked who comes."""
    if name == permissions.PUBLIC:
        return Question(_NOBODY, None, at, is_public=True)
    asked, user = permissions.declared().get(name), request.user
    if not isinstance(user, User):
        return Question(_NOBODY, asked, at)
    user.note_time(at)
    return Question(_person(user, asked), asked, at, session=session_of(request, user, at=at))


def of_program(request: HttpRequest, name: str, *, at: datetime) -> Question:
    """What a program wishes that shows a token: no more than its person may, and than the token was made for."""
    asked = permissions.declared().get(name)
    token = tokens.shown(request.headers.get("Authorization", ""), at=at)
    if token is None:
        return Question(_NOBODY, asked, at)
    request.api_token, user = token, token.user  # type: ignore[attr-defined]  # for the view
    user.note_time(at)
    level = min(user.level_in(asked.area), Level.READ) if asked and name in token.scopes else Level.NONE
    return Question(Asker(Kind.TOKEN, actors.token(token.pk), level, user.is_active), asked, at)


def of_job(user: User | None, name: str, *, at: datetime) -> Question:
    """Work that this person ordered: what they may now counts, not what they might when they ordered it."""
    asked = permissions.declared().get(name)
    if user is None:
        return Question(_NOBODY, asked, at)
    user.note_time(at)
    return Question(_person(user, asked, Kind.JOB), asked, at)


def of_machine(name: str, *, at: datetime) -> Question:
    """A command: who may read the data folder and its keys has an owner's rights on it."""
    asker = Asker(Kind.MACHINE, actors.this_account(), Level.CHANGE)
    return Question(asker, permissions.declared().get(name), at)


def require(question: Question) -> None:
    """Go on if the policy allows it. Raises Refused."""
    decision = decide(question)
    if decision.answer is not Answer.ALLOW:
        raise Refused(decision)


def require_within(reach: Reach, responsible: UUID | None) -> None:
    """Go on if the object that this person is responsible for is among those that may be seen. Raises Refused."""
    if not reach.covers(responsible):
        raise Refused(NOT_WITHIN_REACH)


def session_of(request: HttpRequest, user: User, *, at: datetime) -> Session | None:
    """What is known of the browser's session; None for one that was not begun here or has been ended."""
    facts = sign_ins.facts_of(request.session)
    if facts is None or sign_ins.is_ended(user, facts):
        return None
    now = at.timestamp()
    sight = whereabouts.sight_of(request.session, user=user, address=request.META.get("REMOTE_ADDR", ""))
    session = Session(
        is_recorded=True,
        age=now - facts.started,
        idle=now - facts.seen,
        factor_age=factor_age(request, user, at=at),
        is_own_device=facts.is_on_device(request.COOKIES.get(settings.DEVICE_COOKIE_NAME)),
        is_known_network=sight.is_known,
        country=sight.country,
        is_known_country=sight.is_known_country,
        is_hosting=sight.is_hosting,
        is_confirmed_here=sight.is_confirmed,
    )
    if session.is_own_device and not sign_ins.is_unseen(request):
        sign_ins.note_seen(request.session, facts, at=at)
    return session


def factor_age(request: HttpRequest, user: User, *, at: datetime) -> float | None:
    """Seconds since the second factor was last used in this session; None: never.

    A use that the clock has yet to come to, below nought, counts only where there is no other.
    """
    said, now = get_authentication_records(request, user), at.timestamp()
    ages = [now - one["at"] for one in said if one["method"] == _FACTOR]
    return min([age for age in ages if age >= -MOST_AHEAD_SECONDS] or ages, default=None)


def reach(request: HttpRequest) -> Reach:
    """Whose customers this request may see, asked once; nobody's for who has not signed in."""
    if not hasattr(request, "reach"):
        user = request.api_token.user if hasattr(request, "api_token") else request.user
        request.reach = (  # type: ignore[attr-defined]  # kept for the rest of the request
            reach_of(user) if isinstance(user, User) else NOBODY
        )
    found: Reach = request.reach  # type: ignore[attr-defined]
    return found


def _person(user: User, asked: Permission | None, kind: Kind = Kind.PERSON) -> Asker:
    level = user.level_in(asked.area) if asked else Level.NONE
    return Asker(kind, user.actor, level, user.is_active)
