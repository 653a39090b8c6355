"""How long this firm waits before it destroys somebody."""

from datetime import datetime, timedelta
from typing import ClassVar

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from tryggve.audit import services as audit
from tryggve.domains.rights import actions
from tryggve.domains.rights.engine import quarantine
from tryggve.domains.rights.models import Quarantine
from tryggve.lib.errors import Refusal


class NotSoMany(Refusal):
    """Nobody could call it off any more, or who asked would wait too long."""

    sentence: ClassVar = _(
        "Choose from 1 to 21 days: whoever asks to be erased is to be answered within a month. Nothing was changed."
    )


@transaction.atomic
def set_quarantine(*, days: int, actor: str, at: datetime) -> None:
    """Let those who are put aside from now on wait so many days. Raises NotSoMany.

    A shorter time counts only when what counts now has gone by once: to have somebody destroyed sooner takes a second
    person, and nobody gets round that by changing this.
    """
    if not quarantine.is_allowed(days):
        raise NotSoMany
    now, is_shorter = quarantine_days(at=at), days < quarantine_days(at=at)
    told = {
        "days": days,
        "days_before": now if is_shorter else None,
        "counts_at": at + timedelta(days=now) if is_shorter else None,
    }
    Quarantine.objects.update_or_create(pk=1, defaults=told)
    audit.record(actions.QUARANTINE_SET, actor=actor, at=at, days=days)


def quarantine_days(*, at: datetime) -> int:
    """How many days a customer waits who is put aside at that moment."""
    chosen = Quarantine.objects.first()
    if chosen is None:
        return quarantine.USUAL_DAYS
    if chosen.counts_at is not None and chosen.days_before is not None and at < chosen.counts_at:
        return chosen.days_before
    return chosen.days


def shorter_from(*, at: datetime) -> tuple[int, datetime] | None:
    """The shorter time that was chosen and doesn't count yet, and from when on it does."""
    chosen = Quarantine.objects.exclude(counts_at=None).first()
    if chosen is None or chosen.counts_at is None or at >= chosen.counts_at:
        return None
    return chosen.days, chosen.counts_at
