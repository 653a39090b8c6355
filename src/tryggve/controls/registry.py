import re
from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from types import MappingProxyType

from django_stubs_ext import StrOrPromise

from tryggve.controls import facts as shapes
from tryggve.controls.causes import CAUSES, CannotMeasure
from tryggve.controls.engine.verdict import Verdict
from tryggve.controls.facts import Fact, Measured

__all__ = ["CannotMeasure", "Fact", "Measured", "Mend", "Verdict", "measure"]

Work = Callable[[datetime], Measured]

# The worker looks for what is due once a minute.
SHORTEST_INTERVAL = timedelta(minutes=1)
LONGEST_DEADLINE = timedelta(minutes=10)
_MEBIBYTE = 1024 * 1024
_ID = re.compile(r"[A-Z]{3}-[0-9]{2}")

_measures: dict[str, "Measure"] = {}


class BadMeasure(ValueError):
    """A measuring is declared wrongly or twice: a fault in the program, told at start."""


@dataclass(frozen=True, slots=True)
class Mend:
    """The page where a failing control is put right: its address's name, what its button says, and who may open it."""

    url_name: str
    label: StrOrPromise
    permission: str


@dataclass(frozen=True, slots=True)
class Measure:
    """How one control is measured: how often, for how long that is evidence, within which limits, in which words."""

    control: str
    every: timedelta
    valid: timedelta
    deadline: timedelta
    memory_bytes: int
    facts: Mapping[str, Fact]
    causes: Mapping[str, StrOrPromise]
    mend: Mend | None
    work: Work
    keeps: timedelta = timedelta()
    waits: timedelta = timedelta()
    asks: frozenset[str] = frozenset()


def measure(
    control: str,
    *,
    every: timedelta,
    valid: timedelta,
    deadline: timedelta = timedelta(seconds=30),
    keeps: timedelta = timedelta(),
    waits: timedelta = timedelta(),
    facts: Mapping[str, Fact] | None = None,
    causes: Mapping[str, StrOrPromise] | None = None,
    asks: Collection[str] = (),
    mend: Mend | None = None,
    memory_bytes: int = 512 * _MEBIBYTE,
) -> Callable[[Work], Work]:
    """Measure this control by calling the function with the time, so often, in a process of its own.

    What it answers is evidence for ``valid``. ``deadline`` is on the clock on the wall, ``memory_bytes`` what it may
    take beyond the program itself; beyond either it is killed, and the control unknown. A function that can't measure
    raises CannotMeasure with one of its ``causes``, codes with whole sentences. ``facts`` names all that it may tell,
    ``asks`` those of the causes that a person ends by telling or doing something, ``mend`` the page where a person puts
    right what fails, if there is one. ``waits``: so long after a new start, for
    what takes much of a small computer whose owner is just beginning. ``keeps`` is for what is measured every
    few minutes: what comes to the very same as before is written down anew only so long after it, so that neither
    evidence nor log fill up with it.

    Belongs in the domain's ``controls.py``. The function is left as it is, to be called in tests. Raises BadMeasure.
    """
    declared = MappingProxyType(dict(facts or {}))
    own_causes = MappingProxyType(dict(causes or {}))
    _require_id(control)
    _require_times(control, every=every, valid=valid, deadline=deadline, keeps=keeps)
    _require_words(control, declared, own_causes)
    if unknown := set(asks) - own_causes.keys():
        raise BadMeasure(f"{control} has no cause {sorted(unknown)[0]!r}")

    def register(work: Work) -> Work:
        _measures[control] = Measure(
            control,
            every,
            valid,
            deadline,
            memory_bytes,
            declared,
            own_causes,
            mend,
            work,
            keeps,
            waits,
            frozenset(asks),
        )
        return work

    return register


def measures() -> Mapping[str, Measure]:
    """How each measured control is measured, by its id."""
    return MappingProxyType(_measures)


def is_id(text: str) -> bool:
    """Whether a control could be called so."""
    return _ID.fullmatch(text) is not None


def _require_id(control: str) -> None:
    if not is_id(control):
        raise BadMeasure(f"{control!r} is not the id of a control")
    if control in _measures:
        raise BadMeasure(f"{control} is measured twice")


def _require_times(
    control: str, *, every: timedelta, valid: timedelta, deadline: timedelta, keeps: timedelta
) -> None:
    if every < SHORTEST_INTERVAL:
        raise BadMeasure(f"{control} must wait at least {SHORTEST_INTERVAL} between its measurings")
    if not timedelta() < deadline <= LONGEST_DEADLINE:
        raise BadMeasure(f"{control} needs a deadline of at most {LONGEST_DEADLINE}")
    if valid <= keeps + every + deadline:
        # Or it would be stale between two measurings that both went well.
        raise BadMeasure(f"{control} must stay valid for longer than it takes to measure it again")


def _require_words(control: str, declared: Mapping[str, Fact], causes: Mapping[str, StrOrPromise]) -> None:
    if bad := [name for name in declared if not shapes.is_name(name)]:
        raise BadMeasure(f"{control} can't have a fact called {bad[0]!r}")
    codes = [code for fact in declared.values() for code in fact.codes]
    if bad := [code for code in (*codes, *causes) if not shapes.is_code(code)]:
        raise BadMeasure(f"{control} can't have a code written {bad[0]!r}")
    if shared := causes.keys() & CAUSES.keys():
        raise BadMeasure(f"{control}: {sorted(shared)[0]} is a cause of every control already")
