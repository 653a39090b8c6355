from datetime import datetime, timedelta

import pytest

from tryggve.controls import facts, registry
from tryggve.controls.facts import Fact
from tryggve.controls.registry import BadMeasure, Measured, Verdict, measure

pytestmark = pytest.mark.usefixtures("planted")

_DAY, _VALID = timedelta(days=1), timedelta(hours=30)


def _work(at: datetime) -> Measured:
    return Measured(Verdict.PROVED)


def test_measure_leaves_the_function_as_it_is() -> None:
    assert measure("TST-50", every=_DAY, valid=_VALID)(_work) is _work
    assert registry.measures()["TST-50"].work is _work


@pytest.mark.parametrize("control", ["", "aut-04", "AUT-4", "AUT-044", "AUT-04\n"])
def test_measure_of_what_is_no_control_is_refused(control: str) -> None:
    with pytest.raises(BadMeasure):
        measure(control, every=_DAY, valid=_VALID)


def test_measure_of_a_control_twice_is_refused() -> None:
    with pytest.raises(BadMeasure, match="twice"):
        measure("TST-01", every=_DAY, valid=_VALID)


@pytest.mark.parametrize(
    ("every", "valid", "deadline"),
    [
        (timedelta(seconds=59), _VALID, timedelta(seconds=1)),
        (_DAY, _VALID, timedelta()),
        (_DAY, _VALID, timedelta(minutes=11)),
        (_DAY, _DAY + timedelta(minutes=1), timedelta(minutes=1)),
    ],
)
def test_measure_at_times_that_can_not_be_kept_is_refused(
    every: timedelta, valid: timedelta, deadline: timedelta
) -> None:
    with pytest.raises(BadMeasure):
        measure("TST-50", every=every, valid=valid, deadline=deadline)


@pytest.mark.parametrize(
    "declared", [{"Staff": facts.count("x")}, {"policy": facts.one_of("x", {"Not a code": "x"})}]
)
def test_measure_with_words_that_are_no_codes_is_refused(declared: dict[str, Fact]) -> None:
    with pytest.raises(BadMeasure):
        measure("TST-50", every=_DAY, valid=_VALID, facts=declared)


@pytest.mark.parametrize("cause", ["timed-out", "No DNS"])
def test_measure_with_a_cause_that_is_taken_or_no_code_is_refused(cause: str) -> None:
    with pytest.raises(BadMeasure):
        measure("TST-50", every=_DAY, valid=_VALID, causes={cause: "x"})


def test_measure_that_asks_for_what_is_no_cause_of_it_is_refused() -> None:
    with pytest.raises(BadMeasure, match="no-domain"):
        measure("TST-50", every=_DAY, valid=_VALID, causes={"no-dns": "x"}, asks={"no-domain"})
