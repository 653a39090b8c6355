"""Reports of receivers, handed in by a person, and what people say of those who send."""

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import ClassVar, Final
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext_lazy as _
from django_stubs_ext import StrOrPromise

from tryggve.audit import services as audit
from tryggve.domains.exposure import actions
from tryggve.domains.exposure.engine import names, receiver_reports
from tryggve.domains.exposure.engine.receiver_reports import NotAReport
from tryggve.domains.exposure.models import Domain, JudgedSender, ReceiverReport, UnprovenMail
from tryggve.domains.exposure.services.domains import NoSuchDomain
from tryggve.lib import sandbox
from tryggve.lib.errors import Missing, Refusal

LARGEST_FILE: Final = 4 * 1024**2
_KEPT: Final = timedelta(days=400)
_PARTS = sandbox.register(
    "tryggve.domains.exposure.engine.report_parts:parts_of",
    rehearsal="tryggve.domains.exposure.engine.report_parts:rehearse",
)
_LIMITS = sandbox.Limits(wall_seconds=30, cpu_seconds=20, memory_bytes=1024**3, output_bytes=32 * 1024**2)
_WHY: Mapping[str, StrOrPromise] = {
    "not-a-report": _("This is no report on mail (DMARC). Nothing was read from it."),
    "damaged": _("The file is damaged. Nothing was read from it: save it from the mail once more."),
    "several-files": _("There are several files in it. Unpack it, and give them one by one."),
    "too-large": _("The file is larger than such reports are. Nothing was read from it."),
    "odd-days": _(
        "The report is about days that can't be, or that lie too far back. Nothing was read from it."
    ),
}


class Unusable(Refusal):
    """The file can't be used; ``code`` of NotAReport tells why."""

    sentence: ClassVar = "%(why)s"


class OfAnotherDomain(Refusal):
    """It is about a name that isn't this one."""

    sentence: ClassVar = _(
        "The report is about %(name)s. Nothing was read from it: give it on that domain's page."
    )


class KnownAlready(Refusal):
    """It was read before."""

    sentence: ClassVar = _("The report was read before. Nothing was counted twice.")


class NoSuchSender(Missing):
    """No report tells of it."""


def read(domain: UUID, content: bytes, *, actor: str, at: datetime) -> int:
    """Keep what a report tells; how many mails it tells of.

    Raises NoSuchDomain, Unusable, OfAnotherDomain, KnownAlready.
    """
    told = _told(content, at)
    with transaction.atomic():
        watched = _watched(domain)
        if told.domain != watched.name:
            raise OfAnotherDomain(name=names.shown(told.domain))
        known = {"domain": watched, "receiver": told.receiver, "number": told.number}
        made, is_new = ReceiverReport.objects.get_or_create(
            **known,
            defaults={
                "first_day": told.first_day, "last_day": told.last_day, "proven": told.proven, "read_at": at
            },
        )  # fmt: skip
        if not is_new:
            raise KnownAlready
        UnprovenMail.objects.bulk_create(
            [UnprovenMail(report=made, sender=one, count=count) for one, count in told.unproven.items()]
        )
        ReceiverReport.objects.filter(last_day__lt=(at - _KEPT).date()).delete()
        unproven = sum(told.unproven.values())
        audit.record(
            actions.REPORT_READ,
            actor=actor,
            at=at,
            domain=str(domain),
            proven=told.proven,
            unproven=unproven,
        )
    return told.proven + unproven


@transaction.atomic
def judge(domain: UUID, *, sender: str, is_own: bool, actor: str, at: datetime) -> None:
    """Say whether a sender writes for the firm; said again, the last word holds. Raises NoSuchDomain, NoSuchSender."""
    watched = _watched(domain)
    if not UnprovenMail.objects.filter(report__domain=watched, sender=sender).exists():
        raise NoSuchSender
    JudgedSender.objects.update_or_create(domain=watched, name=sender, defaults={"is_own": is_own})
    audit.record(actions.SENDER_JUDGED, actor=actor, at=at, domain=str(domain), is_own=is_own)


def _told(content: bytes, at: datetime) -> receiver_reports.ReceiverReport:
    if len(content) > LARGEST_FILE:
        raise Unusable(why=_WHY["too-large"])
    try:
        with sandbox.run(_PARTS, content, limits=_LIMITS) as parts:
            return receiver_reports.report_of(parts, now=at)
    except NotAReport as refused:
        raise Unusable(why=_WHY.get(refused.code, _WHY["not-a-report"])) from None
    except sandbox.Failed as failed:
        why = "too-large" if failed.reason in {"time", "memory", "output"} else "not-a-report"
        raise Unusable(why=_WHY[why]) from None


def _watched(domain: UUID) -> Domain:
    found = Domain.objects.filter(pk=domain, removed_at=None).first()
    if found is None:
        raise NoSuchDomain
    return found
