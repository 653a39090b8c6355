"""One turn as its page shows it: what to do and why, until when, and what can be done about it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from uuid import UUID

from django.utils import timezone
from django.utils.translation import get_language

from tryggve.accounts.models import User
from tryggve.domains.protection.selectors import duties, routines
from tryggve.routines.duties import catalogue, due, whose
from tryggve.routines.duties.catalogue import Duty, Words
from tryggve.routines.duties.models import Turn
from tryggve.routines.duties.selectors import remarks, tasks
from tryggve.routines.duties.selectors.tasks import Task


@dataclass(frozen=True, slots=True)
class Said:
    """What somebody wrote on it: ``on`` is POSTPONED or DONE, ``text`` is None where it can't be opened any more."""

    on: str
    who: str
    day: date
    text: str | None


@dataclass(frozen=True, slots=True)
class Sheet:
    """One turn.

    ``first`` and ``last`` are the days to which it can be put off, None where it can't be any further. ``done_by`` is
    empty where the product saw it by itself, or nobody did it.
    """

    turn: Turn
    duty: Duty
    words: Words
    headings: Sequence[tuple[str, str]]
    who: tuple[str, ...]
    days_late: int
    is_open: bool
    may_do: bool
    first: date | None
    last: date | None
    done_by: str
    may_take_back: bool
    said: Sequence[Said]


def sheet(turn: UUID, reader: User, *, at: datetime) -> Sheet:
    """Raises NoSuchTurn. Seven questions at the most."""
    row = tasks.turn_of(turn)
    if row.duty not in catalogue.duties():
        raise tasks.NoSuchTurn
    people, today = whose.people_here(at), timezone.localdate(at)
    task = next((task for task in tasks.open_tasks(at, people=people) if task.id == turn), None)
    duty = catalogue.duty_of(row.duty)
    steers = routines.may_steer(reader, people) and not duty.for_each_person
    told = remarks.remarks_on(turn)
    names = routines.names_of({row.done_by} | {f"user:{one.writer}" for one in told})
    first, last = _between(duty, task, today)
    return Sheet(
        turn=row,
        duty=duty,
        words=catalogue.words(get_language() or "en")[duty.code],
        headings=duties.headings(duty),
        who=tuple(person.name for person in people if task and person.pk in task.doers),
        days_late=task.days_late if task else row.days_late,
        is_open=task is not None,
        may_do=task is not None and (reader.pk in task.doers or steers),
        first=first,
        last=last,
        done_by=names.get(row.done_by, ""),
        may_take_back=row.done_on == today and (steers or row.done_by == reader.actor),
        said=[_said(one, names.get(f"user:{one.writer}", "")) for one in told],
    )


def _between(duty: Duty, task: Task | None, today: date) -> tuple[date | None, date | None]:
    if task is None:
        return None, None
    first, last = max(today, task.until) + timedelta(days=1), due.latest(duty, task.due_on)
    return (first, last) if first <= last else (None, None)


def _said(told: remarks.Told, who: str) -> Said:
    return Said(told.on, who, timezone.localdate(told.at), told.text)
