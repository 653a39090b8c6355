"""Somebody of each role tries every door; what opens must be what the table of roles says."""

import logging
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import partial

from tryggve.accounts.roles import ROLES, Level, Role
from tryggve.domains.access.trials import rounds, visitors
from tryggve.domains.access.trials.doors import Door, doors
from tryggve.domains.access.trials.knocking import MOST_TOLD, Answer, Met, Stack
from tryggve.domains.access.trials.visitors import Visitor

logger = logging.getLogger(__name__)

_LASTS = timedelta(hours=1)


@dataclass(frozen=True, slots=True)
class Tried:
    """What came of it. ``untried``: addresses that couldn't be asked for; ``tries``: how often somebody knocked."""

    doors: int
    tries: int
    opened_wrongly: int
    shut_wrongly: int
    untried: int


def tried(*, at: datetime) -> Tried:
    """Each role with a second factor used just now, and a stranger, at every page; their programs at the API."""
    stack, every, now = Stack(), doors(), rounds.clock_from(at)
    here = [door for door in every if door.path]
    wrong = [
        (role, should_open, met)
        for role in (None, *Role)
        for should_open, met in _as_role(role, here, stack=stack, now=now)
        if should_open is not (met.answer is Answer.OPENED)
    ]
    for role, _should_open, met in wrong[:MOST_TOLD]:
        _tell(met, role)
    return Tried(
        doors=len(every),
        tries=len(here) * (len(Role) + 1),
        opened_wrongly=sum(not should_open for _role, should_open, _met in wrong),
        shut_wrongly=sum(should_open for _role, should_open, _met in wrong),
        untried=len(every) - len(here),
    )


def opens(door: Door, role: Role | None) -> bool:
    """What the table of roles says, read from the table and nothing else; None is who has not signed in."""
    if door.is_public:
        return True
    if door.asked is None or role is None:
        return False
    level = ROLES[role][door.asked.area]
    return (min(level, Level.READ) if door.is_for_programs else level) >= door.asked.level


def _as_role(
    role: Role | None, every: Iterable[Door], *, stack: Stack, now: Callable[[], datetime]
) -> Iterable[tuple[bool, Met]]:
    pages = [door for door in every if not door.is_for_programs]
    programs = [door for door in every if door.is_for_programs]
    scopes = [door.asked.name for door in programs if door.asked]
    for asked, plant in (
        (pages, partial(_at_a_browser, role, now)),
        (programs, partial(_with_a_token, role, scopes, now)),
    ):
        for met in rounds.tried(asked, stack=stack, plant=plant):
            yield opens(met.door, role), met


def _at_a_browser(role: Role | None, now: Callable[[], datetime]) -> Visitor:
    if role is None:
        return Visitor()
    at = now()
    return visitors.browser_of(visitors.person(role), began=at, at=at, factor_at=at)


def _with_a_token(role: Role | None, scopes: list[str], now: Callable[[], datetime]) -> Visitor:
    if role is None:
        return Visitor()
    return visitors.program_of(visitors.person(role), scopes=scopes, lasts=_LASTS, at=now())


def _tell(met: Met, role: Role | None) -> None:
    facts = {"address": met.door.name, "role": role or "nobody", "answer": met.answer.value}
    logger.error("a door isn't as the table of roles says", extra={"facts": facts})
