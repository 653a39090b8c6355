"""Whether a customer's consent to a purpose holds, from what happened to it: in doubt it doesn't.

For most cases use :func:`holds` before anything is done on the ground of consent, and :func:`standing` to tell people.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Literal

Kind = Literal["ASKED", "GIVEN", "REFUSED", "WITHDRAWN", "RENEWED", "EXPIRED"]

_YES = frozenset({"GIVEN", "RENEWED"})
_SAID_NO = frozenset({"REFUSED", "WITHDRAWN"})
_NO = _SAID_NO | {"EXPIRED"}


class State(StrEnum):
    """How one customer stands to one purpose. Only HOLDS lets anything be done."""

    NOTHING = "nothing"
    ASKED = "asked"
    HOLDS = "holds"
    REFUSED = "refused"
    WITHDRAWN = "withdrawn"
    EXPIRED = "expired"
    UNCLEAR = "unclear"


@dataclass(frozen=True, slots=True)
class Event:
    """Something that happened to a consent. Times have a zone.

    ``happened_at`` is when the customer said it, ``recorded_at`` when it was written down. ``has_text``: it is known in
    which words the customer was asked, and they still tell what is done. ``holds_until``: when a consent that was given
    for a time ends.
    """

    kind: Kind
    happened_at: datetime
    recorded_at: datetime
    has_text: bool = True
    holds_until: datetime | None = None


@dataclass(frozen=True, slots=True)
class Standing:
    """How it stands, since when, and until when a consent holds that was given for a time."""

    state: State
    since: datetime | None = None
    until: datetime | None = None


def holds(events: Iterable[Event], at: datetime) -> bool:
    """Whether the customer's consent holds at that moment (GDPR art. 4(11), 7(1) and 7(3)).

    It does only when it was given in words that are known, before ``at``, hasn't run out, and no refusal, withdrawal or
    end was said or written down since. A consent that is written down late, with a refusal in between, doesn't hold. A
    refusal or withdrawal of a time after ``at`` counts, too: the clock was ahead when it was written down.
    """
    return standing(events, at).state is State.HOLDS


def standing(events: Iterable[Event], at: datetime) -> Standing:
    """The same in one word, for people."""
    known = [event for event in events if _is_known(event, at)]
    if not known:
        return Standing(State.NOTHING)
    given = _last_that_stands(known)
    if given is not None and not _has_run_out(given, at):
        return Standing(State.HOLDS, given.happened_at, given.holds_until)
    if given is not None:
        return Standing(State.EXPIRED, given.holds_until)
    return _of_newest(known)


def _is_known(event: Event, at: datetime) -> bool:
    """A yes counts when it was both said and written down, what ended by time as soon as either, a said no always."""
    if event.kind in _SAID_NO:
        return True
    if event.kind in _NO:
        return min(event.happened_at, event.recorded_at) <= at
    return max(event.happened_at, event.recorded_at) <= at


def _last_that_stands(known: list[Event]) -> Event | None:
    """The newest yes that no no follows."""
    noes = [event for event in known if event.kind in _NO]
    found: Event | None = None
    for event in sorted((one for one in known if one.kind in _YES), key=_by_time):
        if event.has_text and all(_is_later(event, no) for no in noes) and _may_follow(event, found):
            found = event
    return found


def _is_later(yes: Event, no: Event) -> bool:
    """Said later and written down later: when the two disagree, nobody knows which was the last word."""
    return yes.happened_at > no.happened_at and yes.recorded_at > no.recorded_at


def _may_follow(event: Event, before: Event | None) -> bool:
    """Only what holds can be renewed."""
    return event.kind == "GIVEN" or (before is not None and not _has_run_out(before, event.happened_at))


def _has_run_out(given: Event, at: datetime) -> bool:
    return given.holds_until is not None and at >= given.holds_until


def _of_newest(known: list[Event]) -> Standing:
    newest = max(known, key=_by_time)
    if newest.kind in _YES:
        return Standing(State.UNCLEAR, newest.happened_at)
    return Standing(State[newest.kind], newest.happened_at)


def _by_time(event: Event) -> tuple[datetime, datetime]:
    return event.happened_at, event.recorded_at
