"""What an agenda for the staff meeting tells of: how things stand, and what happened since the last one was made."""

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any

from django.db.models import Q
from django.utils import timezone

from tryggve.accounts.models import User
from tryggve.audit import selectors as audit
from tryggve.controls import catalogue
from tryggve.controls import selectors as controls
from tryggve.controls.engine.standing import Standing, State
from tryggve.controls.models import DayScore, Finding
from tryggve.domains.protection.selectors import company_sizes
from tryggve.routines.duties import whose
from tryggve.routines.duties.models import Turn
from tryggve.routines.duties.selectors import meetings, tasks

# Where colleagues say that something has happened.
REPORTED = "incidents.reported"
_TRAINING = "train"
# What comes before the next meeting.
_AHEAD = timedelta(days=91)
_MOST = 5
# Talked about in turn, where nothing fails: what people themselves do each day.
TOPICS = ("INC-03", "MAI-02", "AUT-01", "DEV-03", "AUT-05", "CRI-02")


def start(at: datetime) -> datetime:
    """Since when the next agenda tells. One question."""
    return meetings.tells_from(at)


def since(start: datetime, *, at: datetime) -> Mapping[str, Any]:
    """Counts and codes, as they are kept with the agenda. Nine questions, one more for each kind of thing counted."""
    standings = controls.standings(now=at)
    people = whose.people_here(at)
    tier = company_sizes.size_of_company(now=at).tier
    score = controls.score(tier, standings=standings)
    before = DayScore.objects.filter(tier=tier, on__lte=timezone.localdate(start)).order_by("-on").first()
    return {
        "proven": score.proven,
        "of": score.of,
        "proven_before": before.proven if before else None,
        **_findings(start, at, standings),
        **_people(start, at),
        **_routines(start, at),
        "incidents": len(audit.facts_of(REPORTED, since=start, until=at)),
        "people": len(people),
        "coming": _coming(at),
    }


def _findings(start: datetime, at: datetime, standings: Mapping[str, Standing]) -> Mapping[str, Any]:
    """Ids of protections, each once: what began to fail and still does, what was mended, what fails longer."""
    closed = Finding.objects.filter(closed_at__gt=start, closed_at__lte=at).values_list("control", flat=True)
    failing = [id for id, one in standings.items() if one.state is State.FAILING]
    opened = set(
        Finding.objects.filter(closed_at=None, opened_at__gt=start).values_list("control", flat=True)
    )
    mended = {*closed} - {*failing}
    return {
        "opened": [id for id in failing if id in opened][:_MOST],
        "still": [id for id in failing if id not in opened][:_MOST],
        "failing": len(failing),
        "mended": [one.id for one in catalogue.controls() if one.id in mended][:_MOST],
        "mended_count": len(mended),
        "topic": failing[0] if failing else the_topic(at),
    }


def the_topic(at: datetime) -> str:
    """The protection that is talked about in that quarter, where nothing fails."""
    known = {one.id for one in catalogue.controls()}
    topics = [topic for topic in TOPICS if topic in known]
    quarter = at.year * 4 + (at.month - 1) // 3
    return topics[quarter % len(topics)]


def _people(start: datetime, at: datetime) -> Mapping[str, int]:
    came = Q(created_at__gt=start, created_at__lte=at)
    left = Q(is_active=False, left_at__gt=start, left_at__lte=at)
    found = User.objects.filter(came | left, role__in=whose.WORKERS).values_list("is_active", "created_at")
    return {
        "came": sum(1 for is_active, created_at in found if is_active and created_at > start),
        "left": sum(1 for is_active, _created_at in found if not is_active),
    }


def _routines(start: datetime, at: datetime) -> Mapping[str, int]:
    done = Turn.objects.filter(done_at__gt=start, done_at__lte=at)
    trained = {turn.about for turn in done if turn.duty == _TRAINING}
    return {
        "done": len(done),
        "late": sum(1 for turn in done if turn.days_late),
        "trained": len(trained),
    }


def _coming(at: datetime) -> list[tuple[str, str]]:
    """The first of what comes, each duty once: its code and the day, as JSON has it."""
    days: dict[str, str] = {}
    for task in tasks.due_tasks(at, within=_AHEAD):
        days.setdefault(task.duty.code, task.until.isoformat())
    return list(days.items())[:_MOST]
