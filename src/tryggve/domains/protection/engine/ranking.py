"""What to do first: the risk that a minute of work takes away."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

from tryggve.controls.engine.standing import NOT_BUILT, Standing, State

MOST: Final = 3

# How much of a control's risk is likely to be there. A failing one is a hole that was seen; where something is missing
# before Tryggve can look, it may be; where only somebody's word is asked for, the protection itself may well be kept.
_FAILING, _NOT_SET_UP, _WORD_MISSING = 1.0, 0.6, 0.3


@dataclass(frozen=True, slots=True)
class Candidate:
    """One control that somebody could do something about.

    ``weight``: its risk, 1 to 10; ``is_set_up_by_people``: its cause is that something wasn't told yet.
    """

    control: str
    standing: Standing
    weight: int
    minutes: int
    is_set_up_by_people: bool
    is_word_asked: bool


def first_to_do(candidates: Iterable[Candidate], *, most: int = MOST) -> list[Candidate]:
    """Those with the most risk for each minute, the greatest first; where two are alike, in the order given."""
    worth = [(risk_a_minute(one), one) for one in candidates]
    worth.sort(key=lambda pair: -pair[0])
    return [one for risk, one in worth if risk > 0][:most]


def risk_a_minute(candidate: Candidate) -> float:
    """Nothing for what is proven or vouched for, and for what only Tryggve itself can mend."""
    return candidate.weight * _share(candidate) / candidate.minutes


def _share(candidate: Candidate) -> float:
    standing = candidate.standing
    if standing.state is State.FAILING:
        return _FAILING
    if standing.state is not State.UNKNOWN:
        return 0.0
    if candidate.is_set_up_by_people:
        return _NOT_SET_UP
    return _WORD_MISSING if standing.cause == NOT_BUILT and candidate.is_word_asked else 0.0
