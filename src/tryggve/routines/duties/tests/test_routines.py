"""What the machine does by itself about people's routines, as the scheduler calls it."""

from datetime import timedelta

import pytest

from tests.cast import NOW
from tryggve.accounts.models import User
from tryggve.notices.models import MailServer, OutboxMessage, Security
from tryggve.routines import registry
from tryggve.routines.duties.models import MailDay
from tryggve.routines.duties.tests.conftest import DAY, MONDAY, Came, at, open_days

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def working_here(anna: User, karin: User, here_since: Came) -> None:
    here_since([anna, karin], NOW - 30 * DAY)


def test_duties_are_planned_every_hour_and_as_tryggve_starts() -> None:
    routine = registry.routines()["duties.plan"]
    routine.work(NOW)
    assert open_days()["install-updates", ""] == MONDAY + 7 * DAY
    assert (routine.every, routine.at_start) == (timedelta(hours=1), True)


def test_people_are_reminded_of_what_was_planned_for_them_until_then(anna: User, karin: User) -> None:
    MailServer.objects.create(
        pk=1,
        host="localhost",
        port=25,
        security=Security.NONE,
        sender_address="tryggve@example.se",
        changed_at=NOW,
    )
    routine = registry.routines()["duties.remind"]
    routine.work(NOW)
    assert open_days()["install-updates", ""] == MONDAY + 7 * DAY

    OutboxMessage.objects.all().delete()
    routine.work(at(MONDAY + 7 * DAY))
    told = OutboxMessage.objects.values_list("kind", "recipient_ref")
    assert set(told) == {("duties.week", anna.actor), ("duties.week", karin.actor)}
    assert routine.every == timedelta(minutes=15)


def test_what_nobody_needs_any_more_is_forgotten_every_day(anna: User) -> None:
    MailDay.objects.create(user=anna, day=MONDAY, is_about_the_week=True)
    routine = registry.routines()["duties.forget"]
    routine.work(NOW)
    assert MailDay.objects.count() == 1

    routine.work(NOW + 31 * DAY)
    assert (MailDay.objects.count(), routine.every) == (0, DAY)
