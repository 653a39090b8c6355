from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from allauth.mfa.models import Authenticator

from tryggve.accounts import sign_ins
from tryggve.accounts.models import Device, SignIn, User
from tryggve.accounts.policy.rules import IDLE_SECONDS, WHOLE_SESSION_SECONDS
from tryggve.domains.access.selectors import factors


@dataclass(frozen=True)
class Way:
    """One second factor as the page shows it."""

    pk: int
    kind: str
    name: str
    added_at: datetime
    used_at: datetime | None


@dataclass(frozen=True)
class OwnSignIn:
    """All of a person's own sign-in: factors, how many recovery codes are left, open sessions, known devices."""

    ways: list[Way]
    codes_left: int
    are_codes_kept: bool
    sessions: list[SignIn]
    devices: list[Device]
    this: SignIn | None


def own_sign_in(user: User, *, this: UUID | None, at: datetime) -> OwnSignIn:
    """As it stands now, and which of the sessions is this one. Raises vault.Locked without a service key."""
    own = factors.standing_of(user)
    begun = sign_ins.open_of(user, since=at - timedelta(seconds=WHOLE_SESSION_SECONDS))
    return OwnSignIn(
        ways=[_way(one) for one in own.ways],
        codes_left=own.codes_left,
        are_codes_kept=own.are_codes_kept,
        sessions=[one for one in begun if (at - one.last_seen_at).total_seconds() <= IDLE_SECONDS],
        devices=sign_ins.devices_of(user),
        this=next((one for one in begun if one.pk == this), None),
    )


def _way(one: Authenticator) -> Way:
    return Way(one.pk, factors.kind_of(one), one.data.get("name", ""), one.created_at, one.last_used_at)
