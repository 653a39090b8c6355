import logging
from datetime import datetime

from tryggve.audit import actions, sequencer, services, verification
from tryggve.audit.notes import NotANote
from tryggve.audit.tiles import Unreadable
from tryggve.audit.verdict import Verdict
from tryggve.lib.errors import Refusal

logger = logging.getLogger(__name__)


def verify(*, now: datetime) -> Verdict:
    """Sequence thoroughly, hold the log against itself, and write in it what came of that.

    Raises as sequence does when the verification doesn't find why.
    """
    refused = _sequence(now)
    found = verification.verify(now=now)
    if found.first_bad is None:
        services.record(actions.VERIFIED, actor="system", at=now, ok=True, entries=found.entries)
        if refused is not None:
            raise refused
        return found
    why, epoch = found.first_bad.why, found.first_bad.epoch
    services.record(
        actions.VERIFIED, actor="system", at=now, ok=False, entries=found.entries, why=why, epoch=epoch
    )
    logger.error("the audit log isn't what was logged", extra={"facts": {"why": why, "epoch": epoch}})
    return found


def _sequence(now: datetime) -> Exception | None:
    """A log that was changed may be one that can't be gone on with: then that is what is found."""
    try:
        sequencer.sequence(now=now, thorough=True)
    except (Refusal, Unreadable, NotANote) as refused:
        return refused
    return None
