from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Final

from tryggve.controls.engine.verdict import Verdict

NOT_BUILT: Final = "not-built"
NEVER_MEASURED: Final = "never-measured"
CLOCK: Final = "clock"

# Clocks of one computer differ by less; what is further ahead was written before the clock was set back.
MOST_AHEAD = timedelta(minutes=2)


class State(StrEnum):
    """The seven ways in which a control can stand."""

    PROVED = "proved"
    OBSERVED = "observed"
    ATTESTED = "attested"
    STALE = "stale"
    FAILING = "failing"
    UNKNOWN = "unknown"
    NOT_APPLICABLE = "not-applicable"


# Measured, still valid, and as it should be: what a measuring shows is true of these alone.
PASSED: Final = frozenset({State.PROVED, State.OBSERVED})


@dataclass(frozen=True, slots=True)
class Measurement:
    """One measuring and what came of it: a verdict, or why there is none.

    ``since``: when the unbroken run of measurings that came to the same began. ``wrong``: the code of what is wrong,
    where it fails and tells.
    """

    verdict: Verdict | None
    cause: str
    observed_at: datetime
    valid_until: datetime | None
    since: datetime
    wrong: str = ""


@dataclass(frozen=True, slots=True)
class Said:
    """Something that a person said, from then to then: that a control is kept, or that it doesn't apply."""

    since: datetime
    until: datetime

    def holds(self, now: datetime) -> bool:
        return self.since <= now + MOST_AHEAD and now < self.until


@dataclass(frozen=True, slots=True)
class Standing:
    """How a control stands.

    ``since`` is None where nothing ever happened. ``cause``: why it is unknown, or why the newest measuring of one
    that fails came to nothing. ``wrong``: the code of what is wrong with one that fails. ``is_attested``: somebody's
    word holds, whatever counts. ``disagrees``: what a person says is contradicted by what was measured.
    """

    state: State
    since: datetime | None
    cause: str = ""
    is_attested: bool = False
    disagrees: bool = False
    wrong: str = ""

    @property
    def is_proven(self) -> bool:
        """Whether it counts: measured, and still valid."""
        return self.state in PASSED


def standing(
    *,
    latest: Measurement | None,
    conclusive: Measurement | None,
    attestation: Said | None,
    exemption: Said | None,
    is_measured: bool,
    now: datetime,
) -> Standing:
    """How it stands now.

    ``latest`` is the newest measuring received, ``conclusive`` the newest that came to a verdict. What a person says
    outranks no measurement, neither that the control is kept nor that it doesn't apply; one that fails goes on failing
    until one passes; one that couldn't be made says nothing.
    """
    is_attested = attestation is not None and attestation.holds(now)
    fails = conclusive is not None and conclusive.verdict is Verdict.FAILING
    is_exempt = exemption is not None and exemption.holds(now)
    if conclusive is not None and fails:
        cause = latest.cause if latest else ""
        disagrees = is_attested or is_exempt
        return Standing(
            State.FAILING, conclusive.since, cause, is_attested, disagrees=disagrees, wrong=conclusive.wrong
        )
    if exemption is not None and is_exempt:
        return Standing(State.NOT_APPLICABLE, exemption.since, is_attested=is_attested)
    measured = _measured(latest, is_measured=is_measured, now=now)
    if attestation is not None and is_attested and not measured.is_proven:
        return Standing(State.ATTESTED, attestation.since, measured.cause, is_attested=True)
    return Standing(measured.state, measured.since, measured.cause, is_attested)


def _measured(latest: Measurement | None, *, is_measured: bool, now: datetime) -> Standing:
    if latest is None:
        return Standing(State.UNKNOWN, None, NEVER_MEASURED if is_measured else NOT_BUILT)
    if latest.verdict is None or latest.valid_until is None:
        return Standing(State.UNKNOWN, latest.since, latest.cause)
    if latest.observed_at > now + MOST_AHEAD:
        return Standing(State.UNKNOWN, None, CLOCK)
    if now >= latest.valid_until:
        return Standing(State.STALE, latest.valid_until)
    return Standing(State[latest.verdict.name], latest.since)


@dataclass(frozen=True, slots=True)
class Score:
    """How many controls stand how; ``of`` is every one that isn't *not applicable*."""

    of: int
    proven: int
    attested: int
    stale: int
    failing: int
    unknown: int
    not_applicable: int


def score(standings: Iterable[Standing]) -> Score:
    """The count over the controls of a company's size."""
    states = [one.state for one in standings]
    apart = states.count(State.NOT_APPLICABLE)
    return Score(
        of=len(states) - apart,
        proven=states.count(State.PROVED) + states.count(State.OBSERVED),
        attested=states.count(State.ATTESTED),
        stale=states.count(State.STALE),
        failing=states.count(State.FAILING),
        unknown=states.count(State.UNKNOWN),
        not_applicable=apart,
    )
