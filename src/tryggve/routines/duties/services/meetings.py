"""The staff meeting: an agenda is made, the meeting is held, and everybody says themselves that they were there."""

from collections.abc import Mapping
from datetime import date, datetime
from typing import ClassVar
from uuid import UUID

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from tryggve.accounts.models import User
from tryggve.audit import services as audit
from tryggve.lib.errors import Refusal
from tryggve.routines.duties import actions, whose
from tryggve.routines.duties.models import Attendance, Meeting, Turn
from tryggve.routines.duties.selectors import meetings as selectors
from tryggve.routines.duties.services import asking, doing


class NotYoursToLead(Refusal):
    """Somebody else makes the agenda."""

    sentence: ClassVar = _("Only who leads the talk makes the agenda. Nothing was changed.")


class NotOnThatDay(Refusal):
    """It wasn't held on that day."""

    sentence: ClassVar = _(
        "Choose the day of the meeting: not before the agenda was made, and not after today. Nothing was changed."
    )


class HeldThatDay(Refusal):
    """A meeting was held on that day already."""

    sentence: ClassVar = _("A meeting on that day is written down already. Nothing was changed.")


class HeldAlready(Refusal):
    """It was held, or isn't any more."""

    sentence: ClassVar = _("Somebody changed this meeting meanwhile. Nothing was changed. Look at it again.")


class NotThere(Refusal):
    """There is nothing to confirm for this person."""

    sentence: ClassVar = _("Only who works here confirms, and within 30 days. Nothing was changed.")


@transaction.atomic
def make_agenda(*, told: Mapping[str, object], tells_from: datetime, by: User, at: datetime) -> UUID:
    """An agenda of counts and codes; one that waited gives way to it. Raises NotYoursToLead."""
    _require_leading(by, at)
    Meeting.objects.filter(held_on=None).delete()
    made = Meeting.objects.create(made_at=at, tells_from=tells_from, told=dict(told))
    audit.record(actions.AGENDA_MADE, actor=by.actor, at=at, meeting=str(made.pk))
    return made.pk


@transaction.atomic
def hold(*, meeting: UUID, on: date, by: User, at: datetime) -> None:
    """It was held on that day; the routine of talking about security is done by it, and the others are asked.

    Raises NoSuchMeeting, NotYoursToLead, NotOnThatDay, HeldThatDay and HeldAlready.
    """
    _require_leading(by, at)
    row = _row(meeting)
    if row.held_on is not None:
        raise HeldAlready
    if not timezone.localdate(row.made_at) <= on <= timezone.localdate(at):
        raise NotOnThatDay
    if Meeting.objects.filter(held_on=on).exists():
        raise HeldThatDay
    people = whose.people_here(at)
    row.held_on, row.held_at, row.people = on, at, len(people)
    row.turn = Turn.objects.open().filter(duty=selectors.TALK).first()
    row.save(update_fields=["held_on", "held_at", "people", "turn"])
    doing.note_done(duty=selectors.TALK, actor=by.actor, at=at)
    asking.ask([person for person in people if person.pk != by.pk], on=on, at=at)
    audit.record(actions.MEETING_HELD, actor=by.actor, at=at, meeting=str(row.pk), people=row.people)


@transaction.atomic
def take_back(*, meeting: UUID, by: User, at: datetime) -> None:
    """It wasn't held after all: the agenda waits again, and what people confirmed goes. Only on the same day.

    Raises NoSuchMeeting, NotYoursToLead, HeldAlready and doing.TooLate.
    """
    _require_leading(by, at)
    row = _row(meeting)
    if row.held_at is None:
        raise HeldAlready
    if timezone.localdate(row.held_at) != timezone.localdate(at):
        raise doing.TooLate
    if row.turn_id and Turn.objects.filter(pk=row.turn_id, done_at__isnull=False).exists():
        doing.take_back(turn=row.turn_id, by=by, at=at)
    row.held_on, row.held_at, row.turn = None, None, None
    row.save(update_fields=["held_on", "held_at", "turn"])
    row.attendances.all().delete()
    audit.record(actions.MEETING_TAKEN_BACK, actor=by.actor, at=at, meeting=str(row.pk))


@transaction.atomic
def confirm(*, meeting: UUID, by: User, at: datetime) -> bool:
    """This person says that they were there. Returns whether they hadn't said so. Raises NoSuchMeeting and NotThere."""
    row = _row(meeting)
    today = timezone.localdate(at)
    is_open = row.held_on is not None and row.held_on <= today < row.held_on + selectors.CONFIRMED_WITHIN
    if not is_open or by.pk not in {person.pk for person in whose.people_here(at)}:
        raise NotThere
    _row_of_person, is_new = Attendance.objects.get_or_create(
        meeting=row, person_ref=by.pk, defaults={"confirmed_at": at}
    )
    if is_new:
        audit.record(actions.ATTENDED, actor=by.actor, at=at, meeting=str(row.pk))
    return is_new


@transaction.atomic
def take_back_attendance(*, meeting: UUID, by: User, at: datetime) -> bool:
    """This person wasn't there. Returns whether they had said so. Raises NoSuchMeeting."""
    removed, _by_model = Attendance.objects.filter(meeting=_row(meeting), person_ref=by.pk).delete()
    if removed:
        audit.record(actions.ATTENDANCE_TAKEN_BACK, actor=by.actor, at=at, meeting=str(meeting))
    return bool(removed)


def _row(meeting: UUID) -> Meeting:
    row = Meeting.objects.select_for_update().filter(pk=meeting).first()
    if row is None:
        raise selectors.NoSuchMeeting
    return row


def _require_leading(by: User, at: datetime) -> None:
    if not selectors.may_lead(by, at):
        raise NotYoursToLead
