"""Everybody who must not be let in tries to get at the data; each must be stopped, and asked as they should."""

import logging
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime

from tryggve.domains.access.trials import rounds
from tryggve.domains.access.trials.challenges import CHALLENGES, Challenge
from tryggve.domains.access.trials.doors import Door, doors
from tryggve.domains.access.trials.knocking import MOST_TOLD, Answer, Met, Stack

logger = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Tried:
    """What came of it.

    ``undeclared``: addresses of which nobody said who may open them, or that couldn't be asked for; ``let_in``: how
    often somebody came in who mustn't; ``unasked``: how often they met something else than they must; ``unwritten``:
    how often the log knew nothing of it.
    """

    doors: int
    tries: int
    undeclared: int
    let_in: int
    unasked: int
    unwritten: int


def tried(*, at: datetime) -> Tried:
    """Each kind of visitor at each door where it matters."""
    stack, every, now = Stack(), doors(), rounds.clock_from(at)
    here = [door for door in every if door.path and door.is_declared]
    found = [
        (name, met, wanted)
        for name, challenge in CHALLENGES.items()
        for met, wanted in _come(challenge, here, stack=stack, now=now)
    ]
    wrong = [(name, met) for name, met, wanted in found if met.answer is not wanted]
    unwritten = [(name, met) for name, met, _wanted in found if _is_missing_from_the_log(name, met)]
    let_in = sum(met.answer is Answer.OPENED for _name, met in wrong)
    for name, met in [*wrong, *unwritten][:MOST_TOLD]:
        _tell(name, met)
    return Tried(
        doors=len(every),
        tries=len(found),
        undeclared=len(every) - len(here),
        let_in=let_in,
        unasked=len(wrong) - let_in,
        unwritten=len(unwritten),
    )


def _come(
    challenge: Challenge, here: list[Door], *, stack: Stack, now: Callable[[], datetime]
) -> Iterator[tuple[Met, Answer]]:
    wanted = {door: answer for door in here if (answer := challenge.answer(door)) is not None}
    for met in rounds.tried(wanted, stack=stack, plant=lambda: challenge.plant(now())):
        yield met, wanted[met.door]


def _is_missing_from_the_log(name: str, met: Met) -> bool:
    return CHALLENGES[name].is_written and not met.is_written


def _tell(name: str, met: Met) -> None:
    facts = {
        "address": met.door.name, "visitor": name, "answer": met.answer.value, "is_written": met.is_written,
    }  # fmt: skip
    logger.error("a door didn't stop a visitor as it should", extra={"facts": facts})
