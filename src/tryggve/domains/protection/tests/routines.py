"""What tests of the routines begin with: people who have worked here for a while, and what they do again and again."""

from datetime import date, datetime, timedelta

from tryggve.accounts.models import User
from tryggve.routines.duties.models import Turn
from tryggve.routines.duties.services import planning

DAY = timedelta(days=1)


def begin(*people: User, at: datetime) -> None:
    """They came a month before, and their routines are planned from then on."""
    User.objects.filter(pk__in=[person.pk for person in people]).update(created_at=at - 30 * DAY)
    planning.plan(at=at)


def open_turn(duty: str, about: str = "") -> Turn:
    return Turn.objects.open().get(duty=duty, about=about)


def make_late(turn: Turn, *, days: int, today: date) -> None:
    """The calendar goes on, and nobody does it."""
    Turn.objects.filter(pk=turn.pk).update(due_on=today - timedelta(days=days))
