"""Who does what: each duty with whose it is, when it was done and comes next, and what was written about it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.utils import timezone
from django.utils.translation import get_language, gettext_lazy, ngettext
from django_stubs_ext import StrOrPromise

from tryggve.accounts.models import User
from tryggve.controls import catalogue as controls
from tryggve.domains.protection.selectors import routines
from tryggve.lib.errors import Missing
from tryggve.privacy.retention import Period
from tryggve.routines.duties import catalogue, whose
from tryggve.routines.duties.catalogue import Duty, NoSuchDuty, Words
from tryggve.routines.duties.models import Choice, Turn
from tryggve.routines.duties.selectors import remarks, tasks
from tryggve.routines.duties.selectors.tasks import Task

_SHOWN_TURNS = 20
# How people say it, rather than counting months.
_USUAL: Mapping[Period, StrOrPromise] = {
    Period(days=14): gettext_lazy("every two weeks"),
    Period(months=3): gettext_lazy("every quarter"),
    Period(months=6): gettext_lazy("twice a year"),
}


class UnknownRoutine(Missing):
    """No duty is called so."""


@dataclass(frozen=True, slots=True)
class Standing:
    """One duty as it stands. ``turn`` is the reader's own open one where there is one, else a colleague's."""

    duty: Duty
    title: str
    rhythm: str
    who: tuple[str, ...]
    is_on: bool
    last_done_on: date | None
    turn: UUID | None
    is_own: bool
    until: date | None
    is_late: bool


@dataclass(frozen=True, slots=True)
class Past:
    """One that was done, or that the duty was switched off; with what was written, None where it can't be opened."""

    on: date
    who: str
    outcome: str
    days_late: int
    texts: tuple[str | None, ...]


@dataclass(frozen=True, slots=True)
class Whole:
    """One duty with its history and its choices."""

    standing: Standing
    words: Words
    headings: Sequence[tuple[str, str]]
    past: Sequence[Past]
    switched_off: Past | None
    people: Sequence[User]
    person: UUID | None


def standings(reader: User, *, at: datetime) -> Sequence[Standing]:
    """Every duty that has turns, in the order of the catalogue. Four questions."""
    people, choices = whose.people_here(at), _choices()
    open_now, last = tasks.open_tasks(at, people=people), tasks.last_done(at)
    return [
        _standing(duty, reader, people, choices.get(duty.code), open_now, last)
        for duty in catalogue.duties().values()
    ]


def captains_tasks(reader: User, *, at: datetime) -> Sequence[Standing]:
    """The six of them, in their order. Four questions."""
    six = [duty.code for duty in catalogue.captains_tasks()]
    found = {one.duty.code: one for one in standings(reader, at=at)}
    return [found[code] for code in six]


def whole(code: str, reader: User, *, at: datetime) -> Whole:
    """One duty. Raises UnknownRoutine. Eight questions at the most."""
    duty = require_known(code)
    people, choices = whose.people_here(at), _choices()
    open_now, last = tasks.open_tasks(at, people=people), tasks.last_done(at)
    choice = choices.get(code)
    standing = _standing(duty, reader, people, choice, open_now, last)
    told = remarks.remarks_about(code)
    turns = tasks.turns_of(code)[:_SHOWN_TURNS]
    names = routines.names_of({turn.done_by for turn in turns} | {f"user:{one.writer}" for one in told})
    off = [one for one in told if one.on == "OFF"]
    return Whole(
        standing=standing,
        words=catalogue.words(get_language() or "en")[code],
        headings=headings(duty),
        past=[_past(turn, told, names) for turn in turns],
        switched_off=_off(off[-1], names) if off and not standing.is_on else None,
        people=people,
        person=choice.person_id if choice else None,
    )


def require_known(code: str) -> Duty:
    """The duty of that code. Raises UnknownRoutine."""
    try:
        return catalogue.duty_of(code)
    except NoSuchDuty:
        raise UnknownRoutine(code) from None


def rhythm(duty: Duty) -> str:
    """How often it comes, in words."""
    if duty.every is None:
        return ""
    return str(_USUAL.get(duty.every) or _rhythm(duty.every))


def _rhythm(every: Period) -> str:
    years, months = divmod(every.months, 12)
    if years and not months:
        return ngettext("every year", "every %(number)d years", years) % {"number": years}
    if every.months:
        return ngettext("every month", "every %(number)d months", every.months) % {"number": every.months}
    return ngettext("every day", "every %(number)d days", every.days) % {"number": every.days}


def _choices() -> Mapping[str, Choice]:
    return {choice.duty: choice for choice in Choice.objects.all()}


def _standing(
    duty: Duty,
    reader: User,
    people: Sequence[User],
    choice: Choice | None,
    open_now: Sequence[Task],
    last: Mapping[str, datetime],
) -> Standing:
    turns = [task for task in open_now if task.duty == duty]
    task = next((task for task in turns if reader.pk in task.doers), turns[0] if turns else None)
    done_at = last.get(duty.code)
    return Standing(
        duty=duty,
        title=routines.titles()[duty.code],
        rhythm=rhythm(duty),
        who=() if duty.for_each_person else _names(duty, choice, people),
        is_on=whose.is_asked_for(duty, choice, people),
        last_done_on=timezone.localdate(done_at) if done_at else None,
        turn=task.id if task else None,
        is_own=bool(task and reader.pk in task.doers),
        until=task.until if task else None,
        is_late=bool(task and task.days_late),
    )


def _names(duty: Duty, choice: Choice | None, people: Sequence[User]) -> tuple[str, ...]:
    return tuple(person.name for person in whose.doers(duty, "", choice, people))


def headings(duty: Duty) -> Sequence[tuple[str, str]]:
    """The protections that it is about: their ids, and what they are called."""
    language = get_language() or "en"
    return [(code, controls.words(code, language).heading) for code in duty.controls]


def _past(turn: Turn, told: Sequence[remarks.Told], names: Mapping[str, str]) -> Past:
    return Past(
        on=turn.done_on or timezone.localdate(turn.opened_at),
        who=names.get(turn.done_by, ""),
        outcome=turn.get_outcome_display(),
        days_late=turn.days_late,
        texts=tuple(one.text for one in told if one.turn == turn.pk),
    )


def _off(told: remarks.Told, names: Mapping[str, str]) -> Past:
    who = names.get(f"user:{told.writer}", "")
    return Past(timezone.localdate(told.at), who, "", 0, (told.text,))
