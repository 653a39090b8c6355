"""Whether the calendar is kept: how much was done in time."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.db.models import Count, F, Min, Q
from django.db.models.functions import Coalesce
from django.utils import timezone

from tryggve.routines.duties.models import Feed, Turn

LOOKED_AT = timedelta(days=90)
# A calendar program that still asks does so at least this often.
_SUBSCRIBED = timedelta(days=14)


@dataclass(frozen=True, slots=True)
class Kept:
    """Turns of the last 90 days: done in time, of these put off before, done late, and late still.

    ``given_up``: switched off while they were late, and not switched on again. ``days_late``: of the one that is late
    the longest. ``calendars``: how many people's programs fetch theirs.
    """

    in_time: int
    put_off: int
    late: int
    overdue: int
    given_up: int
    days_late: int
    calendars: int

    @property
    def counted(self) -> int:
        """Every turn whose day has come."""
        return self.in_time + self.late + self.overdue + self.given_up


def calendar_kept(at: datetime) -> Kept:
    """As of that time. Two questions."""
    today = timezone.localdate(at)
    done = Q(done_on__gt=today - LOOKED_AT, done_on__lte=today)
    is_late = Q(done_on__gt=F("until"))
    overdue = Q(done_at=None, withdrawn_at=None, until__lt=today)
    given_up = Q(switched_off_on__gt=today - LOOKED_AT, switched_off_on__lte=today)
    told = Turn.objects.annotate(until=Coalesce("postponed_to", "due_on")).aggregate(
        in_time=Count("pk", filter=done & ~is_late),
        put_off=Count("pk", filter=done & ~is_late & Q(postponed_to__isnull=False)),
        late=Count("pk", filter=done & is_late),
        overdue=Count("pk", filter=overdue),
        given_up=Count("pk", filter=given_up & Q(until__lt=F("switched_off_on"))),
        longest=Min("until", filter=overdue),
    )
    longest: date | None = told.pop("longest")
    late_for = (today - longest).days if longest else 0
    return Kept(**told, days_late=late_for, calendars=_calendars(at))


def _calendars(at: datetime) -> int:
    return Feed.objects.filter(ended_at=None, fetched_at__gt=at - _SUBSCRIBED, user__is_active=True).count()
