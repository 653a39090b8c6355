"""Who has a second factor, and which sessions were begun without one."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from allauth.account.internal.flows.login import AUTHENTICATION_METHODS_SESSION_KEY
from allauth.mfa.models import Authenticator
from allauth.socialaccount.models import SocialAccount
from django.contrib.auth import SESSION_KEY
from django.contrib.sessions.models import Session

from tryggve.accounts import sign_ins
from tryggve.accounts.models import User
from tryggve.accounts.policy.rules import lasts_still
from tryggve.domains.access.models import IdentityProvider
from tryggve.domains.access.selectors.provider import key_of

_FACTOR = "mfa"
_SETTING_UP_SECONDS = 15 * 60.0


@dataclass(frozen=True, slots=True)
class Enrolment:
    """People with an account, how many have no second factor, and how many have a passkey.

    ``sessions_without``: open ones in which no second factor was used, but for those of the last few minutes, in which
    somebody may be setting up the first.
    """

    people: int
    without: int
    with_passkey: int
    sessions_without: int


def enrolment(*, at: datetime) -> Enrolment:
    """As it stands then."""
    people = list(User.objects.filter(is_active=True))
    have = holders(people)
    passkeys = Authenticator.objects.filter(type=Authenticator.Type.WEBAUTHN, user__in=people)
    return Enrolment(
        people=len(people),
        without=sum(person.pk not in have for person in people),
        with_passkey=passkeys.values("user").distinct().count(),
        sessions_without=sum(
            _is_without(held, at) for held in _open_sessions({person.pk: person for person in people}, at)
        ),
    )


def holders(people: Iterable[User]) -> frozenset[UUID]:
    """Those who have a second factor: here, or with another company's word for it and no password here.

    Who has a password here, too, could come in past that company with nothing else, and set up a factor of the own
    choice. Recovery codes alone are none.
    """
    every = list(people)
    here = Authenticator.objects.filter(user__in=every).exclude(type=Authenticator.Type.RECOVERY_CODES)
    elsewhere = vouched_for([person for person in every if not person.has_usable_password()])
    return frozenset(here.values_list("user", flat=True)) | elsewhere


def vouched_for(people: Sequence[User]) -> frozenset[UUID]:
    """Those whose second factor is asked for by the company whose word the owner has chosen to take for it."""
    trusted = IdentityProvider.objects.filter(trusts_factor=True).first() if people else None
    if trusted is None:
        return frozenset()
    linked = SocialAccount.objects.filter(user__in=people, provider=key_of(trusted.issuer))
    return frozenset(linked.values_list("user", flat=True))


def _open_sessions(people: Mapping[UUID, User], at: datetime) -> Iterator[Mapping[str, Any]]:
    """What is kept of each session that a page would still be shown in."""
    for session in Session.objects.filter(expire_date__gt=at).iterator():
        held = session.get_decoded()
        person = people.get(_id(held.get(SESSION_KEY)))
        if person is not None and _is_open(person, held, at):
            yield held


def _is_open(person: User, held: Mapping[str, Any], at: datetime) -> bool:
    kept = held.get(sign_ins.SESSION_KEY)
    if not isinstance(kept, dict):
        return False  # begun by nobody here: the gate turns it away
    facts = sign_ins.Facts(**kept)
    age, idle = at.timestamp() - facts.started, at.timestamp() - facts.seen
    return not sign_ins.is_ended(person, facts) and lasts_still(age=age, idle=idle)


def _is_without(held: Mapping[str, Any], at: datetime) -> bool:
    used = held.get(AUTHENTICATION_METHODS_SESSION_KEY, [])
    began = float(held[sign_ins.SESSION_KEY]["started"])
    return at.timestamp() - began > _SETTING_UP_SECONDS and all(one["method"] != _FACTOR for one in used)


def _id(kept: object) -> UUID:
    try:
        return UUID(str(kept))
    except ValueError:
        return UUID(int=0)
