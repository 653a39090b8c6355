"""Three copies, two kinds of places, one of them elsewhere (3-2-1), counted from what can be reached now."""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

# Of the data: where Tryggve runs, and two places beside it.
COPIES: Final = 3


class Step(StrEnum):
    """What to do next about it: the one that helps most."""

    FIRST_PLACE = "first-place"
    OTHER_DISK = "other-disk"
    KEYS_PLACE = "keys-place"
    REACH = "reach"
    ELSEWHERE = "elsewhere"
    SECOND_PLACE = "second-place"
    OTHER_KIND = "other-kind"


@dataclass(frozen=True, slots=True)
class Stands:
    """One place. ``is_apart``: it isn't always attached to this computer, such as a disk that is carried away.

    ``is_on_own_disk``: it breaks together with the disk that it holds copies of.
    """

    holds_data: bool
    holds_keys: bool
    is_there: bool
    is_elsewhere: bool
    is_apart: bool
    is_on_own_disk: bool = False


@dataclass(frozen=True, slots=True)
class Spread:
    """How the copies of the data lie now, that on the computer itself counted; ``next_step`` None: all is done."""

    copies: int
    is_apart: bool
    is_elsewhere: bool
    next_step: Step | None


def spread(places: Sequence[Stands]) -> Spread:
    """Of places in use; what can't be reached counts for nothing, nor what is on the computer's own disk."""
    data = [one for one in places if one.is_there and _is_a_copy(one)]
    is_apart, is_elsewhere = any(one.is_apart for one in data), any(one.is_elsewhere for one in data)
    return Spread(1 + len(data), is_apart, is_elsewhere, _next(places, data, is_apart, is_elsewhere))


def _is_a_copy(one: Stands) -> bool:
    return one.holds_data and not one.is_on_own_disk


def _next(
    places: Sequence[Stands], data: Sequence[Stands], is_apart: bool, is_elsewhere: bool
) -> Step | None:
    wanted = (
        (Step.FIRST_PLACE, any(one.holds_data for one in places)),
        (Step.OTHER_DISK, any(_is_a_copy(one) for one in places)),
        (Step.KEYS_PLACE, any(one.holds_keys for one in places)),
        (Step.REACH, bool(data)),
        (Step.ELSEWHERE, is_elsewhere),
        (Step.SECOND_PLACE, 1 + len(data) >= COPIES),
        (Step.OTHER_KIND, is_apart),
    )
    return next((step for step, is_done in wanted if not is_done), None)
