"""Whether Tryggve is looking at the firm's domains and sites now, and why it couldn't if it couldn't."""

from dataclasses import dataclass
from datetime import datetime

from tryggve.controls import registry
from tryggve.controls import selectors as controls
from tryggve.domains.exposure.selectors import ABOUT_MAIL
from tryggve.domains.exposure.services.measuring import ABOUT_SITES, ALL


@dataclass(frozen=True, slots=True)
class Looks:
    """What the newest looks at mail and at sites came to."""

    is_looking: bool
    mail: "Look"
    site: "Look"


@dataclass(frozen=True, slots=True)
class Look:
    """``cause`` says in words why the newest came to nothing; empty where it didn't, and while Tryggve looks again.

    What was read before ``since`` isn't known to be so any more.
    """

    cause: str
    since: datetime


def looks(*, now: datetime) -> Looks:
    """As it is now. Three queries."""
    found = controls.protections(now=now)
    asked = [found[id] for id in ALL if id in registry.measures()]
    about_sites, *_lines = ABOUT_SITES
    return Looks(
        any(one.asked_at is not None for one in asked),
        _look(found[ABOUT_MAIL], now),
        _look(found[about_sites], now),
    )


def _look(one: controls.Protection, now: datetime) -> Look:
    measure = registry.measures().get(one.control)
    since = now - measure.valid if measure else now
    if one.latest is None or not one.latest.cause:
        return Look("", since)
    # While Tryggve looks again, why it couldn't before is no answer.
    cause = one.latest.cause if one.asked_at is None else ""
    return Look(controls.cause_in_words(one.control, cause), max(since, one.latest.observed_at))
