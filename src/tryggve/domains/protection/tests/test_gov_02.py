"""Security comes up at the staff meeting: measured by who says that they were there, broken for real and mended."""

from datetime import datetime, timedelta

import pytest
from django.test import Client
from django.utils import timezone

from tests import signing_in
from tryggve.accounts.models import User
from tryggve.controls import selectors as controls
from tryggve.controls import services as statements
from tryggve.controls.engine.standing import State
from tryggve.controls.tests import here
from tryggve.domains.protection.tests.routines import DAY, begin
from tryggve.lib.ids import new_id
from tryggve.routines.duties.models import Attendance, Meeting
from tryggve.routines.duties.services import meetings

pytestmark = pytest.mark.django_db
GOV = "GOV-02"


@pytest.fixture
def now() -> datetime:
    return timezone.now()


@pytest.fixture
def held(anna: User, karin: User, bo: User, now: datetime) -> Meeting:
    """The three of them met today; nobody has confirmed it yet."""
    begin(anna, karin, bo, at=now)
    made = meetings.make_agenda(told={}, tells_from=now - 91 * DAY, by=karin, at=now)
    meetings.hold(meeting=made, on=timezone.localdate(now), by=karin, at=now)
    return Meeting.objects.get()


def _confirm(meeting: Meeting, *people: User) -> None:
    """As they do it: with one press on the page."""
    for person in people:
        browser: Client = signing_in.browser_of(person)
        assert browser.post(f"/routines/meetings/{meeting.pk}/there/").status_code == 302


def _state(now: datetime) -> State:
    return controls.protection(GOV, now=now + timedelta(minutes=1)).standing.state


def test_meeting_that_two_of_three_confirm_is_observed(
    held: Meeting, karin: User, bo: User, now: datetime
) -> None:
    _confirm(held, karin, bo)
    found = here.measure(GOV, at=now)
    assert found.verdict == "OBSERVED"
    assert found.facts == {
        "held_on": timezone.localdate(now).isoformat(),
        "days_ago": 0,
        "confirmed": 2,
        "people": 3,
        "unconfirmed": 0,
    }


def test_meeting_that_nobody_confirms_is_failing_and_confirmed_it_is_observed(
    held: Meeting, karin: User, bo: User, now: datetime
) -> None:
    assert here.measure(GOV, at=now).facts == {"unconfirmed": 1}
    assert _state(now) is State.FAILING
    _confirm(held, bo)
    assert here.measure(GOV, at=now + DAY).verdict == "FAILING"
    _confirm(held, karin)
    assert here.measure(GOV, at=now + 2 * DAY).verdict == "OBSERVED"


def test_who_takes_it_back_breaks_it(held: Meeting, karin: User, bo: User, now: datetime) -> None:
    _confirm(held, karin, bo)
    assert here.measure(GOV, at=now).verdict == "OBSERVED"
    meetings.take_back_attendance(meeting=held.pk, by=bo, at=now)
    assert here.measure(GOV, at=now + DAY).verdict == "FAILING"


def test_a_quarter_without_a_meeting_is_failing_until_the_next_that_is_confirmed(
    held: Meeting, anna: User, karin: User, bo: User, now: datetime
) -> None:
    _confirm(held, karin, bo)
    Meeting.objects.update(held_on=timezone.localdate(now) - 93 * DAY)
    assert here.measure(GOV, at=now).verdict == "FAILING"
    again = meetings.make_agenda(told={}, tells_from=now, by=karin, at=now)
    meetings.hold(meeting=again, on=timezone.localdate(now), by=karin, at=now)
    found = here.measure(GOV, at=now + DAY)
    assert (found.verdict, found.facts["unconfirmed"], found.facts["days_ago"]) == ("FAILING", 1, 94)
    _confirm(Meeting.objects.get(pk=again), anna, karin)
    assert here.measure(GOV, at=now + 2 * DAY).verdict == "OBSERVED"


def test_no_word_of_anybody_turns_it_green(held: Meeting, anna: User, now: datetime) -> None:
    here.measure(GOV, at=now)
    statements.attest(control=GOV, by=anna, note="we did talk", until=None, at=now)
    found = controls.protection(GOV, now=now + timedelta(minutes=1)).standing
    assert (found.state, found.is_attested, found.disagrees) == (State.FAILING, True, True)


def test_ticking_the_routine_off_is_no_meeting(anna: User, karin: User, bo: User, now: datetime) -> None:
    begin(anna, karin, bo, at=now)
    browser = signing_in.browser_of(karin)
    page = browser.get("/routines/").content.decode()
    turn = page[: page.index("Talk about security")].rsplit("/routines/turn/", 1)[1][:36]
    browser.post(f"/routines/turn/{turn}/done/", {"outcome": "WELL"})
    assert here.measure(GOV, at=now).cause == "no-meeting"


def test_who_works_alone_has_nobody_to_meet(anna: User, now: datetime) -> None:
    begin(anna, at=now)
    assert (here.measure(GOV, at=now).cause, _state(now)) == ("alone", State.UNKNOWN)


def test_new_company_is_unknown_with_its_cause(anna: User, karin: User, bo: User, now: datetime) -> None:
    begin(anna, karin, bo, at=now)
    assert here.measure(GOV, at=now).cause == "no-meeting"
    assert controls.cause_in_words(GOV, "no-meeting").startswith("No staff meeting")


def test_meeting_that_the_clock_has_yet_to_reach_counts_for_nothing(
    held: Meeting, karin: User, bo: User, now: datetime
) -> None:
    _confirm(held, karin, bo)
    assert here.measure(GOV, at=now - 2 * DAY).cause == "no-meeting"


@pytest.mark.parametrize(
    ("people", "confirmed", "good"), [(2, 1, False), (2, 2, True), (10, 4, False), (10, 5, True)]
)
def test_half_and_at_least_two_confirm(
    held: Meeting, now: datetime, people: int, confirmed: int, good: bool
) -> None:
    Meeting.objects.update(people=people)
    for _one in range(confirmed):
        Attendance.objects.create(meeting=held, person_ref=new_id(), confirmed_at=now)
    assert here.measure(GOV, at=now).verdict == ("OBSERVED" if good else "FAILING")
