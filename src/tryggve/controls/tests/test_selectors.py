from datetime import datetime, timedelta
from uuid import uuid4

import pytest
from django.core.checks import run_checks
from pytest_django import DjangoAssertNumQueries

from tryggve.controls import catalogue, day_scores, facts, registry, selectors
from tryggve.controls.answers import Outcome
from tryggve.controls.causes import CAUSES
from tryggve.controls.engine.standing import State
from tryggve.controls.engine.verdict import Verdict
from tryggve.controls.models import Attestation, Exemption
from tryggve.controls.registry import Measured, measure
from tryggve.controls.selectors import Run
from tryggve.controls.tests import here

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("planted")]

_HOUR = timedelta(hours=1)
_PASSED, _FAILED = Outcome(Verdict.PROVED), Outcome(Verdict.FAILING)
_UNKNOWN = Outcome(cause="no-dns")


def _measure(*controls: str) -> None:
    for control in controls:
        measure(
            control,
            every=timedelta(days=1),
            valid=timedelta(hours=30),
            causes={"no-dns": "Nobody answered."},
            facts={
                "people": facts.count("People"),
                "policy": facts.one_of("Policy", {"none": "nothing is refused"}),
            },
        )(lambda at: Measured(Verdict.PROVED))


def test_every_control_of_the_catalogue_stands_somehow(now: datetime) -> None:
    _measure("AUT-04", "MAI-01", "WEB-01")
    here.keep("AUT-04", _PASSED, at=now)
    here.keep("MAI-01", _FAILED, at=now)
    Attestation.objects.create(control="GOV-02", by_ref=uuid4(), said_at=now, until=now + 2 * _HOUR)
    Exemption.objects.create(control="GOV-01", by_ref=uuid4(), said_at=now, until=now + 2 * _HOUR)

    found = selectors.standings(now=now + _HOUR)

    assert list(found) == [one.id for one in catalogue.controls()]
    told = {id: (one.state, one.cause) for id, one in found.items() if one.cause != "not-built"}
    assert told == {
        "GOV-01": (State.NOT_APPLICABLE, ""),
        "AUT-04": (State.PROVED, ""),
        "MAI-01": (State.FAILING, ""),
        "WEB-01": (State.UNKNOWN, "never-measured"),
    }
    assert found["GOV-02"].state is State.ATTESTED


def test_sixty_controls_take_as_many_queries_as_none(
    now: datetime, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    with django_assert_num_queries(3):
        selectors.protections(now=now)
    controls = [one.id for one in catalogue.controls()]
    _measure(*controls)
    for control in controls:
        here.keep(control, _FAILED, at=now)
        Attestation.objects.create(control=control, by_ref=uuid4(), said_at=now, until=now + 9 * _HOUR)

    with django_assert_num_queries(3):
        found = selectors.protections(now=now + 2 * _HOUR)

    assert {(one.standing.state, one.standing.disagrees) for one in found.values()} == {(State.FAILING, True)}


def test_of_several_words_the_newest_that_still_holds_counts(now: datetime) -> None:
    old = Attestation.objects.create(control="GOV-02", by_ref=uuid4(), said_at=now, until=now + 9 * _HOUR)
    newer = Attestation.objects.create(
        control="GOV-02", by_ref=uuid4(), said_at=now + _HOUR, until=now + 3 * _HOUR
    )
    Attestation.objects.create(
        control="GOV-02", by_ref=uuid4(), said_at=now + _HOUR, until=now + 9 * _HOUR, ended_at=now + _HOUR
    )

    assert selectors.protection("GOV-02", now=now + 2 * _HOUR).attestation == newer
    assert selectors.protection("GOV-02", now=now + 4 * _HOUR).attestation == old
    assert selectors.protection("GOV-02", now=now + 9 * _HOUR).attestation is None
    assert set(selectors.statements_of("GOV-02")) == set(Attestation.objects.all())


def test_history_tells_runs_of_the_same_as_one(
    now: datetime, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    _measure("MAI-01")
    for hour, outcome in enumerate([_PASSED, _PASSED, _FAILED, _UNKNOWN, _FAILED]):
        here.keep("MAI-01", outcome, at=now + hour * _HOUR)

    with django_assert_num_queries(1):
        found = selectors.history("MAI-01", now=now + 5 * _HOUR)

    assert list(found) == [
        Run("FAILING", "", now + 2 * _HOUR, now + 4 * _HOUR, 2),
        Run("", "no-dns", now + 3 * _HOUR, now + 3 * _HOUR, 1),
        Run("PROVED", "", now, now + _HOUR, 2),
    ]
    assert selectors.history("MAI-01", now=now + timedelta(days=91)) == []


def test_findings_are_told_while_open_and_kept_afterwards(now: datetime) -> None:
    _measure("MAI-01", "WEB-01")
    here.keep("WEB-01", _FAILED, at=now)
    here.keep("MAI-01", _FAILED, at=now + _HOUR)
    assert [one.control for one in selectors.open_findings()] == ["WEB-01", "MAI-01"]

    here.keep("WEB-01", _PASSED, at=now + 2 * _HOUR)

    assert [one.control for one in selectors.open_findings()] == ["MAI-01"]
    [kept] = selectors.findings_of("WEB-01")
    assert kept.closed_by == selectors.protection("WEB-01", now=now).latest


def test_causes_and_facts_are_told_in_words(now: datetime) -> None:
    _measure("MAI-01")
    evidence = here.keep("MAI-01", Outcome(Verdict.PROVED, facts={"policy": "none", "people": 3}), at=now)

    assert selectors.facts_in_words(evidence) == [("People", 3), ("Policy", "nothing is refused")]
    assert selectors.cause_in_words("MAI-01", "no-dns") == "Nobody answered."
    assert selectors.cause_in_words("MAI-01", "raised") == str(CAUSES["raised"])
    assert selectors.cause_in_words("MAI-01", "") == ""


def test_the_trend_has_one_count_a_day_for_companies_of_each_size(now: datetime) -> None:
    _measure("MAI-01", "WEB-01")
    here.keep("MAI-01", _PASSED, at=now)
    day_scores.keep(at=now)
    here.keep("WEB-01", _PASSED, at=now + _HOUR)
    day_scores.keep(at=now + _HOUR)
    here.keep("MAI-01", _FAILED, at=now + timedelta(days=1))
    day_scores.keep(at=now + timedelta(days=1))

    hour = [(row.proven, row.failing, row.of) for row in day_scores.trend("hour", now=now + 2 * _HOUR)]
    later = [(row.proven, row.failing, row.of) for row in day_scores.trend("larger", now=now + 24 * _HOUR)]

    assert hour == [(2, 0, 12), (1, 1, 12)]
    assert later == [(2, 0, 60), (1, 1, 60)]
    assert day_scores.trend("hour", now=now + timedelta(days=92)) == []


def test_what_is_measured_must_be_in_the_catalogue_and_stand_in_controls_py(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(registry, "_measures", {})
    assert run_checks(tags=["controls"]) == []

    _measure("AUT-04")
    measure("TST-98", every=timedelta(days=1), valid=timedelta(hours=30))(lambda at: Measured(Verdict.PROVED))

    assert sorted((fault.id, fault.msg[:6]) for fault in run_checks(tags=["controls"])) == [
        ("controls.E001", "TST-98"),
        ("controls.E002", "AUT-04"),
        ("controls.E002", "TST-98"),
    ]
