"""What the process that measures tells the one that writes: a line of JSON, of which nothing is believed unchecked."""

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Final

from tryggve.controls import causes, facts
from tryggve.controls.engine.verdict import Verdict
from tryggve.controls.facts import Measured, Value
from tryggve.controls.registry import Measure

LONGEST: Final = 16 * 1024
# What nobody but the process that waits can know.
_OF_THE_PARENT = frozenset(
    {causes.TIMED_OUT, causes.DIED, causes.NOT_BUILT, causes.NEVER_MEASURED, causes.CLOCK, causes.CHANGED}
)


@dataclass(frozen=True, slots=True)
class Outcome:
    """A verdict with its facts, or the cause why there is none."""

    verdict: Verdict | None = None
    cause: str = ""
    facts: Mapping[str, Value] = field(default_factory=dict)


def of_measured(measured: Measured, measure: Measure) -> bytes:
    """A verdict, as a line. Raises facts.BadFacts."""
    if not isinstance(measured, Measured) or not isinstance(measured.verdict, Verdict):
        raise facts.BadFacts
    return _line(["measured", measured.verdict.value, facts.told(measured.facts, measure.facts)])


def of_cause(cause: str) -> bytes:
    """Why it couldn't be measured, as a line."""
    return _line(["unknown", cause])


def read(line: bytes, measure: Measure) -> Outcome:
    """What a line says; what isn't whole, or isn't declared, is a bad answer."""
    try:
        match json.loads(line):
            case ["measured", str(verdict), said]:
                return Outcome(Verdict(verdict), facts=facts.received(said, measure.facts))
            case ["unknown", str(cause)] if _may_say(cause, measure):
                return Outcome(cause=cause)
    except (ValueError, RecursionError):  # BadFacts, too; and not JSON at all
        pass
    return Outcome(cause=causes.BAD_ANSWER)


def _may_say(cause: str, measure: Measure) -> bool:
    return cause in measure.causes or (cause in causes.CAUSES and cause not in _OF_THE_PARENT)


def _line(words: object) -> bytes:
    return json.dumps(words).encode("ascii") + b"\n"
