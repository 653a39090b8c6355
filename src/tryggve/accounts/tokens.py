"""Tokens that the firm's own programs show to the API. What is shown once is 256 random bits; kept is a hash."""

from collections.abc import Collection, Mapping
from datetime import datetime, timedelta
from types import MappingProxyType
from uuid import UUID

from django.db import transaction
from django_stubs_ext import StrOrPromise

from tryggve.accounts import actions
from tryggve.accounts.models import ApiToken, User
from tryggve.audit import services as audit
from tryggve.lib import random_tokens

PREFIX = "tryggve_"
LONGEST_LIFE = timedelta(days=365)
# When a token was last used is kept with this accuracy.
_USED_EVERY = timedelta(minutes=1)
_SCHEME = "bearer"

_scopes: dict[str, StrOrPromise] = {}


def scope(permission: str, title: StrOrPromise) -> None:
    """Say that a token can be made for that permission; a domain does so in its ``permissions.py``."""
    _scopes[permission] = title


def scopes() -> Mapping[str, StrOrPromise]:
    """The permissions that a token can be made for, with what each opens in words."""
    return MappingProxyType(_scopes)


@transaction.atomic
def make(
    *, user: User, name: str, scopes: Collection[str], lasts: timedelta, actor: str, at: datetime
) -> str:
    """A new token for this person's programs, shown once: it is kept nowhere. It lasts a year at the most."""
    secret = PREFIX + random_tokens.new_token()
    row = ApiToken.objects.create(
        user=user,
        name=name,
        token_hash=random_tokens.hash_of(secret),
        scopes=sorted(scopes),
        made_at=at,
        expires_at=at + min(lasts, LONGEST_LIFE),
    )
    audit.record(
        actions.TOKEN_MADE, actor=actor, at=at, subject=user.pk, token=str(row.pk), scopes=sorted(scopes)
    )
    return secret


def shown(header: str, *, at: datetime) -> ApiToken | None:
    """The token that an Authorization header shows, with its person, while it lasts (RFC 6750); noted as used."""
    scheme, _, secret = header.partition(" ")
    if scheme.lower() != _SCHEME or not secret.startswith(PREFIX):
        return None
    alive = ApiToken.objects.select_related("user").filter(ended_at=None, expires_at__gt=at)
    token = alive.filter(token_hash=random_tokens.hash_of(secret)).first()
    if token and (token.last_used_at is None or at - token.last_used_at >= _USED_EVERY):
        token.last_used_at = at
        token.save(update_fields=["last_used_at"])
    return token


@transaction.atomic
def end(*, token: UUID, user: User, actor: str, at: datetime) -> bool:
    """From now on this token of that person opens nothing. Returns whether it did until now."""
    ended = ApiToken.objects.filter(pk=token, user=user, ended_at=None).update(ended_at=at)
    if ended:
        audit.record(actions.TOKEN_ENDED, actor=actor, at=at, subject=user.pk, token=str(token))
    return bool(ended)


def end_all(*, user: User, actor: str, at: datetime) -> int:
    """End every token of somebody who leaves; returns how many."""
    alive = list(ApiToken.objects.filter(user=user, ended_at=None).values_list("pk", flat=True))
    return sum(end(token=token, user=user, actor=actor, at=at) for token in alive)


def of(user: User) -> list[ApiToken]:
    """A person's tokens that were not ended, the newest first; some may have expired."""
    return list(ApiToken.objects.filter(user=user, ended_at=None).order_by("-made_at"))


def named() -> list[tuple[UUID, str, str]]:
    """Every token there ever was of people who have an account: its id, its name, whose it is."""
    return list(ApiToken.objects.order_by("name", "pk").values_list("pk", "name", "user__name"))
