"""What the machine does by itself for the first page and for the year's report, as the scheduler calls it."""

from datetime import UTC, datetime, timedelta

import pytest

from tests.cast import NOW
from tryggve.audit import actors
from tryggve.audit import services as audit
from tryggve.controls import actions
from tryggve.domains.protection.models import FirstPage, Report
from tryggve.routines import registry

pytestmark = pytest.mark.django_db


def test_night_is_counted_within_the_hour_in_which_it_ended() -> None:
    audit.record(actions.FINDING_OPENED, actor=actors.SYSTEM, at=NOW - timedelta(hours=6), control="gov-01")
    routine = registry.routines()["protection.keep-night"]
    routine.work(NOW)
    page = FirstPage.objects.get()
    assert (page.night_on, page.night_counts) == (NOW.date(), {"controls.finding-opened": 1})
    assert routine.every == timedelta(hours=1)


@pytest.mark.usefixtures("firm")
def test_year_that_has_ended_gets_its_report_by_itself() -> None:
    routine = registry.routines()["protection.make-yearly-report"]
    routine.work(NOW)
    assert not Report.objects.exists()

    routine.work(datetime(2027, 1, 1, 8, 0, tzinfo=UTC))
    made = Report.objects.get()
    assert (made.since.year, made.reader, routine.every) == (2026, Report.Reader.OWN, timedelta(hours=12))
