"""Sessions and the devices they were begun on.

What every request is judged by lies in Django's session, which is fetched anyway, and on the person's own row: so a
request costs no question more. The tables beside them are what people see and end. Of a device's token only a hash
is kept.
"""

import secrets
from collections.abc import Callable, Iterable
from dataclasses import asdict, dataclass, replace
from datetime import datetime, timedelta
from typing import Any, TypeVar
from uuid import UUID

from django.contrib.sessions.backends.base import SessionBase
from django.contrib.sessions.models import Session
from django.db import transaction
from django.db.models import Q, QuerySet
from django.http import HttpRequest

from tryggve.accounts.clock import MOST_AHEAD
from tryggve.accounts.models import Device, SignIn, User
from tryggve.lib import random_tokens

# Where Django's session keeps them.
SESSION_KEY = "signed_in"
# A session's last sight is written this often, not at each request.
_SEEN_EVERY_SECONDS = 60.0
_FORGOTTEN = "forgotten "  # what no hash begins with
_View = TypeVar("_View", bound=Callable[..., Any])


@dataclass(frozen=True, slots=True)
class Facts:
    """What Django's session knows of the sign-in that began it; times are in seconds since 1970."""

    id: str
    device: str
    started: float
    seen: float

    def is_on_device(self, token: str | None) -> bool:
        """Whether the token is that of the device which the session was begun on."""
        return token is not None and secrets.compare_digest(self.device, random_tokens.hash_of(token))


@transaction.atomic
def begin(
    *, session: SessionBase, user: User, device_token: str, browser: str, method: str, at: datetime
) -> tuple[SignIn, bool]:
    """Note that this person signed in on this device; whether the device is new to them comes with it."""
    device, is_new = Device.objects.get_or_create(
        user=user,
        token_hash=random_tokens.hash_of(device_token),
        defaults={"browser": browser, "first_seen_at": at, "last_seen_at": at},
    )
    if not is_new:
        device.browser, device.last_seen_at = browser, at
        device.save(update_fields=["browser", "last_seen_at"])
    row = SignIn.objects.create(user=user, device=device, method=method, started_at=at, last_seen_at=at)
    _keep(session, Facts(str(row.pk), device.token_hash, at.timestamp(), at.timestamp()))
    return row, is_new


def facts_of(session: SessionBase) -> Facts | None:
    """What the session knows; None for one that nobody began here."""
    kept = session.get(SESSION_KEY)
    return Facts(**kept) if isinstance(kept, dict) else None


def is_ended(user: User, facts: Facts) -> bool:
    """Whether that session was ended from elsewhere."""
    return facts.id in user.ended_sign_ins


def is_known_device(token: str, *, email: str | None = None) -> bool:
    """Whether somebody, or whoever has that address, signed in with this browser before."""
    devices = Device.objects.filter(token_hash=random_tokens.hash_of(token), user__is_active=True)
    return (devices if email is None else devices.filter(user__email__iexact=email)).exists()


def note_seen(session: SessionBase, facts: Facts, *, at: datetime) -> None:
    """Keep when the session was last used, with a minute's accuracy."""
    if at.timestamp() - facts.seen < _SEEN_EVERY_SECONDS:
        return
    _keep(session, replace(facts, seen=at.timestamp()))
    SignIn.objects.filter(pk=facts.id).update(last_seen_at=at)
    Device.objects.filter(sign_ins=UUID(facts.id)).update(last_seen_at=at)


def unseen(view: _View) -> _View:
    """Say of a view that no sight is kept there: its moment would tie what is written to who was there."""
    view.is_unseen = True  # type: ignore[attr-defined]  # a mark on a function
    return view


def is_unseen(request: HttpRequest) -> bool:
    """Whether the request is for such a view."""
    return request.resolver_match is not None and getattr(request.resolver_match.func, "is_unseen", False)


@transaction.atomic
def end(*, sign_ins: Iterable[UUID], user: User, at: datetime) -> int:
    """End those of a person's sessions: effective at the next request of each. Returns how many were open."""
    return _end(SignIn.objects.filter(pk__in=list(sign_ins)), user, at)


def end_this(*, session: SessionBase, user: User, at: datetime) -> None:
    """End the one that a browser's session belongs to; Django's session itself is its caller's to throw away."""
    if facts := facts_of(session):
        end(sign_ins=[UUID(facts.id)], user=user, at=at)


@transaction.atomic
def end_all(*, user: User, at: datetime, but: UUID | None = None) -> int:
    """End all of a person's sessions, but for one; returns how many were open."""
    return _end(SignIn.objects.exclude(pk=but) if but else SignIn.objects.all(), user, at)


def devices_of(user: User) -> list[Device]:
    """The browsers that a person is known by, the one that was used last first."""
    known = Device.objects.filter(user=user).exclude(token_hash__startswith=_FORGOTTEN)
    return list(known.order_by("-last_seen_at"))


@transaction.atomic
def forget_device(*, device: UUID, user: User, at: datetime) -> bool:
    """End a browser's sessions, and know it no more when somebody signs in with it; whether there was one."""
    _end(SignIn.objects.filter(device=device), user, at)
    # The row stays: without it nobody would know any more that its sessions were ended.
    gone = f"{_FORGOTTEN}{device.hex}"
    return Device.objects.filter(pk=device, user=user).update(token_hash=gone) > 0


def open_of(user: User, *, since: datetime) -> list[SignIn]:
    """A person's sessions that were begun since then and not ended, the newest first, with their devices."""
    rows = SignIn.objects.select_related("device").filter(user=user, ended_at=None, started_at__gte=since)
    return list(rows.order_by("-last_seen_at"))


def ahead(*, at: datetime) -> QuerySet[SignIn]:
    """Open sessions that were begun or used at a moment which the clock has yet to come to."""
    newest = at + MOST_AHEAD
    return SignIn.objects.filter(Q(started_at__gt=newest) | Q(last_seen_at__gt=newest), ended_at=None)


def forget_ended(*, now: datetime, older_than: timedelta) -> int:
    """Remove sessions that ran out, and what was noted of those that ended that long ago; returns how many.

    Those of before the clock was set back end: they would count again as soon as it has come there.
    """
    for user in User.objects.filter(sign_ins__in=ahead(at=now)).distinct():
        _end(ahead(at=now), user, now)
    SignIn.objects.filter(last_seen_at__lt=now - older_than).delete()
    known = {str(pk) for pk in SignIn.objects.exclude(ended_at=None).values_list("pk", flat=True)}
    for user in User.objects.exclude(ended_sign_ins=[]):
        kept = [one for one in user.ended_sign_ins if one in known]
        User.objects.filter(pk=user.pk, ended_sign_ins=user.ended_sign_ins).update(ended_sign_ins=kept)
    return Session.objects.filter(expire_date__lt=now).delete()[0]


def _end(chosen: Any, user: User, at: datetime) -> int:
    row = User.objects.select_for_update().get(pk=user.pk)
    ending = list(chosen.filter(user=row, ended_at=None).values_list("pk", flat=True))
    row.ended_sign_ins = [*row.ended_sign_ins, *map(str, ending)]
    row.save(update_fields=["ended_sign_ins"])
    return SignIn.objects.filter(pk__in=ending).update(ended_at=at)


def _keep(session: SessionBase, facts: Facts) -> None:
    session[SESSION_KEY] = asdict(facts)
