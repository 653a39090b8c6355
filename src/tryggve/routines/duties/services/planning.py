"""Seeing to it that each duty has its open turn, no more and no less. Done again, it changes nothing."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.db import transaction
from django.db.models import Max
from django.utils import timezone

from tryggve.accounts.models import User
from tryggve.audit import services as audit
from tryggve.routines.duties import actions, catalogue, due, whose
from tryggve.routines.duties.catalogue import Duty
from tryggve.routines.duties.models import Choice, Turn

# Of which duty, and about whom or what.
Place = tuple[str, str]


class NotCalled(ValueError):
    """No event calls for that duty: a fault in the program."""


@dataclass(frozen=True, slots=True)
class _Now:
    """What planning goes by."""

    at: datetime
    today: date
    people: Sequence[User]
    choices: Mapping[str, Choice]
    last_left_at: datetime | None

    def is_on(self, duty: Duty) -> bool:
        return whose.is_asked_for(duty, self.choices.get(duty.code), self.people)


@transaction.atomic
def plan(*, at: datetime) -> None:
    """Open what is lacking, withdraw what isn't asked for any more, mend what a clock or a leaver calls for.

    Nothing before somebody works here.
    """
    now = _now(at)
    if not now.people:
        return
    places = dict(_places(now))
    turns = {(turn.duty, turn.about): turn for turn in Turn.objects.open()}
    _withdraw([turn for turn in turns.values() if not _is_asked_for(turn, places, now)], at)
    _open([place for place in places if place not in turns], now)
    _mend([turn for turn in turns.values() if _is_asked_for(turn, places, now)], now)


def open_next(done: Turn) -> None:
    """The turn after one that was done, in the caller's transaction; nothing after one that an event called for."""
    duty = catalogue.duties().get(done.duty)
    if duty is None or done.done_on is None or done.done_at is None:
        return
    if next_on := due.next_due(duty, done_on=done.done_on):
        Turn.objects.create(duty=duty.code, about=done.about, opened_at=done.done_at, due_on=next_on)


@transaction.atomic
def call(*, duty: str, about: str, actor: str, at: datetime) -> UUID:
    """Something happened that calls for a duty: opens a turn, or answers the open one about the same.

    ``about`` is a reference like ``service:<uuid>``. Raises NoSuchDuty and NotCalled.
    """
    known = catalogue.duty_of(duty)
    if not known.event:
        raise NotCalled(duty)
    turn, is_new = Turn.objects.open().get_or_create(
        duty=duty,
        about=about,
        defaults={"opened_at": at, "due_on": known.within.last_day(timezone.localdate(at))},
    )
    if is_new:
        audit.record(actions.CALLED, actor=actor, at=at, turn=str(turn.pk), duty=duty)
    return turn.pk


def _now(at: datetime) -> _Now:
    left = User.objects.filter(is_active=False, left_at__lte=at).aggregate(last=Max("left_at"))
    return _Now(
        at=at,
        today=timezone.localdate(at),
        people=whose.people_here(at),
        choices={choice.duty: choice for choice in Choice.objects.all()},
        last_left_at=left["last"],
    )


def _places(now: _Now) -> Iterator[tuple[Place, Duty]]:
    """Where there is to be an open turn; what an event calls for has one when it is called."""
    for duty in catalogue.duties().values():
        if duty.every is None or not now.is_on(duty):
            continue
        for about in [person.actor for person in now.people] if duty.for_each_person else [""]:
            yield (duty.code, about), duty


def _is_asked_for(turn: Turn, places: Mapping[Place, Duty], now: _Now) -> bool:
    duty = catalogue.duties().get(turn.duty)
    if duty and duty.event:
        return now.is_on(duty)
    return (turn.duty, turn.about) in places


def _withdraw(turns: Sequence[Turn], at: datetime) -> None:
    Turn.objects.open().filter(pk__in=[turn.pk for turn in turns]).update(withdrawn_at=at)


def _open(places: Sequence[Place], now: _Now) -> None:
    if not places:
        return
    done = Turn.objects.filter(done_on__isnull=False).values("duty", "about").annotate(last=Max("done_on"))
    last_done = {(duty, about): last for duty, about, last in done.values_list("duty", "about", "last")}
    Turn.objects.bulk_create(
        [
            Turn(
                duty=duty, about=about, opened_at=now.at, due_on=_due(duty, last_done.get((duty, about)), now)
            )
            for duty, about in places
        ],
        ignore_conflicts=True,  # another worker was here first
    )


def _due(code: str, last_done_on: date | None, now: _Now) -> date:
    duty = catalogue.duty_of(code)
    again = last_done_on and due.due_again(duty, last_done_on=last_done_on, today=now.today)
    return again or due.first_due(duty, today=now.today)


def _mend(turns: Sequence[Turn], now: _Now) -> None:
    changed = []
    for turn in turns:
        before = (turn.days, turn.opened_at)
        turn.opened_at = min(turn.opened_at, now.at)
        days = _days(turn, catalogue.duty_of(turn.duty), now)
        turn.due_on, turn.postponed_to = days.due_on, days.postponed_to
        if (days, turn.opened_at) != before:
            changed.append(turn)
    Turn.objects.bulk_update(changed, ["opened_at", "due_on", "postponed_to"])


def _days(turn: Turn, duty: Duty, now: _Now) -> due.Days:
    days = due.mended(duty, turn.days, today=now.today)
    left_at = now.last_left_at
    if catalogue.PERSON_LEFT in duty.also and left_at and left_at > turn.opened_at:
        left_on = timezone.localdate(left_at)
        days = due.called(duty, days, event=catalogue.PERSON_LEFT, happened_on=left_on)
    return days
