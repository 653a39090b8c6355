import json
from collections.abc import Mapping
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tryggve.controls import answers, facts
from tryggve.controls.answers import Outcome
from tryggve.controls.engine.verdict import Verdict
from tryggve.controls.facts import BadFacts, Measured, Value
from tryggve.controls.registry import Measure

_BAD = Outcome(cause="bad-answer")
_DAY = timedelta(days=1)
_DECLARED = {
    "people": facts.count("People"),
    "is_on": facts.yes_or_no("On"),
    "seen_on": facts.day("Last seen"),
    "policy": facts.one_of("Policy", {"none": "nothing", "reject": "refused"}),
}


@pytest.fixture
def measure(planted: Mapping[str, Measure]) -> Measure:
    return planted["TST-01"]


def test_what_was_measured_is_read_as_it_was_said(measure: Measure) -> None:
    said: dict[str, Value] = {"people": 3, "is_on": False, "seen_on": date(2028, 2, 29), "policy": "reject"}

    line = answers.of_measured(Measured(Verdict.OBSERVED, said), measure)

    assert answers.read(line, measure) == Outcome(Verdict.OBSERVED, facts=said)


def test_a_cause_is_read_if_the_control_declared_it_or_every_control_has_it(
    planted: Mapping[str, Measure], measure: Measure
) -> None:
    assert answers.read(answers.of_cause("no-dns"), planted["TST-09"]) == Outcome(cause="no-dns")
    assert answers.read(answers.of_cause("locked"), measure) == Outcome(cause="locked")
    assert answers.read(answers.of_cause("no-dns"), measure) == _BAD
    assert answers.read(answers.of_cause("not-built"), measure) == _BAD


@pytest.mark.parametrize(
    "said",
    [
        ["measured", "PROVED", {"people": "Cilla"}],
        ["measured", "PROVED", {"people": 2**53}],
        ["measured", "PROVED", {"people": True}],
        ["measured", "PROVED", {"people": 1.0}],
        ["measured", "PROVED", {"is_on": 1}],
        ["measured", "PROVED", {"seen_on": "yesterday"}],
        ["measured", "PROVED", {"policy": "Cilla"}],
        ["measured", "PROVED", {"name": 1}],
        ["measured", "PROVED", [1]],
        ["measured", "UNKNOWN", {}],
        ["measured", "PROVED"],
        ["unknown", ["raised"]],
        {"measured": "PROVED"},
        None,
    ],
)
def test_an_answer_that_was_not_declared_is_bad(said: object, measure: Measure) -> None:
    assert answers.read(json.dumps(said).encode(), measure) == _BAD


@given(line=st.binary(max_size=60))
def test_no_bytes_make_reading_fail(line: bytes) -> None:
    assert answers.read(line, _bare()) == _BAD


@pytest.mark.parametrize("value", ["Cilla", True, 1.0, None, 2**53])
def test_a_fact_of_another_kind_is_not_even_said(value: Value, measure: Measure) -> None:
    with pytest.raises(BadFacts, match=r"^people$"):
        answers.of_measured(Measured(Verdict.PROVED, {"people": value}), measure)


def test_a_fact_that_was_not_declared_is_not_even_said(measure: Measure) -> None:
    with pytest.raises(BadFacts):
        answers.of_measured(Measured(Verdict.PROVED, {"name": 1}), measure)


@given(
    said=st.fixed_dictionaries(
        {},
        optional={
            "people": st.integers(-(2**53) + 1, 2**53 - 1),
            "is_on": st.booleans(),
            "seen_on": st.dates(),
            "policy": st.sampled_from(["none", "reject"]),
        },
    )
)
def test_whatever_was_declared_comes_back_the_same(said: dict[str, Value]) -> None:
    assert facts.received(json.loads(json.dumps(facts.told(said, _DECLARED))), _DECLARED) == said


def _bare() -> Measure:
    return Measure("TST-50", _DAY, _DAY, _DAY, 0, {}, {}, None, lambda at: Measured(Verdict.PROVED))
