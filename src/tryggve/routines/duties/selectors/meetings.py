"""Staff meetings: the agenda that waits, those that were held, and who says that they were there."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from uuid import UUID

from django.db.models import Count
from django.utils import timezone

from tryggve.accounts.models import User
from tryggve.lib.errors import Missing
from tryggve.routines.duties import whose
from tryggve.routines.duties.models import Attendance, Choice, Meeting

# The routine that a meeting is.
TALK = "talk-security"
# For how long after a meeting somebody says that they were there.
CONFIRMED_WITHIN = timedelta(days=30)
# What the first agenda looks back on.
FIRST_LOOK_BACK = timedelta(days=91)


class NoSuchMeeting(Missing):
    """There is no meeting with that id."""


@dataclass(frozen=True, slots=True)
class Held:
    """A meeting that was held, of how many, and how many of them say that they were there."""

    id: UUID
    on: date
    people: int
    confirmed: int

    @property
    def is_confirmed(self) -> bool:
        """By at least half of those who worked here, and by two: nobody meets alone."""
        return self.confirmed >= 2 and 2 * self.confirmed >= self.people


def agenda_that_waits() -> Meeting | None:
    """The newest that was made and isn't held yet. One question."""
    return Meeting.objects.filter(held_on=None).order_by("-made_at", "-pk").first()


def meeting_of(meeting: UUID) -> Meeting:
    """Raises NoSuchMeeting."""
    found = Meeting.objects.filter(pk=meeting).first()
    if found is None:
        raise NoSuchMeeting
    return found


def held(at: datetime, *, limit: int = 20) -> Sequence[Held]:
    """The newest first; none that the calendar has yet to reach. One question."""
    rows = Meeting.objects.filter(held_on__lte=timezone.localdate(at)).order_by("-held_on")
    counted = rows.annotate(confirmed=Count("attendances"))[:limit]
    return [Held(one.pk, one.held_on, one.people, one.confirmed) for one in counted if one.held_on]


def tells_from(at: datetime) -> datetime:
    """Since when the next agenda tells: the last one that was talked about, else a quarter back. One question."""
    last = Meeting.objects.filter(held_on__isnull=False, made_at__lte=at).order_by("-made_at").first()
    return last.made_at if last else at - FIRST_LOOK_BACK


def those_who_confirmed(meeting: UUID) -> frozenset[UUID]:
    """Ids of people. One question."""
    return frozenset(Attendance.objects.filter(meeting=meeting).values_list("person_ref", flat=True))


def waits_for(person: User, *, at: datetime) -> Meeting | None:
    """The newest meeting, as long as this person may still say that they were there and hasn't. One question."""
    today = timezone.localdate(at)
    recent = Meeting.objects.filter(held_on__gt=today - CONFIRMED_WITHIN, held_on__lte=today)
    mine = Attendance.objects.filter(person_ref=person.pk).values("meeting")
    if person.role not in whose.WORKERS:
        return None
    return recent.exclude(pk__in=mine).order_by("-held_on").first()


def may_lead(person: User, at: datetime) -> bool:
    """Whether somebody makes the agenda: whose routine it is, or who decides about the routines. Two questions."""
    return _leads(person, whose.people_here(at))


def _leads(person: User, here: Sequence[User]) -> bool:
    choice = Choice.objects.filter(pk=TALK).first()
    chosen = choice.person_id if choice else None
    return any(one.pk == person.pk and (whose.may_steer(one) or one.pk == chosen) for one in here)
