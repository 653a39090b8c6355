"""What is measured every few minutes and comes to the same fills neither the evidence nor the log."""

from collections.abc import Mapping
from datetime import datetime, timedelta

import pytest

from tryggve.audit.models import Entry
from tryggve.controls import facts, registry
from tryggve.controls.answers import Outcome
from tryggve.controls.engine.verdict import Verdict
from tryggve.controls.models import Evidence, Finding, Probe
from tryggve.controls.registry import BadMeasure, Measured, measure
from tryggve.controls.tests import here

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("planted")]

_FIVE, _HOUR = timedelta(minutes=5), timedelta(hours=1)
_ONE_WRONG, _TWO_WRONG = (
    Outcome(Verdict.FAILING, facts={"wrong": 1}),
    Outcome(Verdict.FAILING, facts={"wrong": 2}),
)
_GOOD = Outcome(Verdict.PROVED, facts={"wrong": 0})


@pytest.fixture(autouse=True)
def often(planted: Mapping[str, object]) -> None:
    """TST-70 is measured every five minutes, and kept for an hour."""

    @measure(
        "TST-70", every=_FIVE, valid=_HOUR + 3 * _FIVE, keeps=_HOUR, facts={"wrong": facts.count("Wrong")}
    )
    def work(at: datetime) -> Measured:
        raise NotImplementedError


def test_the_same_is_written_once_an_hour_and_is_never_stale_in_between(now: datetime) -> None:
    for number in range(36):
        at = now + number * _FIVE
        here.keep("TST-70", _GOOD, at=at)
        assert Probe.objects.get(control="TST-70").due_at == at + _FIVE
    kept = list(Evidence.objects.order_by("id").values_list("observed_at", flat=True))

    assert kept == [now, now + _HOUR, now + 2 * _HOUR]
    assert Entry.objects.filter(action="controls.measured").count() == 3
    ends = list(Evidence.objects.order_by("id").values_list("valid_until", flat=True))
    assert all(one is not None and one > after for one, after in zip(ends, kept[1:], strict=False))


def test_what_changes_is_written_at_once(now: datetime) -> None:
    for number, outcome in enumerate(
        [_GOOD, _ONE_WRONG, _ONE_WRONG, _TWO_WRONG, Outcome(cause="timed-out"), _GOOD]
    ):
        here.keep("TST-70", outcome, at=now + number * _FIVE)

    assert list(Evidence.objects.order_by("id").values_list("verdict", "facts", "cause")) == [
        ("PROVED", {"wrong": 0}, ""),
        ("FAILING", {"wrong": 1}, ""),
        ("FAILING", {"wrong": 2}, ""),
        ("", {}, "timed-out"),
        ("PROVED", {"wrong": 0}, ""),
    ]
    [finding] = Finding.objects.all()
    assert (finding.opened_at, finding.closed_at) == (
        now + _FIVE + timedelta(seconds=1), now + 5 * _FIVE + timedelta(seconds=1),
    )  # fmt: skip


def test_what_somebody_asked_for_is_written(now: datetime) -> None:
    here.keep("TST-70", _GOOD, at=now)
    Probe.objects.update(asked_at=now + _FIVE)

    again = here.keep("TST-70", _GOOD, at=now + 2 * _FIVE)

    assert (again.observed_at, Evidence.objects.count()) == (now + 2 * _FIVE, 2)
    assert Probe.objects.get(control="TST-70").asked_at is None


def test_a_clock_that_was_set_back_keeps_nothing_from_later(now: datetime) -> None:
    here.keep("TST-70", _GOOD, at=now)

    again = here.keep("TST-70", _GOOD, at=now - _HOUR)

    assert again.observed_at == now - _HOUR


def test_a_control_without_that_is_written_each_time(now: datetime) -> None:
    for number in range(3):
        here.keep("TST-02", Outcome(Verdict.PROVED), at=now + number * _FIVE)

    assert Evidence.objects.count() == 3


def test_it_must_stay_valid_until_it_is_written_again() -> None:
    with pytest.raises(BadMeasure):
        measure("TST-71", every=_FIVE, valid=_HOUR, keeps=_HOUR)
    assert "TST-71" not in registry.measures()


def test_what_can_not_be_measured_for_the_same_cause_is_written_once_a_day(now: datetime) -> None:
    for number in range(30):
        here.keep("TST-02", Outcome(cause="raised" if number else "timed-out"), at=now + number * _HOUR)

    told = Evidence.objects.order_by("id").values_list("cause", "observed_at")
    assert list(told) == [("timed-out", now), ("raised", now + _HOUR), ("raised", now + 25 * _HOUR)]
