"""Seeing to it that each duty has its open turn, no more and no less. Done again, it changes nothing."""

from collections.abc import Collection, Iterator, Mapping, Sequence
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
    _withdraw([turn for turn in turns.values() if not _is_asked_for(turn, places, now)], now)
    lacking = _due_days([place for place in places if place not in turns], now)
    resumed = _resume(lacking, turns, now)
    _open({place: due_on for place, due_on in lacking.items() if place not in resumed}, now)
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


def _withdraw(turns: Sequence[Turn], now: _Now) -> None:
    off = [turn.pk for turn in turns if _is_switched_off(turn, now)]
    Turn.objects.open().filter(pk__in=off).update(withdrawn_at=now.at, switched_off_on=now.today)
    Turn.objects.open().filter(pk__in=[turn.pk for turn in turns]).update(withdrawn_at=now.at)


def _is_switched_off(turn: Turn, now: _Now) -> bool:
    choice = now.choices.get(turn.duty)
    return choice is not None and choice.is_on is False


def _due_days(places: Sequence[Place], now: _Now) -> Mapping[Place, date]:
    """When a turn that begins anew at each of these places is due."""
    if not places:
        return {}
    done = Turn.objects.filter(done_on__isnull=False).values("duty", "about").annotate(last=Max("done_on"))
    last_done = {(duty, about): last for duty, about, last in done.values_list("duty", "about", "last")}
    return {place: _due(place[0], last_done.get(place), now) for place in places}


def _resume(lacking: Mapping[Place, date], open_now: Collection[Place], now: _Now) -> set[Place]:
    """Go on with what was switched off lately and is asked for again, where it is due before one that begins anew."""
    resumed: dict[Place, Turn] = {}
    for place, (turn, off_on) in _resting(now).items():
        days = due.resumed(turn.days, off_on=off_on, today=now.today)
        anew_on = lacking.get(place)
        is_asked_for = days.until < anew_on if anew_on else _was_called_and_late(turn, off_on, now)
        if is_asked_for and place not in open_now:
            turn.due_on, turn.postponed_to = days.due_on, days.postponed_to
            turn.opened_at, turn.withdrawn_at, turn.switched_off_on = now.at, None, None
            resumed[place] = turn
    Turn.objects.bulk_update(
        resumed.values(), ["due_on", "postponed_to", "opened_at", "withdrawn_at", "switched_off_on"]
    )
    return set(resumed)


def _resting(now: _Now) -> Mapping[Place, tuple[Turn, date]]:
    """What was withdrawn last at each place, and the day, where that was for being switched off."""
    rows = Turn.objects.filter(withdrawn_at__gt=now.at - due.LONGEST_REST).order_by("withdrawn_at")
    newest = {(turn.duty, turn.about): turn for turn in rows}
    return {place: (turn, turn.switched_off_on) for place, turn in newest.items() if turn.switched_off_on}


def _was_called_and_late(turn: Turn, off_on: date, now: _Now) -> bool:
    """Nothing begins anew after an event: what was late is asked for again, the rest went with the duty."""
    duty = catalogue.duties().get(turn.duty)
    return duty is not None and bool(duty.event) and now.is_on(duty) and turn.days.until < off_on


def _open(places: Mapping[Place, date], now: _Now) -> None:
    Turn.objects.bulk_create(
        [
            Turn(duty=duty, about=about, opened_at=now.at, due_on=due_on)
            for (duty, about), due_on in places.items()
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
