"""What is to be done, by whom and until when."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from uuid import UUID

from django.db.models import Max, Q, QuerySet
from django.utils import timezone

from tryggve.accounts.models import User
from tryggve.lib.errors import Missing
from tryggve.routines.duties import catalogue, due, whose
from tryggve.routines.duties.catalogue import Duty
from tryggve.routines.duties.models import Choice, Turn


class NoSuchTurn(Missing):
    """There is no turn with that id."""


@dataclass(frozen=True, slots=True)
class Task:
    """An open turn as of one day. ``doers`` are ids of people; ``until`` is the last day in time."""

    id: UUID
    duty: Duty
    about: str
    due_on: date
    until: date
    days_late: int
    doers: tuple[UUID, ...]

    @property
    def is_postponed(self) -> bool:
        return self.until != self.due_on


def open_tasks(at: datetime, *, people: Iterable[User] | None = None) -> list[Task]:
    """All there are, those first that are due first, then as the catalogue has them.

    Three questions; two where the people are told.
    """
    return _tasks(Turn.objects.open(), at, people)


def due_tasks(
    at: datetime,
    *,
    within: timedelta = timedelta(0),
    person: User | None = None,
    people: Iterable[User] | None = None,
) -> list[Task]:
    """What is late, due today, or due in that time; everybody's, or one person's. At most as many questions."""
    last = timezone.localdate(at) + within
    due_then = Q(postponed_to__lte=last) | Q(postponed_to=None, due_on__lte=last)
    tasks = _tasks(Turn.objects.open().filter(due_then), at, people)
    return [task for task in tasks if person is None or person.pk in task.doers]


def _tasks(open_turns: QuerySet[Turn], at: datetime, people: Iterable[User] | None) -> list[Task]:
    known = catalogue.duties()
    turns = [turn for turn in open_turns if turn.duty in known]
    if not turns:
        return []
    here = list(people) if people is not None else whose.people_here(at)
    chosen = {choice.duty: choice for choice in Choice.objects.all()}
    today = timezone.localdate(at)
    place = {code: number for number, code in enumerate(known)}
    tasks = [_task(turn, chosen.get(turn.duty), here, today) for turn in turns]
    return sorted(tasks, key=lambda task: (task.until, place[task.duty.code], task.id))


def turn_of(turn: UUID) -> Turn:
    """Raises NoSuchTurn."""
    found = Turn.objects.filter(pk=turn).first()
    if found is None:
        raise NoSuchTurn
    return found


def turns_of(duty: str) -> list[Turn]:
    """Those that were done, the newest first."""
    return list(Turn.objects.filter(duty=duty, done_at__isnull=False).order_by("-done_at", "-pk"))


def done_since(day: date) -> list[Turn]:
    """Those that were done on that day or after it, the newest first. One question."""
    return list(Turn.objects.filter(done_on__gte=day).order_by("-done_at", "-pk"))


def count_of_switched_off() -> int:
    """How many duties the company doesn't want to be asked for. One question."""
    return Choice.objects.filter(is_on=False, duty__in=catalogue.duties()).count()


def last_done(at: datetime) -> Mapping[str, datetime]:
    """When each duty was last done, by its code; what the clock has yet to reach isn't believed. One question."""
    done = Turn.objects.filter(done_at__lte=at).values("duty").annotate(last=Max("done_at"))
    return dict(done.values_list("duty", "last"))


def _task(turn: Turn, choice: Choice | None, people: list[User], today: date) -> Task:
    duty = catalogue.duty_of(turn.duty)
    return Task(
        id=turn.pk,
        duty=duty,
        about=turn.about,
        due_on=turn.due_on,
        until=turn.days.until,
        days_late=due.days_late(turn.days, on=today),
        doers=tuple(person.pk for person in whose.doers(duty, turn.about, choice, people)),
    )
