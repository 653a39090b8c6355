"""What people wrote is handed out, erased and forgotten; what was done stays."""

from datetime import timedelta

import pytest

from tests.cast import NOW
from tryggve.accounts.models import User
from tryggve.privacy import registry
from tryggve.routines.duties.models import Feed, MailDay, Remark, Turn
from tryggve.routines.duties.services import calendars, doing, forgetting
from tryggve.routines.duties.tests.conftest import DAY, MONDAY, at, open_turn

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("planned")]


def _write(by: User, text: str) -> None:
    turn = open_turn("check-tools").pk
    doing.done(turn=turn, by=by, outcome=doing.Outcome.WELL, note=text, at=NOW)


def _holding() -> registry.Holding:
    [holding] = [one for one in registry.holdings() if one.code == "duties.remarks"]
    return holding


def test_person_gets_what_they_wrote_and_nobody_elses(karin: User, anna: User) -> None:
    _write(karin, "Found an old tablet.")
    _write(anna, "All there.")
    parts = list(_holding().export(karin.pk))
    assert [value.content for part in parts for value in part.values] == ["Found an old tablet."]


def test_erasing_takes_what_was_written_and_leaves_what_was_done(karin: User, anna: User) -> None:
    _write(karin, "Found an old tablet.")
    _write(anna, "All there.")
    calendars.make_calendar(user=karin, at=NOW)
    assert _holding().erase(karin.pk) == 2
    assert list(Remark.objects.values_list("writer_ref", flat=True)) == [anna.pk]
    assert (Feed.objects.count(), Turn.objects.filter(done_at__isnull=False).count()) == (0, 2)


def test_account_that_is_deleted_takes_its_calendar_along(karin: User) -> None:
    calendars.make_calendar(user=karin, at=NOW)
    MailDay.objects.create(user=karin, day=MONDAY, is_about_the_week=True)
    karin.delete()
    assert (Feed.objects.count(), MailDay.objects.count()) == (0, 0)


def test_remarks_are_forgotten_two_years_later(karin: User) -> None:
    _write(karin, "Found an old tablet.")
    forgetting.forget_old(now=at(MONDAY.replace(year=2028)))
    assert Remark.objects.count() == 1
    forgetting.forget_old(now=at(MONDAY.replace(year=2028) + DAY))
    assert (Remark.objects.count(), Turn.objects.filter(done_at__isnull=False).count()) == (0, 1)


def test_what_tells_of_mails_and_calendars_that_ended_is_forgotten_a_month_later(karin: User) -> None:
    MailDay.objects.create(user=karin, day=MONDAY, is_about_the_week=True)
    calendars.make_calendar(user=karin, at=NOW)
    calendars.make_calendar(user=karin, at=NOW)
    forgetting.forget_old(now=NOW + timedelta(days=30))
    assert (MailDay.objects.count(), Feed.objects.count()) == (1, 2)
    forgetting.forget_old(now=NOW + timedelta(days=31))
    assert (MailDay.objects.count(), Feed.objects.count()) == (0, 1)
