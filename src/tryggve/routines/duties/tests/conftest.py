from collections.abc import Callable, Sequence
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from tests.cast import NOW
from tryggve.accounts.models import User
from tryggve.routines.duties.models import Turn
from tryggve.routines.duties.services import planning

STOCKHOLM = ZoneInfo("Europe/Stockholm")
# The cast's time is a Monday morning.
MONDAY = date(2026, 3, 2)
DAY = timedelta(days=1)


def at(day: date, hour: int = 9) -> datetime:
    """That hour of the day where the company is."""
    return datetime(day.year, day.month, day.day, hour, tzinfo=STOCKHOLM).astimezone(UTC)


def open_turn(duty: str, about: str = "") -> Turn:
    return Turn.objects.open().get(duty=duty, about=about)


def open_days() -> dict[tuple[str, str], date]:
    """When each open turn is due, by duty and whom it is about."""
    rows = Turn.objects.open().values_list("duty", "about", "due_on")
    return {(duty, about): due_on for duty, about, due_on in rows}


Came = Callable[[Sequence[User], datetime], None]


@pytest.fixture
def here_since(db: None) -> Came:
    """Say when people came to work here: their accounts were made just now."""

    def came(people: Sequence[User], since: datetime) -> None:
        User.objects.filter(pk__in=[person.pk for person in people]).update(created_at=since)

    return came


@pytest.fixture
def planned(anna: User, karin: User, bo: User, here_since: Came) -> None:
    """Three people work here, and what they do again and again has begun."""
    here_since([anna, karin, bo], NOW - 30 * DAY)
    planning.plan(at=NOW)
