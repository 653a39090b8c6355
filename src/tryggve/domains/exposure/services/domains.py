"""Domains that are watched: whether others could send mail in their names."""

import re
from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import ClassVar
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from tryggve.audit import services as audit
from tryggve.domains.exposure import actions
from tryggve.domains.exposure.engine import names
from tryggve.domains.exposure.engine.names import NotAName
from tryggve.domains.exposure.models import Domain
from tryggve.lib.errors import Missing, Refusal

# All are asked about in one measuring, side by side.
MOST_DOMAINS = 10
MOST_SELECTORS = 10
# So long what was removed can be taken back, and is then forgotten by the next removal.
UNDO = timedelta(days=30)
_SELECTOR = re.compile(r"(?!.{101})[a-z0-9]([a-z0-9_.-]*[a-z0-9])?")


class NotADomain(Refusal):
    """It can't be looked up from anywhere in the world."""

    sentence: ClassVar = _("This is no domain. Nothing was changed. Write it as in firm.se or firm.dk.")


class NotASelector(Refusal):
    """No key can stand there."""

    sentence: ClassVar = _(
        "“%(selector)s” can't be where a key for signing mail stands. Nothing was changed. Whoever keeps your mail "
        "knows what it is called, such as selector1."
    )


class KnownAlready(Refusal):
    """It is watched."""

    sentence: ClassVar = _("%(name)s is watched already. Nothing was changed.")


class TooMany(Refusal):
    """One measuring wouldn't come through them."""

    sentence: ClassVar = _(
        "Tryggve watches at most %(most)s of these. Nothing was changed. Take one away that you don't use."
    )


class NoSuchDomain(Missing):
    """It isn't watched, or not any more."""


@transaction.atomic
def add(
    *,
    told: str,
    actor: str,
    at: datetime,
    kind: Domain.Kind = Domain.Kind.SENDS,
    selectors: Iterable[str] = (),
) -> UUID:
    """Watch this domain, told as people write it, from a mail address, too.

    Raises NotADomain, NotASelector, KnownAlready and TooMany.
    """
    name, keys = _name(told), _selectors(selectors)
    if Domain.objects.filter(name=name, removed_at=None).exists():
        raise KnownAlready(name=names.shown(name))
    _require_room()
    said = {"kind": kind, "selectors": keys, "added_at": at, "removed_at": None}
    domain, _is_new = Domain.objects.update_or_create(name=name, defaults=said)
    audit.record(actions.DOMAIN_ADDED, actor=actor, at=at, domain=str(domain.pk), kind=kind.lower())
    return domain.pk


@transaction.atomic
def change(*, domain: UUID, kind: Domain.Kind, selectors: Iterable[str], actor: str, at: datetime) -> None:
    """Say how the domain is used, and where its keys stand. Raises NoSuchDomain and NotASelector."""
    keys = _selectors(selectors)
    if not Domain.objects.filter(pk=domain, removed_at=None).update(kind=kind, selectors=keys):
        raise NoSuchDomain
    audit.record(
        actions.DOMAIN_CHANGED, actor=actor, at=at, domain=str(domain), kind=kind.lower(), selectors=len(keys)
    )


@transaction.atomic
def remove(*, domain: UUID, actor: str, at: datetime) -> None:
    """Watch it no more; it can be taken back for 30 days. Raises NoSuchDomain."""
    if not Domain.objects.filter(pk=domain, removed_at=None).update(removed_at=at):
        raise NoSuchDomain
    Domain.objects.filter(removed_at__lte=at - UNDO).delete()
    audit.record(actions.DOMAIN_REMOVED, actor=actor, at=at, domain=str(domain))


@transaction.atomic
def restore(*, domain: UUID, actor: str, at: datetime) -> None:
    """Watch it again as before it was removed. Raises NoSuchDomain and TooMany."""
    gone = Domain.objects.filter(pk=domain, removed_at__gt=at - UNDO).first()
    if gone is None:
        raise NoSuchDomain
    _require_room()
    Domain.objects.filter(pk=domain).update(removed_at=None)
    audit.record(actions.DOMAIN_ADDED, actor=actor, at=at, domain=str(domain), kind=gone.kind.lower())


def _require_room() -> None:
    if Domain.objects.filter(removed_at=None).count() >= MOST_DOMAINS:
        raise TooMany(most=MOST_DOMAINS)


def _name(told: str) -> str:
    try:
        return names.normalised(told)
    except NotAName:
        raise NotADomain from None


def _selectors(told: Iterable[str]) -> list[str]:
    found = list(dict.fromkeys(one.strip().lower() for one in told if one.strip()))
    for one in found:
        if not _SELECTOR.fullmatch(one) or ".." in one:
            raise NotASelector(selector=one)
    if len(found) > MOST_SELECTORS:
        raise TooMany(most=MOST_SELECTORS)
    return found
