"""The staff meetings as their pages show them."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.utils import timezone

from tryggve.accounts.models import User
from tryggve.domains.protection.selectors.handouts import Handout, handout
from tryggve.routines.duties import whose
from tryggve.routines.duties.models import Meeting
from tryggve.routines.duties.selectors import meetings
from tryggve.routines.duties.selectors.meetings import Held, waits_for

__all__ = ["Held", "Overview", "Page", "is_colleague", "overview", "page", "waits_for"]


@dataclass(frozen=True, slots=True)
class Overview:
    """The agenda that waits, if there is one, and the meetings that were held."""

    waiting: Meeting | None
    held: Sequence[Held]
    may_lead: bool


@dataclass(frozen=True, slots=True)
class Page:
    """One meeting: its handout, who says that they were there, and what the reader may say about it."""

    meeting: Meeting
    handout: Handout
    who_confirmed: Sequence[str]
    confirmed: int
    has_confirmed: bool
    may_confirm: bool
    may_lead: bool
    may_take_back: bool


def is_colleague(person: User) -> bool:
    """Whether somebody has routines of their own."""
    return person.role in whose.WORKERS


def overview(reader: User, *, at: datetime) -> Overview:
    """Four questions."""
    return Overview(
        waiting=meetings.agenda_that_waits(), held=meetings.held(at), may_lead=meetings.may_lead(reader, at)
    )


def page(meeting: UUID, reader: User, *, at: datetime) -> Page:
    """Raises NoSuchMeeting. Five questions."""
    row, today = meetings.meeting_of(meeting), timezone.localdate(at)
    confirmed = meetings.those_who_confirmed(meeting)
    may_lead = meetings.may_lead(reader, at)
    names = User.objects.filter(pk__in=confirmed).order_by("name", "pk").values_list("name", flat=True)
    is_open = row.held_on is not None and row.held_on <= today < row.held_on + meetings.CONFIRMED_WITHIN
    return Page(
        meeting=row,
        handout=handout(row),
        who_confirmed=list(names),
        confirmed=len(confirmed),
        has_confirmed=reader.pk in confirmed,
        may_confirm=is_open and is_colleague(reader),
        may_lead=may_lead,
        may_take_back=may_lead and row.held_at is not None and timezone.localdate(row.held_at) == today,
    )
