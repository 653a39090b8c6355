"""What happened in the period of a report: what failed and was mended, the score by month, routines, incidents."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any

from django.db.models import Count, F, Max, Q
from django.db.models.functions import Coalesce
from django.utils import timezone
from django.utils.translation import gettext as _

from tryggve.audit import selectors as audit
from tryggve.controls import catalogue
from tryggve.controls.catalogue import Tier
from tryggve.controls.models import DayScore, Finding
from tryggve.domains.protection import report_words
from tryggve.domains.protection.selectors.report_controls import evidence
from tryggve.routines.duties import catalogue as duties
from tryggve.routines.duties.models import Turn

Told = dict[str, Any]

INCIDENT_REPORTED = "incidents.reported"
MOST_FINDINGS = 200


@dataclass(frozen=True, slots=True)
class Period:
    """From the first day to the last, both included."""

    since: date
    until: date

    @classmethod
    def of_year(cls, year: int | None, *, today: date) -> "Period":
        """That year up to today; the last twelve months for none."""
        if year is None:
            is_leap_day = (today.month, today.day) == (2, 29)
            began = today.replace(year=today.year - 1, day=28 if is_leap_day else today.day)
            return cls(began + timedelta(days=1), today)
        return cls(date(year, 1, 1), min(date(year, 12, 31), today))

    @property
    def moments(self) -> tuple[datetime, datetime]:
        """The same as moments where the company is: the second is just after it."""
        start, end = (datetime.combine(on, time()) for on in (self.since, self.until + timedelta(days=1)))
        return timezone.make_aware(start), timezone.make_aware(end)


def told_findings(period: Period, *, reader: str, language: str) -> Told:
    """What failed in the period, the newest first, with the measurings that began and ended it. Two queries."""
    start, end = period.moments
    still_then = Q(closed_at=None) | Q(closed_at__gte=start)
    rows = Finding.objects.filter(still_then, opened_at__lt=end)
    shown = rows.select_related("opened_by", "closed_by").order_by("-opened_at", "-id")
    listed = [_finding(one, reader, language) for one in shown[:MOST_FINDINGS]]
    return {"listed": listed, "left_out": rows.count() - len(listed)}


def told_months(period: Period, *, tier: Tier, today: date) -> list[Told]:
    """How many were proven at the end of each month, or on its last day that is known. One query.

    Today isn't among them: its count of some hours ago would stand beside the one of now.
    """
    rows = DayScore.objects.filter(tier=tier, on__gte=period.since, on__lte=period.until).exclude(on=today)
    last = {one.on.strftime("%Y-%m"): one for one in rows.order_by("on")}
    return [
        {"on": one.on.isoformat(), "day": report_words.day(one.on), "proven": one.proven, "of": one.of}
        for one in last.values()
    ]


def told_routines(period: Period, *, now: datetime, language: str) -> Told:
    """What was done, in time or late, and what waits too long now. Two queries."""
    today = timezone.localdate(now)
    turns = Turn.objects.annotate(until=Coalesce("postponed_to", "due_on"))
    done = turns.filter(done_on__gte=period.since, done_on__lte=period.until)
    late = Count("pk", filter=Q(done_on__gt=F("until")))
    by_duty = done.values("duty").annotate(count=Count("pk"), late=late, last=Max("done_on"))
    kept = {row["duty"]: row for row in by_duty}
    words = duties.words(language)
    listed = [_duty(code, kept[code], words) for code in duties.duties() if code in kept]
    in_all = sum(row["count"] for row in kept.values())
    late_in_all = sum(row["late"] for row in kept.values())
    return {
        "in_time": in_all - late_in_all,
        "late": late_in_all,
        "overdue": turns.filter(done_at=None, withdrawn_at=None, until__lt=today).count(),
        "listed": listed,
    }


def incident_count(period: Period) -> int:
    """How many incidents were reported. One query."""
    start, end = period.moments
    return len(audit.facts_of(INCIDENT_REPORTED, since=start, until=end))


def _finding(one: Finding, reader: str, language: str) -> Told:
    opened, closed = report_words.day(one.opened_at), report_words.day(one.closed_at)
    is_mended = one.closed_at is not None
    told = (
        _("Failed from %(opened)s; measured again and found mended on %(closed)s.")
        if is_mended
        else _("Has failed since %(opened)s.")
    )
    return {
        "control": one.control,
        "heading": catalogue.words(one.control, language).heading,
        "is_mended": is_mended,
        "told": told % {"opened": opened, "closed": closed},
        "opened": {"evidence": evidence(one.opened_by, reader=reader)},
        "closed": {"evidence": evidence(one.closed_by, reader=reader)},
    }


def _duty(code: str, row: Mapping[str, Any], words: Mapping[str, duties.Words]) -> Told:
    return {
        "code": code,
        "title": words[code].title,
        "done": row["count"],
        "late": row["late"],
        "last": report_words.day(row["last"]),
    }
