"""What Tryggve did while nobody was there, counted once each morning from the log."""

from collections import Counter
from datetime import date, datetime, time, timedelta
from typing import Any

from django.db import transaction
from django.utils import timezone

from tryggve.audit import actors
from tryggve.audit import selectors as audit
from tryggve.controls import actions as control_actions
from tryggve.controls import day_scores
from tryggve.controls.catalogue import TIERS
from tryggve.domains.protection.models import FirstPage

_EVENING, _MORNING = time(18), time(6)
PROTECTIONS = "protections"
TREND_DAYS = 30


@transaction.atomic
def keep_night(*, at: datetime) -> None:
    """Count the night that has just ended, and the days before it, if it is past six and nobody did so before.

    Of a night in which Tryggve wasn't here yet nothing is kept: it wasn't a quiet one.
    """
    today = timezone.localdate(at)
    since, until = night_before(today)
    page, _is_new = FirstPage.objects.select_for_update().get_or_create(pk=1)
    if at < until or page.night_on == today or not _was_here(until):
        return
    newest = audit.newest_id()
    # After a restore the log may be shorter than it was, and is looked through from its beginning.
    after = page.last_entry if page.last_entry <= newest else 0
    page.night_on, page.last_entry = today, newest
    page.night_counts = _counts(since, until, after)
    page.trend = {tier: day_scores.counts(tier, now=at, days=TREND_DAYS) for tier in TIERS}
    page.save()


def night_before(morning: date) -> tuple[datetime, datetime]:
    """From six in the evening to six in the morning of that day, where the company is."""
    begun = timezone.make_aware(datetime.combine(morning - timedelta(days=1), _EVENING))
    return begun, timezone.make_aware(datetime.combine(morning, _MORNING))


def _was_here(until: datetime) -> bool:
    return bool(audit.newest_entries(limit=1, wanted=audit.Filter(until=until)))


def _counts(since: datetime, until: datetime, after: int) -> dict[str, int]:
    counts: Counter[str] = Counter()
    measured = set()
    for action, facts in audit.deeds_of(actors.SYSTEM, since=since, until=until, after=after):
        counts[action] += _how_many(facts.get("count"))
        if action == control_actions.MEASURED.code:
            measured.add(facts["control"])
    if measured:
        counts[PROTECTIONS] = len(measured)
    return dict(counts)


def _how_many(told: Any) -> int:
    """One deed may be about many."""
    return told if isinstance(told, int) else 1
