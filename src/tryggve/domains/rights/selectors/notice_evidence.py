"""Whether a notice that was published is still the one that somebody approved, and says what is done now."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.utils import timezone

from tryggve.audit import selectors as log
from tryggve.audit.selectors import Filter
from tryggve.domains.rights import actions
from tryggve.domains.rights.engine.changes import fingerprint
from tryggve.domains.rights.selectors.purposes import notices, purposes
from tryggve.domains.rights.selectors.purposes.notices import Published

# A notice isn't published every day: so many reach back for years.
_MOST = 1000


@dataclass(frozen=True, slots=True)
class InForce:
    """``published``: the newest of each language. ``is_outdated``: purposes, receivers or times are others by now."""

    published: Sequence[Published]
    is_outdated: bool


def in_force(*, at: datetime) -> InForce:
    """The notices that there are, beside what is done now."""
    kept = purposes.purposes_in_use()
    standings = [
        one
        for one in notices.all_standings(today=timezone.localdate(at), kept=kept)
        if one.published is not None
    ]
    return InForce(
        [one.published for one in standings if one.published],
        is_outdated=any(one.changes or one.missing for one in standings),
    )


def is_as_approved(one: Published) -> bool:
    """Whether it says what it said when somebody published it, by its own fingerprint and by the one in the log."""
    told = {"language": one.language, "number": one.number, "fingerprint": one.fingerprint}
    entries = log.newest_entries(wanted=Filter(action=actions.NOTICE_PUBLISHED.code), limit=_MOST)
    return fingerprint(one.paper) == one.fingerprint and any(entry.facts == told for entry in entries)
