from collections.abc import Sequence
from dataclasses import asdict
from datetime import datetime, timedelta

from django.db import transaction
from django.utils import timezone

from tryggve.controls import catalogue, selectors
from tryggve.controls.catalogue import Tier
from tryggve.controls.models import DayScore


@transaction.atomic
def keep(*, at: datetime) -> None:
    """Write down today's count for companies of each size; done again the same day, the newer counts."""
    standings = selectors.standings(now=at)
    for tier in catalogue.TIERS:
        counts = selectors.score(tier, standings=standings)
        DayScore.objects.update_or_create(on=timezone.localdate(at), tier=tier, defaults=asdict(counts))


def trend(tier: Tier, *, now: datetime, days: int = 90) -> Sequence[DayScore]:
    """The counts of the last days, the oldest first; a day on which Tryggve didn't run is missing. One query."""
    first = timezone.localdate(now) - timedelta(days=days)
    return list(DayScore.objects.filter(tier=tier, on__gt=first).order_by("on"))


def counts(tier: Tier, *, now: datetime, days: int) -> list[tuple[int, int]]:
    """Of the days before today, the oldest first: how many were proven, and of how many. One query."""
    today = timezone.localdate(now)
    rows = DayScore.objects.filter(tier=tier, on__gte=today - timedelta(days=days), on__lt=today).order_by(
        "on"
    )
    return list(rows.values_list("proven", "of"))
