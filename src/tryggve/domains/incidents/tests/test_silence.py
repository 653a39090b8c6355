"""What can't be measured any more raises an alarm of its own, once."""

from collections.abc import Collection
from datetime import timedelta

import pytest

from tests.cast import NOW
from tryggve.accounts.models import User
from tryggve.audit.models import Entry
from tryggve.audit.tests import logs
from tryggve.controls import catalogue, registry, selectors, writing
from tryggve.controls.answers import Outcome
from tryggve.controls.engine.verdict import Verdict
from tryggve.controls.tests import here
from tryggve.domains.incidents import routines
from tryggve.domains.incidents.models import Silence
from tryggve.domains.incidents.services.silence import SIGHTS
from tryggve.notices import delivery
from tryggve.notices.tests.post_office import PostOffice
from tryggve.notices.tests.sending import lead_to

pytestmark = pytest.mark.django_db

HOUR, QUARTER = timedelta(hours=1), timedelta(minutes=15)
_PASSED = Outcome(verdict=Verdict.PROVED)


@pytest.fixture(autouse=True)
def all_is_measured(db: None) -> None:
    for control in registry.measures():
        here.keep(control, _PASSED, at=NOW)


@pytest.fixture
def desk(office: PostOffice, karin: User, bo: User) -> PostOffice:
    """A mail server that Karin's mail goes through."""
    lead_to(office.port)
    return office


def _measure(control: str, outcome: Outcome, *, hours: float) -> None:
    here.keep(control, outcome, at=NOW + hours * HOUR)


def _fail_to_measure(control: str, cause: str, *, since: int, hours: int) -> None:
    for hour in range(since, hours):
        _measure(control, Outcome(verdict=None, cause=cause), hours=hour)


def _mails(desk: PostOffice, *, hours: float, silent: Collection[str], runs: int = SIGHTS) -> list[str]:
    """What comes in the hour up to then, in which all the others pass."""
    before = len(desk.desk.taken)
    for control in registry.measures().keys() - set(silent):
        _measure(control, _PASSED, hours=hours - 1)
    for run in range(runs):
        at = NOW + hours * HOUR - (runs - 1 - run) * QUARTER
        routines.tell_silence(at)
        delivery.deliver_due(at=at)
    return [one.get_content() for one in desk.desk.taken[before:]]


def test_measuring_that_breaks_for_a_day_is_told_to_the_captain_once(desk: PostOffice, karin: User) -> None:
    _fail_to_measure("GOV-04", "raised", since=1, hours=26)
    assert _mails(desk, hours=20, silent=["GOV-04"]) == []

    [text] = _mails(desk, hours=26, silent=["GOV-04"])
    heading = catalogue.words("GOV-04", karin.language).heading
    assert f"- {heading} (GOV-04). The measurement stopped with a fault in Tryggve itself." in text
    assert (text.count("\n- "), [str(one["to"]) for one in desk.desk.taken]) == (1, ["karin@example.se"])
    assert _mails(desk, hours=27, silent=["GOV-04"]) == []
    assert Entry.objects.get(action="incidents.silence-told").facts == {"count": 1}


def test_what_speaks_again_and_falls_silent_again_is_told_again(desk: PostOffice) -> None:
    _fail_to_measure("GOV-04", "timed-out", since=1, hours=26)
    assert len(_mails(desk, hours=26, silent=["GOV-04"])) == 1
    assert (_mails(desk, hours=28, silent=[]), Silence.objects.count()) == ([], 0)
    _fail_to_measure("GOV-04", "timed-out", since=28, hours=54)
    assert len(_mails(desk, hours=54, silent=["GOV-04"])) == 1


def test_machine_that_measures_nothing_any_more_is_told_in_one_mail(desk: PostOffice) -> None:
    [text] = _mails(desk, hours=24 * 90, silent=registry.measures())
    assert all(f"({control})" in text for control in registry.measures())


def test_computer_that_was_off_for_days_measures_before_anybody_is_told(desk: PostOffice) -> None:
    assert _mails(desk, hours=120, silent=registry.measures(), runs=SIGHTS - 1) == []
    assert (_mails(desk, hours=121, silent=[]), Silence.objects.count()) == ([], 0)


def test_measuring_that_somebody_changed_in_the_database_is_told_at_once(desk: PostOffice) -> None:
    logs.tamper("UPDATE controls_evidence SET facts = %s WHERE control = %s", '{"people": 7}', "AUT-04")
    writing.distrust(selectors.unfounded(), at=NOW + HOUR)
    [text] = _mails(desk, hours=1, silent=registry.measures(), runs=1)
    assert "(AUT-04). What was measured is no longer what the log says of it" in text


@pytest.mark.parametrize("cause", ["no-meeting", "alone"])
def test_what_cant_be_known_yet_is_no_alarm(desk: PostOffice, cause: str) -> None:
    _fail_to_measure("GOV-02", cause, since=1, hours=30)
    assert _mails(desk, hours=30, silent=["GOV-02"]) == []


def test_without_mail_settings_it_is_told_once_there_are_some(office: PostOffice, karin: User) -> None:
    _fail_to_measure("GOV-04", "raised", since=1, hours=31)
    assert _mails(office, hours=29, silent=["GOV-04"]) == []
    lead_to(office.port)
    assert len(_mails(office, hours=31, silent=["GOV-04"])) == 1
