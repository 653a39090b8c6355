"""Keeping what was last found, for pages and for the ladder."""

from collections.abc import Mapping
from datetime import datetime
from uuid import UUID

from django.db import transaction

from tryggve.domains.exposure.engine import ladder
from tryggve.domains.exposure.engine.mail import MailFindings
from tryggve.domains.exposure.engine.visit import SiteFindings
from tryggve.domains.exposure.models import Domain, DomainReading, Site, SiteReading


@transaction.atomic
def keep_mail(*, found: Mapping[UUID, MailFindings], at: datetime) -> None:
    """What stands about these domains now; one that was removed in the meantime is passed over."""
    there = Domain.objects.filter(removed_at=None).select_related("reading").in_bulk(found)
    for id, domain in there.items():
        before = getattr(domain, "reading", None)
        rung = int(ladder.rung_of(found[id]))
        stays = before is not None and before.rung == rung
        DomainReading.objects.update_or_create(
            domain=domain,
            defaults={
                "read_at": at,
                "troubles": [str(code) for code in found[id].troubles],
                "advice": [str(code) for code in found[id].advice],
                "level": int(found[id].level),
                "rung": rung,
                "rung_since": before.rung_since if before is not None and stays else at,
            },
        )


@transaction.atomic
def keep_sites(*, found: Mapping[UUID, SiteFindings], at: datetime) -> None:
    """What visitors meet at these sites now; one that was removed in the meantime is passed over."""
    for id in Site.objects.filter(pk__in=found, removed_at=None).values_list("pk", flat=True):
        told = found[id]
        SiteReading.objects.update_or_create(
            site_id=id,
            defaults={
                "read_at": at,
                "holes": [str(code) for code in told.holes],
                "tips": [str(code) for code in told.tips],
                "ends_at": told.certificate.ends_at if told.certificate else None,
            },
        )
