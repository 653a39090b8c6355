"""What an app found out about itself, for ``doctor``. An app's questions lie in its plug file ``findings.py``."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Literal

from tryggve.lib.folders import Folders

Verdict = Literal["good", "warning", "bad"]


@dataclass(frozen=True)
class Finding:
    """One thing looked at: its code, how it is, and a sentence that says what to do when it isn't good."""

    code: str
    verdict: Verdict
    text: str


Question = Callable[[Folders], Finding]

_questions: list[Question] = []


def question(function: Question) -> Question:
    """Ask this too, once the register has begun and its database is ready; it may raise a Refusal.

    The function's name is the finding's code when it raises.
    """
    _questions.append(function)
    return function


def questions() -> Sequence[Question]:
    """What the apps want asked, in the order of their loading."""
    return tuple(_questions)
