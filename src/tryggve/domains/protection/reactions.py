from tryggve.audit.models import Entry
from tryggve.audit.registry import on
from tryggve.controls import turns
from tryggve.routines.duties.services import doing, planning


@on("setup.firm-claimed")
@on("access.invitation-accepted")
@on("accounts.left")
def people_came_or_left(entry: Entry) -> None:
    """Each has routines of their own from the first day, and leaving calls for some; nobody waits for the hour."""
    planning.plan(at=entry.recorded_at)


@on("access.factor-added")
def somebody_can_begin(entry: Entry) -> None:
    """What couldn't be measured, for want of somebody who uses it, is tried now and not in an hour."""
    turns.begin_anew(at=entry.recorded_at)


@on("rights.notice-published")
def privacy_notice_was_read(entry: Entry) -> None:
    """Who publishes it anew has read it; the next time counts from that day."""
    doing.note_done(duty="review-privacy-notice", actor=entry.actor, at=entry.recorded_at)
