from collections.abc import Mapping
from datetime import datetime, timedelta

import pytest
from django.db import connection
from django.db.utils import OperationalError

from tryggve.audit.models import Entry
from tryggve.controls import digests, turns, writing
from tryggve.controls.answers import Outcome
from tryggve.controls.engine.verdict import Verdict
from tryggve.controls.measuring import Turn
from tryggve.controls.models import AppendOnly, Evidence, Finding, Probe
from tryggve.controls.registry import Measure
from tryggve.controls.tests import here
from tryggve.lib import write_points

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("planted")]

_HOUR = timedelta(hours=1)
_PASSED, _FAILED = Outcome(Verdict.PROVED), Outcome(Verdict.FAILING)
_UNKNOWN = Outcome(cause="timed-out")


def _entries() -> list[tuple[str, dict[str, object]]]:
    return [(entry.action, entry.facts) for entry in Entry.objects.order_by("id")]


def test_evidence_has_three_dates_and_its_place_in_the_log(now: datetime) -> None:
    evidence = here.measure("TST-01", at=now)

    kept = Evidence.objects.get()
    assert kept == evidence
    assert (kept.observed_at, kept.received_at) == (now, now + timedelta(seconds=1))
    assert kept.valid_until == now + timedelta(hours=30)
    assert kept.facts == {"people": 3, "is_on": True, "seen_on": "2026-03-02", "policy": "none"}
    entry = Entry.objects.get(pk=kept.entry)
    assert (entry.action, entry.actor, entry.subject) == ("controls.measured", "system", None)
    assert entry.facts == {
        "control": "tst-01",
        "verdict": "proved",
        "cause": "none",
        "facts": 4,
        "evidence": digests.digest(
            control="TST-01",
            verdict="PROVED",
            cause="",
            facts=kept.facts,
            observed_at=kept.observed_at,
            received_at=kept.received_at,
            valid_until=kept.valid_until,
        ),
    }


def test_the_log_tells_evidence_apart_that_was_changed(now: datetime) -> None:
    evidence = here.measure("TST-01", at=now)
    told = Entry.objects.get(pk=evidence.entry).facts["evidence"]
    with connection.cursor() as cursor:
        cursor.execute("UPDATE controls_evidence SET verdict = 'OBSERVED'")

    assert digests.digest_of(evidence) == told
    assert digests.digest_of(Evidence.objects.get()) != told


def test_what_could_not_be_measured_is_written_without_a_verdict(now: datetime) -> None:
    evidence = here.measure("TST-09", at=now)

    assert (evidence.verdict, evidence.cause, evidence.facts, evidence.valid_until) == (
        "",
        "no-dns",
        {},
        None,
    )
    assert _entries()[0][1]["verdict"] == "unknown"
    assert _entries()[0][1]["cause"] == "no-dns"


def test_evidence_is_never_changed_or_removed(now: datetime) -> None:
    evidence = here.measure("TST-01", at=now)

    for change in (evidence.save, evidence.delete, Evidence.objects.all().delete):
        with pytest.raises(AppendOnly):
            change()
    with pytest.raises(AppendOnly):
        Evidence.objects.update(verdict="PROVED")


def test_a_finding_opens_when_a_control_first_fails_and_closes_when_it_is_measured_and_passes(
    now: datetime,
) -> None:
    for hour, outcome in enumerate([_PASSED, _FAILED, _FAILED, _UNKNOWN]):
        here.keep("TST-08", outcome, at=now + hour * _HOUR)
    [finding] = Finding.objects.all()
    assert (finding.opened_at, finding.closed_at) == (now + _HOUR + timedelta(seconds=1), None)

    here.keep("TST-08", _PASSED, at=now + 4 * _HOUR)

    [finding] = Finding.objects.all()
    assert finding.closed_at == now + 4 * _HOUR + timedelta(seconds=1)
    assert finding.opened_by.observed_at == now + _HOUR
    assert finding.closed_by is not None
    assert finding.closed_by.observed_at == now + 4 * _HOUR
    assert [action for action, _facts in _entries() if "finding" in action] == [
        "controls.finding-opened",
        "controls.finding-closed",
    ]

    here.keep("TST-08", _FAILED, at=now + 5 * _HOUR)
    assert Finding.objects.count() == 2


def test_a_run_of_the_same_goes_on_and_a_failing_one_through_what_could_not_be_measured(
    now: datetime,
) -> None:
    outcomes = [_PASSED, _PASSED, _UNKNOWN, _PASSED, _FAILED, _UNKNOWN, _FAILED]

    begun = [here.keep("TST-08", one, at=now + hour * _HOUR).since for hour, one in enumerate(outcomes)]

    assert [(since - now) // _HOUR for since in begun] == [0, 0, 2, 3, 4, 5, 4]


def test_an_answer_whose_lease_was_lost_is_not_kept(planted: Mapping[str, Measure], now: datetime) -> None:
    turns.plan(now=now)
    Probe.objects.filter(control="TST-01").update(lease_owner="another", lease_until=now)

    with pytest.raises(writing.LeaseLost):
        writing.write(Turn(planted["TST-01"], now), _PASSED, owner="one", received_at=now)

    assert (Evidence.objects.count(), Entry.objects.count()) == (0, 0)


def test_evidence_and_its_entry_are_kept_together_or_not_at_all(now: datetime) -> None:
    def full(point: str) -> None:
        assert point == "controls: evidence written, not committed"
        raise OperationalError("disk full")

    write_points.cut_with(full)
    try:
        with pytest.raises(OperationalError):
            here.keep("TST-01", _PASSED, at=now)
    finally:
        write_points.cut_with(None)

    assert (Evidence.objects.count(), Entry.objects.count()) == (0, 0)


def test_what_was_measured_is_due_after_its_interval_and_what_was_not_within_the_hour(now: datetime) -> None:
    here.keep("TST-01", _PASSED, at=now)
    here.keep("TST-08", _UNKNOWN, at=now)

    due = dict(Probe.objects.values_list("control", "due_at"))
    assert due["TST-01"] == now + timedelta(days=1)
    assert due["TST-08"] == now + _HOUR
    assert not Probe.objects.exclude(lease_until=None).exists()
