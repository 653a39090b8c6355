"""What is to be done regularly gets done: measured by the turns, broken by letting days pass, mended by doing it."""

from datetime import datetime, timedelta

import pytest
from django.utils import timezone

from tryggve.accounts.models import User
from tryggve.controls import selectors as controls
from tryggve.controls import services as statements
from tryggve.controls.engine.standing import State
from tryggve.controls.services import NotAttestable
from tryggve.controls.tests import here
from tryggve.domains.protection.tests.routines import DAY, begin, make_late, open_turn
from tryggve.routines.duties.models import Turn
from tryggve.routines.duties.services import choosing, doing, planning
from tryggve.routines.duties.services.doing import Outcome

pytestmark = pytest.mark.django_db
GOV = "GOV-04"


@pytest.fixture
def now() -> datetime:
    """In the morning: twelve hours later it is still the same day, in winter and in summer."""
    return timezone.now().replace(hour=8)


@pytest.fixture(autouse=True)
def planned(anna: User, karin: User, bo: User, now: datetime) -> None:
    begin(anna, karin, bo, at=now)


def _late(duty: str, *, days: int, now: datetime) -> Turn:
    make_late(open_turn(duty), days=days, today=timezone.localdate(now))
    return open_turn(duty)


def test_nothing_that_came_due_yet_is_unknown(now: datetime) -> None:
    assert here.measure(GOV, at=now).cause == "nothing-due"


def test_nothing_planned_is_unknown_and_not_kept(now: datetime) -> None:
    Turn.objects.all().delete()
    assert here.measure(GOV, at=now).cause == "not-planned"


def test_everything_switched_off_is_unknown_and_not_kept(karin: User, now: datetime) -> None:
    doing.done(turn=open_turn("check-tools").pk, by=karin, outcome=Outcome.WELL, at=now)
    for turn in Turn.objects.open():
        choosing.switch_off(duty=turn.duty, reason="no time", by=karin, at=now)
    assert here.measure(GOV, at=now).cause == "not-planned"


def test_done_in_time_is_observed_with_its_numbers(karin: User, now: datetime) -> None:
    doing.done(turn=open_turn("check-tools").pk, by=karin, outcome=Outcome.WELL, at=now)
    choosing.switch_off(duty="change-wifi", reason="none here", by=karin, at=now)
    found = here.measure(GOV, at=now)
    assert (found.verdict, found.facts) == (
        "OBSERVED",
        {
            "due": 1, "in_time": 1, "put_off": 0, "late": 0, "overdue": 0, "days_late": 0,
            "percent": 100, "given_up": 0, "switched_off": 1, "calendars": 0,
        },
    )  # fmt: skip


def test_left_undone_for_over_a_week_is_failing_and_done_it_is_observed(karin: User, now: datetime) -> None:
    turn = _late("install-updates", days=7, now=now)
    assert here.measure(GOV, at=now).verdict == "OBSERVED"
    make_late(turn, days=8, today=timezone.localdate(now))
    found = here.measure(GOV, at=now + timedelta(hours=6))
    assert (found.verdict, found.facts["overdue"], found.facts["days_late"]) == ("FAILING", 1, 8)
    doing.done(turn=turn.pk, by=karin, outcome=Outcome.WELL, at=now)
    found = here.measure(GOV, at=now + timedelta(hours=12))
    assert (found.verdict, found.facts["late"], found.facts["overdue"]) == ("OBSERVED", 1, 0)


def test_put_off_with_a_reason_is_in_time(karin: User, now: datetime) -> None:
    turn = _late("check-tools", days=8, now=now)
    doing.postpone(
        turn=turn.pk, to=timezone.localdate(now) + DAY, reason="the list comes then", by=karin, at=now
    )
    assert here.measure(GOV, at=now).cause == "nothing-due"
    doing.done(turn=turn.pk, by=karin, outcome=Outcome.WELL, at=now)
    found = here.measure(GOV, at=now + DAY)
    assert (found.verdict, found.facts["put_off"]) == ("OBSERVED", 1)


def test_most_done_late_is_failing_though_nothing_waits(karin: User, now: datetime) -> None:
    codes = [turn.duty for turn in Turn.objects.open().filter(about="")][:8]
    for code in codes[:3]:
        _late(code, days=2, now=now)
    for code in codes:
        doing.done(turn=open_turn(code).pk, by=karin, outcome=Outcome.WELL, at=now)
    found = here.measure(GOV, at=now)
    assert (found.verdict, found.facts["percent"]) == ("FAILING", 62)
    Turn.objects.filter(duty=codes[0], done_at__isnull=False).update(due_on=timezone.localdate(now))
    assert here.measure(GOV, at=now + DAY).verdict == "OBSERVED"


def test_taken_back_counts_as_not_done(karin: User, now: datetime) -> None:
    turn = _late("install-updates", days=20, now=now)
    doing.done(turn=turn.pk, by=karin, outcome=Outcome.WELL, at=now)
    assert here.measure(GOV, at=now).verdict == "OBSERVED"
    doing.take_back(turn=turn.pk, by=karin, at=now)
    assert here.measure(GOV, at=now + DAY).verdict == "FAILING"


def test_switched_off_and_on_stays_failing(karin: User, now: datetime) -> None:
    codes = [turn.duty for turn in Turn.objects.open().filter(about="")][:6]
    for code in codes:
        _late(code, days=40, now=now)
    before = here.measure(GOV, at=now)
    assert (before.verdict, before.facts["overdue"]) == ("FAILING", 6)
    for code in codes:
        choosing.switch_off(duty=code, reason="no time", by=karin, at=now)
        choosing.switch_on(duty=code, by=karin, at=now)
    after = here.measure(GOV, at=now + timedelta(hours=6))
    assert (after.verdict, after.facts) == ("FAILING", before.facts)


def test_switched_off_while_late_counts_as_not_kept(karin: User, now: datetime) -> None:
    codes = [turn.duty for turn in Turn.objects.open().filter(about="")][:8]
    for code in codes[:3]:
        _late(code, days=40, now=now)
        choosing.switch_off(duty=code, reason="no time", by=karin, at=now)
    for code in codes[3:]:
        doing.done(turn=open_turn(code).pk, by=karin, outcome=Outcome.WELL, at=now)
    found = here.measure(GOV, at=now)
    assert (found.verdict, found.facts["due"], found.facts["percent"]) == ("FAILING", 8, 62)


def test_what_was_late_of_who_left_doesnt_count(bo: User, now: datetime) -> None:
    make_late(open_turn("train", bo.actor), days=40, today=timezone.localdate(now))
    User.objects.filter(pk=bo.pk).update(is_active=False, left_at=now)
    planning.plan(at=now)
    assert here.measure(GOV, at=now).cause == "nothing-due"


def test_nobodys_word_is_asked(anna: User, now: datetime) -> None:
    _late("install-updates", days=20, now=now)
    here.measure(GOV, at=now)
    with pytest.raises(NotAttestable):
        statements.attest(control=GOV, by=anna, note="", until=None, at=now)
    assert controls.protection(GOV, now=now + timedelta(minutes=1)).standing.state is State.FAILING
