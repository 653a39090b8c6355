from collections.abc import Mapping
from datetime import datetime, timedelta

import pytest

from tryggve.controls import registry, turns, writing
from tryggve.controls.answers import Outcome
from tryggve.controls.engine.verdict import Verdict
from tryggve.controls.measuring import Turn
from tryggve.controls.models import Probe
from tryggve.controls.registry import Measure
from tryggve.controls.tests import here
from tryggve.lib import write_points

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("planted")]

_DAY, _MINUTE = timedelta(days=1), timedelta(minutes=1)
_PASSED = Outcome(Verdict.PROVED)


def _only(control: str, **values: object) -> None:
    Probe.objects.exclude(control=control).update(due_at=datetime.fromisoformat("2040-01-01T00:00Z"))
    Probe.objects.filter(control=control).update(**values)


def _taken(now: datetime, owner: str = "one") -> list[str]:
    take = turns.taking(owner=owner, now=lambda: now)
    return [turn.measure.control for turn in iter(take, None) if turn]


def test_what_is_measured_for_the_first_time_is_due_at_once_each_once(now: datetime) -> None:
    turns.plan(now=now)

    assert turns.is_any_due(now)
    assert _taken(now) == sorted(registry.measures())
    assert not turns.is_any_due(now)
    assert _taken(now, "other") == []


def test_what_was_missed_for_a_week_is_taken_once(planted: Mapping[str, Measure], now: datetime) -> None:
    turns.plan(now=now)
    _only("TST-01", due_at=now - 7 * _DAY)

    assert _taken(now) == ["TST-01"]
    assert turns.next_due(planted["TST-01"], at=now, was_measured=True) == now + _DAY


def test_what_somebody_asked_for_comes_first_also_when_it_is_not_due(now: datetime) -> None:
    turns.plan(now=now)
    Probe.objects.filter(control="TST-08").update(due_at=now + _DAY, asked_at=now)
    Probe.objects.filter(control="TST-02").update(due_at=now - _DAY)

    assert _taken(now)[:2] == ["TST-08", "TST-02"]


def test_a_lease_lasts_for_the_deadline_and_a_minute(planted: Mapping[str, Measure], now: datetime) -> None:
    turns.plan(now=now)
    _only("TST-01", due_at=now)
    assert _taken(now) == ["TST-01"]
    lasts = planted["TST-01"].deadline + timedelta(minutes=1)

    assert _taken(now + lasts - timedelta(microseconds=1), "other") == []
    assert _taken(now + lasts, "other") == ["TST-01"]


def test_what_another_process_takes_between_looking_and_taking_is_left_to_it(now: datetime) -> None:
    turns.plan(now=now)
    _only("TST-01", due_at=now)
    taken_by_other: list[str] = []

    def be_slow(point: str) -> None:
        write_points.cut_with(None)
        taken_by_other.extend(_taken(now, "other"))

    write_points.cut_with(be_slow)

    assert _taken(now) == []
    assert taken_by_other == ["TST-01"]
    assert Probe.objects.get(control="TST-01").lease_owner == "other"


def test_what_is_given_back_is_due_as_before(now: datetime) -> None:
    turns.plan(now=now)
    _only("TST-01", due_at=now)
    assert _taken(now) == ["TST-01"]

    turns.give_back(owner="other")
    assert _taken(now) == []
    turns.give_back(owner="one")
    assert _taken(now) == ["TST-01"]


def test_a_clock_that_was_set_back_delays_nothing_for_longer_than_its_interval(now: datetime) -> None:
    turns.plan(now=now + 100 * _DAY)
    _only("TST-01", due_at=now + 100 * _DAY, lease_owner="lost", lease_until=now + 100 * _DAY)

    turns.plan(now=now)

    probe = Probe.objects.get(control="TST-01")
    assert probe.due_at == now + _DAY
    assert probe.lease_until == now + registry.LONGEST_DEADLINE + timedelta(minutes=1)


def test_what_was_asked_for_before_the_clock_was_set_back_is_measured_once(
    planted: Mapping[str, Measure], now: datetime
) -> None:
    turns.plan(now=now)
    _only("TST-01", due_at=now + _DAY, asked_at=now + 30 * _DAY)

    turns.plan(now=now)
    assert _taken(now)[0] == "TST-01"
    writing.write(Turn(planted["TST-01"], now), _PASSED, owner="one", received_at=now)
    turns.plan(now=now + _MINUTE)

    assert (Probe.objects.get(control="TST-01").asked_at, turns.is_any_due(now + _MINUTE)) == (None, False)


def test_what_was_measured_before_the_clock_was_set_back_is_due_at_once(now: datetime) -> None:
    here.keep("TST-01", _PASSED, at=now + 100 * _DAY)
    here.keep("TST-08", _PASSED, at=now + _MINUTE)

    turns.plan(now=now)

    due = dict(Probe.objects.values_list("control", "due_at"))
    assert (due["TST-01"], due["TST-08"]) == (now, now + _DAY)


def test_what_is_no_longer_measured_is_left_alone(now: datetime) -> None:
    Probe.objects.create(control="TST-99", due_at=now)

    turns.plan(now=now)

    assert "TST-99" not in _taken(now)
    assert Probe.objects.filter(control="TST-99").exists()
