import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from types import MappingProxyType

from django_stubs_ext import StrOrPromise

Work = Callable[[datetime], None]

LONGEST_CODE = 64
# The worker wakes every second; what should happen more often than this isn't a routine.
SHORTEST_INTERVAL = timedelta(minutes=1)
_CODE = re.compile(r"[a-z][a-z0-9_]*\.[a-z0-9]+(-[a-z0-9]+)*")

_routines: dict[str, "Routine"] = {}


class BadRoutine(ValueError):
    """A routine is declared wrongly or twice: a fault in the program, told at start."""


@dataclass(frozen=True, slots=True)
class Routine:
    """Work that the machine does again and again."""

    code: str
    title: StrOrPromise
    every: timedelta
    work: Work
    at_start: bool = False

    @property
    def domain(self) -> str:
        return self.code.partition(".")[0]


def routine(
    code: str, *, title: StrOrPromise, every: timedelta, at_start: bool = False
) -> Callable[[Work], Work]:
    """Call the function with the time, every so often. The code ``domain.imperative`` is never renamed.

    With ``at_start`` also at once when the worker starts, for what a crash may have left half done.

    Belongs in the domain's ``routines.py``. What takes longer than a few minutes enqueues a job instead, or
    the routine's lease runs out under it. Raises BadRoutine.
    """
    if not _CODE.fullmatch(code) or len(code) > LONGEST_CODE:
        raise BadRoutine(f"{code!r} is not written domain.imperative")
    if code in _routines:
        raise BadRoutine(f"{code} is declared twice")
    if every < SHORTEST_INTERVAL:
        raise BadRoutine(f"{code} must wait at least {SHORTEST_INTERVAL} between its runs")

    def register(work: Work) -> Work:
        _routines[code] = Routine(code, title, every, work, at_start)
        return work

    return register


def routines() -> Mapping[str, Routine]:
    """Every declared routine, by its code."""
    return MappingProxyType(_routines)
