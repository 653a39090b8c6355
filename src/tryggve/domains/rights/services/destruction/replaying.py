"""Telling that an older copy of the data was put back: what customers said no to since isn't in it."""

from datetime import datetime, timedelta
from uuid import UUID

from tryggve import vault
from tryggve.audit import actors, checkpoints
from tryggve.audit.standing import RolledBack
from tryggve.domains.rights import notices
from tryggve.domains.rights.models import Erasure, PutBack
from tryggve.domains.rights.selectors.security_people import who_looks_after_security
from tryggve.lib.errors import Refusal
from tryggve.notices import recipients
from tryggve.notices import services as messages

# Within that time it counts as the same copy, however often it is noticed.
SHOWN_FOR = timedelta(days=30)


def notice(*, has_any_come_back: bool, at: datetime) -> None:
    """Tell whoever looks after security, once, when somebody who was erased came back, or the log is older than its
    checkpoints. The first page tells of it for thirty days.
    """
    if not (has_any_come_back or _is_log_older()):
        return
    told = PutBack.objects.filter(pk=1).first()
    if told is not None and at - told.noticed_at < SHOWN_FOR:
        return
    PutBack.objects.update_or_create(pk=1, defaults={"noticed_at": at})
    for person in who_looks_after_security():
        try:
            messages.send(notices.PUT_BACK, to=recipients.staff(person), at=at)
        except vault.Locked:
            return  # the first page tells it


def require_row(customer: UUID, buried_at: datetime) -> None:
    """Let there be an erasure that says what comes of it, where the copy knows nothing of one."""
    known = (*Erasure.GOING, Erasure.State.DESTROYED)
    if not Erasure.objects.filter(customer_ref=customer, state__in=known).exists():
        Erasure.objects.create(
            customer_ref=customer,
            state=Erasure.State.DESTROYING,
            ground=Erasure.Ground.AGAIN,
            asked_at=buried_at,
            asked_by=actors.SYSTEM,
            destroys_at=buried_at,
        )


def _is_log_older() -> bool:
    try:
        checkpoints.newest()
    except RolledBack:
        return True
    except (Refusal, OSError):
        return False  # another trouble, of which the log's own checks tell
    return False
