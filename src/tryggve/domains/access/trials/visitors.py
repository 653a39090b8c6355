"""Made-up people with browsers, to be used within a transaction that is never kept."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from importlib import import_module
from types import MappingProxyType
from typing import Any, Final
from uuid import UUID

from allauth.account.internal.flows.login import record_authentication
from django.conf import settings
from django.contrib.auth import login
from django.contrib.sessions.backends.base import SessionBase
from django.db.models import Max
from django.http import HttpRequest

from tryggve.accounts import networks, sign_ins, tokens, whereabouts
from tryggve.accounts import services as accounts
from tryggve.accounts.models import User
from tryggve.accounts.roles import Role
from tryggve.audit import actors
from tryggve.audit.models import Entry
from tryggve.lib import random_tokens
from tryggve.lib.ids import new_id

# RFC 5737: addresses of documentation, which nobody has.
HOME: Final = "192.0.2.1"
ELSEWHERE: Final = "198.51.100.1"
_NOTHING: Final[Mapping[str, str]] = MappingProxyType({})
_BROWSER: Final = "Firefox"


@dataclass(frozen=True, slots=True)
class Visitor:
    """Who knocks: what their browser or program shows, and from where. Without anything, a stranger.

    ``actor`` is what the log calls them, ``since`` the log's newest entry as they came, ``sign_in`` their session.
    """

    cookies: Mapping[str, str] = field(default_factory=lambda: _NOTHING)
    address: str = HOME
    token: str = ""
    actor: str = actors.ANONYMOUS
    since: int = 0
    sign_in: UUID | None = None


def person(role: Role) -> User:
    """Somebody of that role who can't sign in by any page: there is no password."""
    id = new_id()
    return accounts.create_user(
        email=f"{id}@trial.invalid", password=None, name="Trial", language="en", role=role
    )


def browser_of(
    user: User, *, began: datetime, at: datetime, factor_at: datetime | None, is_idle: bool = False
) -> Visitor:
    """A browser in which the person signed in then, and used the second factor when it says, if at all.

    It was last used now, or with ``is_idle`` never after it began.
    """
    request = HttpRequest()
    request.META["REMOTE_ADDR"] = HOME
    request.session = session = _new_session()
    login(request, user, settings.AUTHENTICATION_BACKENDS[0])
    device = random_tokens.new_token()
    row, _is_new = sign_ins.begin(
        session=session, user=user, device_token=device, browser=_BROWSER, method="trial", at=began
    )
    record_authentication(request, user, "password", at=began.timestamp())
    if factor_at is not None:
        record_authentication(request, user, "mfa", at=factor_at.timestamp())
        whereabouts.note_confirmed(session, user=user, network=networks.network_of(HOME), at=factor_at)
    facts = sign_ins.facts_of(session)
    if facts is not None and not is_idle:
        sign_ins.note_seen(session, facts, at=at)
    session.save()
    shown = {settings.SESSION_COOKIE_NAME: session.session_key or "", settings.DEVICE_COOKIE_NAME: device}
    return Visitor(cookies=shown, actor=user.actor, since=_newest_entry(), sign_in=row.pk)


def program_of(user: User, *, scopes: list[str], lasts: Any, at: datetime) -> Visitor:
    """A program with a token of that person's."""
    secret = tokens.make(user=user, name="trial", scopes=scopes, lasts=lasts, actor=user.actor, at=at)
    return Visitor(token=secret, since=_newest_entry())


def _new_session() -> SessionBase:
    store: SessionBase = import_module(settings.SESSION_ENGINE).SessionStore()
    return store


def _newest_entry() -> int:
    return Entry.objects.aggregate(newest=Max("pk"))["newest"] or 0
