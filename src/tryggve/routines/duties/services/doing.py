"""A turn is done, taken back, or put off with a reason."""

from datetime import date, datetime
from typing import ClassVar
from uuid import UUID

from django.db import transaction
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext_lazy as _

from tryggve.accounts.models import User
from tryggve.audit import services as audit
from tryggve.lib.errors import Refusal
from tryggve.routines.duties import actions, catalogue, due, whose
from tryggve.routines.duties.models import Choice, Remark, Turn
from tryggve.routines.duties.selectors import tasks
from tryggve.routines.duties.services import planning, writing

Outcome = Turn.Outcome


class AlreadyDone(Refusal):
    """Somebody did it meanwhile, or it isn't asked for any more."""

    sentence: ClassVar = _(
        "This routine was done meanwhile, or isn't asked for any more. Nothing was changed."
    )


class NotYourTurn(Refusal):
    """It is somebody else's to do."""

    sentence: ClassVar = _("This routine is somebody else's. Nothing was changed. Ask the security captain.")


class NoReason(Refusal):
    """Nothing is put off without a reason."""

    sentence: ClassVar = _("Say why it is put off. Nothing was changed.")


class NotThen(Refusal):
    """It can't be put off to that day."""

    sentence: ClassVar = _(
        "Choose a day after %(first)s, and not after %(last)s. Nothing was changed. Who can't do it by then switches "
        "the routine off."
    )


class NotAnyFurther(Refusal):
    """It was put off as far as it can be."""

    sentence: ClassVar = _(
        "This routine can't be put off any further. Nothing was changed. Do it, give it to somebody else or switch it "
        "off."
    )


class TooLate(Refusal):
    """It was ticked off on another day, or was taken back meanwhile."""

    sentence: ClassVar = _(
        "Only on the same day can that be taken back. Nothing was changed. The routine comes again by itself."
    )


def done(*, turn: UUID, by: User, outcome: Outcome, note: str = "", at: datetime) -> None:
    """It was done now, and the next turn begins to count. ``note`` is sealed under the key of who did it.

    Raises NoSuchTurn, AlreadyDone and NotYourTurn, and as vault.staff_keyring does when there is a note.
    """
    remark = writing.remark(note, by=by, on=Remark.On.DONE, at=at)
    with transaction.atomic():
        row = _held(turn)
        _require_doer(row, by, at)
        _end(row, outcome, by.actor, at)
        writing.keep(remark, duty=row.duty, turn=row)


def take_back(*, turn: UUID, by: User, at: datetime) -> None:
    """It wasn't done after all: open again as it was, until the day on which it was ticked off is over.

    Whoever ticked it off takes it back, or who decides about the routines. What was written on doing it goes.
    Raises NoSuchTurn, NotYourTurn and TooLate.
    """
    with transaction.atomic():
        row = Turn.objects.select_for_update().filter(pk=turn).first()
        if row is None:
            raise tasks.NoSuchTurn
        if row.done_by != by.actor:
            _require_doer(row, by, at)
        if row.done_on != timezone.localdate(at) or row.duty not in catalogue.duties():
            raise TooLate
        _reopen(row, at)
        audit.record(actions.TAKEN_BACK, actor=by.actor, at=at, turn=str(row.pk), duty=row.duty)


def note_done(*, duty: str, about: str = "", actor: str, at: datetime) -> bool:
    """The product itself saw that it was done, by whom the log names. Returns whether that was still to do."""
    with transaction.atomic():
        row = Turn.objects.open().select_for_update().filter(duty=duty, about=about).first()
        if row is not None:
            _end(row, Outcome.WELL, actor, at)
    return row is not None


def postpone(*, turn: UUID, to: date, reason: str, by: User, at: datetime) -> None:
    """Put it off until that day: later than now and than it is due, and no further than ``due.latest``.

    Raises NoSuchTurn, AlreadyDone, NotYourTurn, NoReason, NotThen and NotAnyFurther, and as vault.staff_keyring does.
    """
    remark = writing.remark(reason, by=by, on=Remark.On.POSTPONED, at=at)
    if remark is None:
        raise NoReason
    with transaction.atomic():
        row = _held(turn)
        _require_doer(row, by, at)
        _require_between(row, to, timezone.localdate(at))
        days = (to - row.days.until).days
        row.postponed_to, row.times_postponed = to, row.times_postponed + 1
        row.save(update_fields=["postponed_to", "times_postponed"])
        writing.keep(remark, duty=row.duty, turn=row)
        audit.record(actions.POSTPONED, actor=by.actor, at=at, turn=str(row.pk), duty=row.duty, days=days)


def _held(turn: UUID) -> Turn:
    row = Turn.objects.select_for_update().filter(pk=turn).first()
    if row is None:
        raise tasks.NoSuchTurn
    if row.done_at is not None or row.withdrawn_at is not None or row.duty not in catalogue.duties():
        raise AlreadyDone
    return row


def _require_doer(row: Turn, by: User, at: datetime) -> None:
    duty = catalogue.duty_of(row.duty)
    here = whose.people_here(at)
    choice = Choice.objects.filter(pk=row.duty).first()
    doers = {person.pk for person in whose.doers(duty, row.about, choice, here)}
    if not duty.for_each_person:
        doers |= {person.pk for person in here if whose.may_steer(person)}
    if by.pk not in doers:
        raise NotYourTurn


def _require_between(row: Turn, to: date, today: date) -> None:
    first = max(today, row.days.until)
    last = due.latest(catalogue.duty_of(row.duty), row.due_on)
    if first >= last:
        raise NotAnyFurther
    if not first < to <= last:
        raise NotThen(first=date_format(first, "DATE_FORMAT"), last=date_format(last, "DATE_FORMAT"))


def _end(row: Turn, outcome: Outcome, actor: str, at: datetime) -> None:
    row.done_at, row.done_on = at, timezone.localdate(at)
    row.done_by, row.outcome = actor, outcome
    row.save(update_fields=["done_at", "done_on", "done_by", "outcome"])
    planning.open_next(row)
    audit.record(
        actions.DONE,
        actor=actor,
        at=at,
        turn=str(row.pk),
        duty=row.duty,
        outcome=outcome.lower(),
        days_late=row.days_late,
        postponed=row.times_postponed,
    )


def _reopen(row: Turn, at: datetime) -> None:
    # The one that began to count goes first: a duty has one open turn.
    Turn.objects.open().filter(duty=row.duty, about=row.about).update(withdrawn_at=at)
    row.done_at, row.done_on, row.done_by, row.outcome = None, None, "", ""
    row.save(update_fields=["done_at", "done_on", "done_by", "outcome"])
    row.remarks.filter(on=Remark.On.DONE).delete()
