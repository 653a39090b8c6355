"""Who changes the database past Tryggve turns nothing green."""

import logging
from datetime import datetime, timedelta

import pytest
from pytest_django import DjangoAssertNumQueries

from tryggve.audit.models import Entry
from tryggve.audit.tests import logs
from tryggve.controls import catalogue, facts, registry, routines, selectors, turns, writing
from tryggve.controls.answers import Outcome
from tryggve.controls.causes import CHANGED
from tryggve.controls.engine.standing import Standing, State
from tryggve.controls.engine.verdict import Verdict
from tryggve.controls.models import Evidence, Finding, Probe
from tryggve.controls.registry import Measured, measure
from tryggve.controls.tests import here

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("planted")]

_HOUR = timedelta(hours=1)
_PASSED, _FAILED = Outcome(Verdict.PROVED), Outcome(Verdict.FAILING)
_UNKNOWN = Outcome(cause="timed-out")
_POINT_ELSEWHERE = (
    "UPDATE controls_probe SET latest_id = other.id, conclusive_id = other.id FROM controls_evidence AS other"
    " WHERE controls_probe.control = 'WEB-01'"
)


@pytest.fixture(autouse=True)
def measured(planted: object, now: datetime) -> None:
    """One that passes, and one that fails after it passed."""
    for control in ("AUT-04", "WEB-01"):
        measure(
            control,
            every=timedelta(days=1),
            valid=timedelta(hours=30),
            facts={"people": facts.count("People")},
        )(lambda at: Measured(Verdict.PROVED))
    here.keep("WEB-01", _PASSED, at=now)
    here.keep("WEB-01", _FAILED, at=now + _HOUR)
    here.keep("AUT-04", _PASSED, at=now + _HOUR)


def _stands(control: str, at: datetime) -> Standing:
    return selectors.standings(now=at)[control]


@pytest.mark.parametrize(
    "change",
    [
        "UPDATE controls_evidence SET verdict = 'PROVED' WHERE verdict = 'FAILING'",
        f"{_POINT_ELSEWHERE} AND other.control = 'AUT-04'",
        f"{_POINT_ELSEWHERE} AND other.control = 'WEB-01' AND other.verdict = 'PROVED'",
        "UPDATE controls_evidence SET facts = '{\"people\": [1.5]}', verdict = 'PROVED' WHERE verdict = 'FAILING'",
        "UPDATE controls_evidence SET entry = -1, verdict = 'PROVED' WHERE verdict = 'FAILING'",
    ],
    ids=["verdict", "another control's", "older", "facts", "entry"],
)
def test_what_was_made_green_in_the_database_is_unknown_and_due_at_once(change: str, now: datetime) -> None:
    at = now + 2 * _HOUR
    logs.tamper(change)
    assert _stands("WEB-01", at).state is State.PROVED
    assert selectors.unfounded() == ["WEB-01"]

    writing.distrust(selectors.unfounded(), at=at)

    stands = _stands("WEB-01", at)
    assert (stands.state, stands.cause) == (State.UNKNOWN, CHANGED)
    assert Probe.objects.get(control="WEB-01").due_at == at
    assert (selectors.unfounded(), _stands("AUT-04", at).state) == ([], State.PROVED)


def test_the_routine_of_each_minute_holds_them_against_the_log(now: datetime) -> None:
    at = now + 2 * _HOUR
    turns.plan(now=at)
    Probe.objects.update(due_at=at + _HOUR)
    logs.tamper("UPDATE controls_evidence SET verdict = 'PROVED'")

    routines.measure_due(at)

    assert _stands("WEB-01", at).cause == CHANGED
    assert turns.is_any_due(at)


def test_what_was_changed_is_told_once_in_both_logs(now: datetime, caplog: pytest.LogCaptureFixture) -> None:
    logs.tamper("UPDATE controls_evidence SET verdict = 'OBSERVED' WHERE control = 'AUT-04'")
    with caplog.at_level(logging.ERROR):
        writing.distrust(["AUT-04"], at=now + _HOUR)
        writing.distrust(["AUT-04"], at=now + 2 * _HOUR)

    told = Entry.objects.get(facts__contains='"changed"')
    assert (told.action, told.facts["control"], told.facts["verdict"]) == (
        "controls.measured",
        "aut-04",
        "unknown",
    )
    assert [record.getMessage() for record in caplog.records] == ["what was measured isn't what was logged"]


def test_what_fails_goes_on_failing_when_only_what_came_after_was_changed(now: datetime) -> None:
    here.keep("WEB-01", _UNKNOWN, at=now + 2 * _HOUR)
    logs.tamper("UPDATE controls_evidence SET cause = 'memory' WHERE cause = 'timed-out'")

    writing.distrust(selectors.unfounded(), at=now + 3 * _HOUR)

    stands = _stands("WEB-01", now + 3 * _HOUR)
    assert (stands.state, stands.cause, stands.since) == (State.FAILING, CHANGED, now + _HOUR)


def test_measured_again_it_stands_on_what_was_found(now: datetime) -> None:
    logs.tamper("UPDATE controls_evidence SET verdict = 'PROVED'")
    writing.distrust(selectors.unfounded(), at=now + 2 * _HOUR)

    here.keep("WEB-01", _FAILED, at=now + 3 * _HOUR)

    assert (_stands("WEB-01", now + 4 * _HOUR).state, selectors.unfounded()) == (State.FAILING, [])
    assert Finding.objects.filter(closed_at=None).count() == 1


def test_what_was_measured_by_a_clock_that_ran_ahead_is_founded(now: datetime) -> None:
    here.keep("AUT-04", _PASSED, at=now + 9 * _HOUR)
    here.keep("AUT-04", _FAILED, at=now + _HOUR)

    assert selectors.unfounded() == []


def test_as_many_queries_for_sixty_controls_as_for_two(
    now: datetime, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    for control in {one.id for one in catalogue.controls()} - registry.measures().keys():
        measure(control, every=timedelta(days=1), valid=timedelta(hours=30))(
            lambda at: Measured(Verdict.PROVED)
        )
        here.keep(control, _PASSED, at=now)
    assert Evidence.objects.count() > 60

    with django_assert_num_queries(3):
        assert selectors.unfounded() == []
