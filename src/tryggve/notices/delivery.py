"""Carrying messages from the outbox to the mail server; called by the worker, outside any transaction."""

import logging
from datetime import datetime, timedelta
from enum import StrEnum
from uuid import UUID

from django.db.models import F, Value
from django.db.models.functions import Coalesce

from tryggve import vault
from tryggve.lib import write_points
from tryggve.notices import letters, registry, selectors, smtp
from tryggve.notices.models import OutboxMessage
from tryggve.notices.recipients import CUSTOMER
from tryggve.notices.smtp import NotSent
from tryggve.notices.troubles import BEFORE_TRYING, PERMANENT, Trouble

logger = logging.getLogger(__name__)

State = OutboxMessage.State

WAITS = (timedelta(minutes=1), timedelta(minutes=5), timedelta(minutes=15), timedelta(hours=1))
TRIED_FOR = timedelta(days=3)
# Longer than any conversation lasts.
INTERRUPTED_AFTER = timedelta(minutes=15)
_MOST_AT_ONCE = 100


class Outcome(StrEnum):
    SENT = "sent"
    KEPT = "kept"
    NOT_WANTED = "not-wanted"
    SERVER_IN_TROUBLE = "server-in-trouble"
    NOTHING_TO_DO = "nothing-to-do"


def deliver_due(*, at: datetime) -> int:
    """Send what is due, oldest first; returns how many left. Ends early when the server itself is in trouble."""
    _put_back_interrupted(at)
    due = OutboxMessage.objects.filter(state=State.WAITING, next_try_at__lte=at).order_by("next_try_at", "pk")
    sent = 0
    for message in list(due.values_list("pk", flat=True)[:_MOST_AT_ONCE]):
        outcome = deliver(message, at=at)
        if outcome is Outcome.SERVER_IN_TROUBLE:
            break
        sent += outcome is Outcome.SENT
    return sent


def deliver(message: UUID, *, at: datetime) -> Outcome:
    """Send one message, if it is due and there are settings.

    The row is claimed before the server is asked, so that no two send it; a claim that was never ended is put back
    after 15 minutes.
    """
    if selectors.the_mail_server() is None:
        return Outcome.NOTHING_TO_DO
    row = _claimed(message, at)
    if row is None:
        return Outcome.NOTHING_TO_DO
    try:
        if not _hand_over(row, at):
            _drop(row)
            return Outcome.NOT_WANTED
    except NotSent as refusal:
        _keep(row, refusal, at)
        return Outcome.SERVER_IN_TROUBLE if refusal.is_about_server else Outcome.KEPT
    write_points.reached("message handed over")
    _end(row, state=State.SENT, sent_at=at, body_sealed=None, error="", reply_code=None)
    return Outcome.SENT


def _claimed(message: UUID, at: datetime) -> OutboxMessage | None:
    waiting = OutboxMessage.objects.filter(pk=message, state=State.WAITING, next_try_at__lte=at)
    claim = {
        "state": State.SENDING,
        "last_tried_at": at,
        "first_tried_at": Coalesce("first_tried_at", Value(at)),
    }
    if not waiting.update(**claim, attempts=F("attempts") + 1):
        return None
    row = OutboxMessage.objects.filter(pk=message, state=State.SENDING, last_tried_at=at).first()
    write_points.reached("message claimed")
    return row


def _hand_over(row: OutboxMessage, at: datetime) -> bool:
    """Whether it left; not so when what it says isn't wanted any more."""
    server = _server()
    kind = registry.kinds().get(row.kind)
    if kind is not None and kind.lets_in and not server.is_vouched:
        raise NotSent(Trouble.NOT_VOUCHED, is_about_server=False)
    try:
        letter = letters.opened(bytes(row.body_sealed or b""), row.pk, row.recipient_ref)
        if not registry.is_wanted(row.kind, recipient_ref=row.recipient_ref, made_at=row.made_at, at=at):
            return False
    except vault.Locked:
        if row.recipient_ref.startswith(CUSTOMER):
            raise NotSent(Trouble.LOCKED, is_about_server=False) from None  # others' leave
        raise NotSent(Trouble.KEY_MISSING) from None
    except vault.CannotOpen:
        raise NotSent(Trouble.UNREADABLE, is_about_server=False) from None
    smtp.hand_over(server, letter, message=row.pk, made_at=row.made_at)
    return True


def _drop(row: OutboxMessage) -> None:
    OutboxMessage.objects.filter(pk=row.pk, state=State.SENDING, last_tried_at=row.last_tried_at).delete()
    facts = {"message": str(row.pk), "kind": row.kind}
    logger.info("a message wasn't wanted any more", extra={"facts": facts})


def _server() -> smtp.Server:
    server = selectors.usable_mail_server()
    if server is None:
        raise NotSent(Trouble.UNREACHABLE)
    return server


def _keep(row: OutboxMessage, refusal: NotSent, at: datetime) -> None:
    """Write down why it stayed, and when it is tried next."""
    told = {"error": refusal.trouble, "reply_code": refusal.reply}
    if refusal.trouble in BEFORE_TRYING:
        _end(row, state=State.WAITING, next_try_at=at + WAITS[0], attempts=0, first_tried_at=None, **told)
    else:
        next_try_at = at + WAITS[min(row.attempts, len(WAITS)) - 1]
        _end(row, state=_state_after(row, refusal, at), next_try_at=next_try_at, **told)
    facts = {
        "message": str(row.pk),
        "kind": row.kind,
        "error": str(refusal.trouble),
        "reply": refusal.reply or 0,
    }
    logger.warning("a message was not sent", extra={"facts": facts})


def _state_after(row: OutboxMessage, refusal: NotSent, at: datetime) -> State:
    if refusal.trouble in PERMANENT:
        return State.FAILED
    return State.GIVEN_UP if at - (row.first_tried_at or at) >= TRIED_FOR else State.WAITING


def _end(row: OutboxMessage, **outcome: object) -> None:
    # Only while the claim is ours: after it was put back, another try has its own word.
    OutboxMessage.objects.filter(pk=row.pk, state=State.SENDING, last_tried_at=row.last_tried_at).update(
        **outcome
    )


def _put_back_interrupted(at: datetime) -> None:
    stale = OutboxMessage.objects.filter(state=State.SENDING, last_tried_at__lte=at - INTERRUPTED_AFTER)
    stale.update(state=State.WAITING, next_try_at=at, error=Trouble.INTERRUPTED, reply_code=None)
