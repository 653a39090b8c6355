"""What a firm is asked first: one domain, of which both the mail and the website are looked at."""

from datetime import datetime
from typing import ClassVar
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from tryggve.domains.exposure import mail_hosts
from tryggve.domains.exposure.engine import names
from tryggve.domains.exposure.engine.names import NotAName
from tryggve.domains.exposure.models import Domain, Site
from tryggve.domains.exposure.services import domains, measuring, sites
from tryggve.domains.exposure.services.domains import KnownAlready, NotADomain
from tryggve.lib.errors import Refusal


class LentDomain(Refusal):
    """Everybody has an address there."""

    sentence: ClassVar = _(
        "%(name)s belongs to your mail provider, so nothing about it is yours to mend. Write a domain that is your "
        "own. If you have none, go on without."
    )


@transaction.atomic
def watch(*, told: str, actor: str, at: datetime) -> UUID:
    """Watch the domain's mail and its website, told as an address of either, and look at them soon.

    Raises NotADomain, LentDomain, KnownAlready where both are watched, and TooMany.
    """
    host = _name(told)
    name = host.removeprefix("www.")
    if name in mail_hosts.known().lent:
        raise LentDomain(name=name)
    domain = Domain.objects.filter(name=name, removed_at=None).first()
    has_site = Site.objects.filter(host__in=[host, name], removed_at=None).exists()
    if domain is not None and has_site:
        raise KnownAlready(name=names.shown(name))
    id = domain.pk if domain is not None else domains.add(told=name, actor=actor, at=at)
    if not has_site:
        sites.add(told=host, actor=actor, at=at)
    measuring.measure_again(actor=actor, at=at)
    return id


def _name(told: str) -> str:
    try:
        return names.normalised(told)
    except NotAName:
        raise NotADomain from None
