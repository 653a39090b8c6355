"""All that Today tells one reader, asked as cheaply as it can be: everybody comes past here."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.urls import reverse
from django.utils import timezone

from tryggve.accounts import permissions
from tryggve.accounts.models import User
from tryggve.controls import selectors as controls
from tryggve.controls.engine.standing import Score
from tryggve.domains.protection.models import FirstPage
from tryggve.domains.protection.selectors import company_sizes, next_actions
from tryggve.domains.protection.selectors.company_sizes import Size
from tryggve.domains.protection.selectors.next_actions import Action
from tryggve.routines.duties import catalogue, whose
from tryggve.routines.duties.selectors import tasks

_THIS_WEEK = timedelta(days=7)


@dataclass(frozen=True, slots=True)
class Point:
    """How many protections were proven on a day, of how many."""

    proven: int
    of: int


@dataclass(frozen=True, slots=True)
class Standings:
    """How the company stands, for who may see it; ``night`` is None while nobody has counted the last one."""

    size: Size
    score: Score
    trend: Sequence[Point]
    actions: Sequence[Action]
    night: Mapping[str, int] | None

    @property
    def gained(self) -> int | None:
        """How many more are proven than on the first day of the trend; None without one."""
        return self.score.proven - self.trend[0].proven if len(self.trend) > 1 else None

    @property
    def lost(self) -> int:
        """How many fewer."""
        return -(self.gained or 0)


@dataclass(frozen=True, slots=True)
class DueTask:
    """One of the reader's own turns, and where it is done."""

    address: str
    title: str
    minutes: int
    days_left: int
    days_late: int


@dataclass(frozen=True, slots=True)
class Today:
    """What one reader meets; ``standings`` is None for who doesn't see the protections, ``due`` for who has none."""

    standings: Standings | None
    due: Sequence[DueTask] | None


def today_for(reader: User, *, language: str, now: datetime) -> Today:
    """At most six queries, however much there is."""
    people = whose.people_here(now)
    may_see = permissions.may(reader, "protection.view")
    return Today(
        standings=_standings(reader, len(people), language, now) if may_see else None,
        due=_due(reader, people, language, now) if reader in people else None,
    )


def _standings(reader: User, people: int, language: str, now: datetime) -> Standings:
    page = FirstPage.objects.first()
    size = company_sizes.size_by(page, people=people)
    standings = controls.standings(now=now)
    score = controls.score(size.tier, standings=standings)
    return Standings(
        size=size,
        score=score,
        trend=_trend(page, size, score),
        actions=next_actions.next_actions(size.tier, standings=standings, reader=reader, language=language),
        night=page.night_counts if page and page.night_on == timezone.localdate(now) else None,
    )


def _trend(page: FirstPage | None, size: Size, score: Score) -> list[Point]:
    """The days before, and how it is now; only the latter where nothing is known of them."""
    before = page.trend.get(size.tier, ()) if page else ()
    return [*(Point(*one) for one in before), Point(score.proven, score.of)]


def _due(reader: User, people: list[User], language: str, now: datetime) -> list[DueTask]:
    today, words = timezone.localdate(now), catalogue.words(language)
    return [
        DueTask(
            address=reverse("protection:routine", args=[task.id]),
            title=words[task.duty.code].title,
            minutes=task.duty.minutes,
            days_left=max(0, (task.until - today).days),
            days_late=task.days_late,
        )
        for task in tasks.due_tasks(now, within=_THIS_WEEK, person=reader, people=people)
    ]
