"""Trials of doors that other domains keep, through which people come in who have no account here.

A domain registers its own as it is loaded, in its ``controls``:

>>> @other_doors.register
... def is_open(*, at: datetime) -> bool:
...     return _comes_in_without_second_step(at)
"""

from dataclasses import dataclass
from datetime import datetime
from typing import Protocol


class NotAnswered(Exception):
    """The door let nobody in, not even who showed all that it asks for: so it tells nothing."""


class Trial(Protocol):
    """Whether somebody comes in without the second step; nothing of the trying is kept.

    Raises NotAnswered, and vault.Locked.
    """

    def __call__(self, *, at: datetime) -> bool: ...


@dataclass(frozen=True, slots=True)
class Tried:
    """How many doors were tried, and how many of them opened."""

    doors: int
    opened: int


_trials: list[Trial] = []


def register(trial: Trial) -> Trial:
    """Have this one tried together with our own doors."""
    _trials.append(trial)
    return trial


def tried(*, at: datetime) -> Tried:
    """All of them. Raises as a Trial does."""
    return Tried(len(_trials), sum(trial(at=at) for trial in _trials))
