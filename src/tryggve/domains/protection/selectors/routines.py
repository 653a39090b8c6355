"""What is due, as its page shows it: late first, then this week, then by month; and what was done lately.

Months that are far away stand folded: who opens the page wants to see what is to be done now.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from itertools import groupby
from uuid import UUID

from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from tryggve.accounts.models import User
from tryggve.routines.duties import catalogue, mail_days, whose
from tryggve.routines.duties.selectors import tasks
from tryggve.routines.duties.selectors.tasks import Task

_USER = "user:"
_SHOWN_DONE = timedelta(days=30)
_NEAR_MONTHS = 1


@dataclass(frozen=True, slots=True)
class Row:
    """One turn in the list; ``who`` are names."""

    task: Task
    title: str
    who: tuple[str, ...]
    is_mine: bool


@dataclass(frozen=True, slots=True)
class Group:
    """Turns under one heading; ``is_far``: in a month after the next."""

    heading: str
    rows: Sequence[Row]
    is_late: bool
    is_far: bool


@dataclass(frozen=True, slots=True)
class Done:
    """One that was done; ``who`` is empty where the product saw it by itself."""

    turn: UUID
    title: str
    on: date
    who: str
    outcome: str
    days_late: int


@dataclass(frozen=True, slots=True)
class Calendar:
    """The whole list: what is to be done soon and later, and what was done in the last 30 days."""

    groups: Sequence[Group]
    later: Sequence[Group]
    done: Sequence[Done]
    minutes_this_week: int


def calendar_for(reader: User, *, at: datetime, everybodys: bool) -> Calendar:
    """The reader's own, or everybody's. Five questions."""
    people = whose.people_here(at)
    found = [_row(task, people, reader) for task in tasks.open_tasks(at, people=people)]
    rows = [row for row in found if everybodys or row.is_mine]
    today = timezone.localdate(at)
    week = [row for row in rows if row.task.until <= mail_days.sunday_of(today)]
    groups = _groups(rows, today)
    return Calendar(
        groups=[group for group in groups if not group.is_far],
        later=[group for group in groups if group.is_far],
        done=_done(reader, today, everybodys=everybodys),
        minutes_this_week=sum(row.task.duty.minutes for row in week),
    )


def titles() -> Mapping[str, str]:
    """What each duty is called in the reader's language, by its code."""
    return {code: told.title for code, told in catalogue.words(get_language() or "en").items()}


def names_of(references: Iterable[str]) -> Mapping[str, str]:
    """The names of people, by what the log calls them. One question."""
    ids = [one.removeprefix(_USER) for one in references if one.startswith(_USER)]
    return {person.actor: person.name for person in User.objects.filter(pk__in=ids)}


def _row(task: Task, people: Sequence[User], reader: User) -> Row:
    who = tuple(person.name for person in people if person.pk in task.doers)
    return Row(task, titles()[task.duty.code], who, reader.pk in task.doers)


def may_steer(reader: User, people: Iterable[User]) -> bool:
    """Whether the reader does anybody's, and decides about the routines."""
    return any(person.pk == reader.pk and whose.may_steer(person) for person in people)


def _groups(rows: Sequence[Row], today: date) -> Sequence[Group]:
    def place(row: Row) -> tuple[int, int, int]:
        until = row.task.until
        if until < today:
            return (0, 0, 0)
        return (1, 0, 0) if until <= mail_days.sunday_of(today) else (2, until.year, until.month)

    return [
        Group(_heading(where), tuple(inside), is_late=where[0] == 0, is_far=_is_far(where, today))
        for where, inside in groupby(rows, key=place)
    ]


def _is_far(place: tuple[int, int, int], today: date) -> bool:
    kind, year, month = place
    return kind > 1 and (year - today.year) * 12 + month - today.month > _NEAR_MONTHS


def _heading(place: tuple[int, int, int]) -> str:
    kind, year, month = place
    if kind == 0:
        return _("Late")
    return (
        _("This week") if kind == 1 else date_format(date(year, month, 1), "YEAR_MONTH_FORMAT").capitalize()
    )


def _done(reader: User, today: date, *, everybodys: bool) -> Sequence[Done]:
    known = titles()
    turns = [turn for turn in tasks.done_since(today - _SHOWN_DONE) if turn.duty in known]
    if not everybodys:
        turns = [turn for turn in turns if turn.done_by == reader.actor]
    names = names_of({turn.done_by for turn in turns})
    return [
        Done(
            turn=turn.pk,
            title=known[turn.duty],
            on=turn.done_on or today,
            who=names.get(turn.done_by, ""),
            outcome=turn.get_outcome_display(),
            days_late=turn.days_late,
        )
        for turn in turns
    ]
