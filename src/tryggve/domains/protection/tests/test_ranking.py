"""Which three things come first."""

import pytest

from tryggve.controls.causes import MEMORY, NEVER_MEASURED, NOT_BUILT
from tryggve.controls.engine.standing import Standing, State
from tryggve.domains.protection.engine.ranking import Candidate, first_to_do, risk_a_minute

_FAILING = Standing(State.FAILING, None)


def _candidate(
    control: str, standing: Standing, *, weight: int = 10, minutes: int = 10, is_set_up: bool = False
) -> Candidate:
    return Candidate(
        control, standing, weight, minutes, is_set_up_by_people=is_set_up, is_word_asked=control != "GOV-04"
    )


def _first(*candidates: Candidate) -> list[str]:
    return [one.control for one in first_to_do(candidates)]


def test_more_risk_for_a_minute_comes_first() -> None:
    slow = _candidate("BAK-01", _FAILING, weight=10, minutes=60)
    quick = _candidate("NET-02", _FAILING, weight=3, minutes=5)
    assert _first(slow, quick) == ["NET-02", "BAK-01"]


def test_seen_hole_comes_before_what_may_be_one_and_a_missing_word_last() -> None:
    word = _candidate("BAK-04", Standing(State.UNKNOWN, None, NOT_BUILT))
    not_told = _candidate("MAI-01", Standing(State.UNKNOWN, None, "no-domain"), is_set_up=True)
    assert _first(word, not_told, _candidate("AUT-02", _FAILING)) == ["AUT-02", "MAI-01", "BAK-04"]


def test_there_are_three_at_the_most_and_alike_ones_keep_their_order() -> None:
    alike = [_candidate(id, _FAILING) for id in ("AUT-02", "AUT-04", "BAK-01", "BAK-02")]
    assert _first(*alike) == ["AUT-02", "AUT-04", "BAK-01"]


@pytest.mark.parametrize(
    "standing",
    [
        *(Standing(state, None) for state in State if state not in (State.FAILING, State.UNKNOWN)),
        Standing(State.UNKNOWN, None, NEVER_MEASURED),
        Standing(State.UNKNOWN, None, MEMORY),
    ],
)
def test_what_holds_or_mends_itself_is_nobodys_work(standing: Standing) -> None:
    assert risk_a_minute(_candidate("AUT-02", standing)) == 0
    assert _first(_candidate("AUT-02", standing)) == []


def test_word_that_nobody_asks_for_is_not_asked_for() -> None:
    assert _first(_candidate("GOV-04", Standing(State.UNKNOWN, None, NOT_BUILT))) == []
