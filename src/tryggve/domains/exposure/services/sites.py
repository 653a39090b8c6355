"""Websites that are watched: whether visitors get in, and safely."""

from datetime import datetime
from typing import ClassVar
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from tryggve.audit import services as audit
from tryggve.domains.exposure import actions
from tryggve.domains.exposure.engine import names
from tryggve.domains.exposure.engine.names import NotAName
from tryggve.domains.exposure.models import Site
from tryggve.domains.exposure.services.domains import UNDO, KnownAlready, TooMany
from tryggve.lib.errors import Missing, Refusal

# All are visited in one measuring, side by side.
MOST_SITES = 10


class NotASite(Refusal):
    """Nobody in the world could visit it by that name."""

    sentence: ClassVar = _(
        "This is no website's address. Nothing was changed. Write it as in www.firm.se or https://firm.dk."
    )


class NoSuchSite(Missing):
    """It isn't watched, or not any more."""


@transaction.atomic
def add(*, told: str, actor: str, at: datetime) -> UUID:
    """Watch this site, told as people write it. Raises NotASite, KnownAlready and TooMany."""
    try:
        host = names.normalised(told)
    except NotAName:
        raise NotASite from None
    if Site.objects.filter(host=host, removed_at=None).exists():
        raise KnownAlready(name=names.shown(host))
    _require_room()
    site, _is_new = Site.objects.update_or_create(host=host, defaults={"added_at": at, "removed_at": None})
    audit.record(actions.SITE_ADDED, actor=actor, at=at, site=str(site.pk))
    return site.pk


@transaction.atomic
def remove(*, site: UUID, actor: str, at: datetime) -> None:
    """Watch it no more; it can be taken back for 30 days. Raises NoSuchSite."""
    if not Site.objects.filter(pk=site, removed_at=None).update(removed_at=at):
        raise NoSuchSite
    Site.objects.filter(removed_at__lte=at - UNDO).delete()
    audit.record(actions.SITE_REMOVED, actor=actor, at=at, site=str(site))


@transaction.atomic
def restore(*, site: UUID, actor: str, at: datetime) -> None:
    """Watch it again. Raises NoSuchSite and TooMany."""
    if not Site.objects.filter(pk=site, removed_at__gt=at - UNDO).exists():
        raise NoSuchSite
    _require_room()
    Site.objects.filter(pk=site).update(removed_at=None)
    audit.record(actions.SITE_ADDED, actor=actor, at=at, site=str(site))


def _require_room() -> None:
    if Site.objects.filter(removed_at=None).count() >= MOST_SITES:
        raise TooMany(most=MOST_SITES)
