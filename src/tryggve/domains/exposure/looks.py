"""Whether Tryggve is looking at the firm's domains and sites now, and why it couldn't if it couldn't."""

from dataclasses import dataclass
from datetime import datetime

from tryggve.controls import registry
from tryggve.controls import selectors as controls
from tryggve.domains.exposure.selectors import ABOUT_MAIL
from tryggve.domains.exposure.services.measuring import ABOUT_SITES, ALL


@dataclass(frozen=True, slots=True)
class Looks:
    """``mail_cause`` and ``site_cause`` say in words why the newest look came to nothing; empty where it didn't, and
    while it looks again."""

    is_looking: bool
    mail_cause: str
    site_cause: str


def looks(*, now: datetime) -> Looks:
    """As it is now. Three queries."""
    found = controls.protections(now=now)
    asked = [found[id] for id in ALL if id in registry.measures()]
    about_sites, *_lines = ABOUT_SITES
    return Looks(
        any(one.asked_at is not None for one in asked),
        controls.cause_in_words(ABOUT_MAIL, _cause(found[ABOUT_MAIL])),
        controls.cause_in_words(about_sites, _cause(found[about_sites])),
    )


def _cause(one: controls.Protection) -> str:
    if one.latest is None or one.asked_at is not None:
        return ""  # while Tryggve looks again, why it couldn't before is no answer
    return one.latest.cause
