"""Carrying one mail of a mailing to the mail server.

The rule: **a row is claimed, in the transaction in which it is found that the customer may be written to, before a mail
server hears of it; and what was claimed is never sent again by itself.** So a customer gets a mailing once or, when the
outcome is unclear, perhaps: Tryggve was killed between the claim and the server's answer, or the answer was lost. Such
a row is marked «perhaps sent» and told to people, who decide. What the server refused for now, with an answer, goes
back and is tried again, rendered anew; what it refused for good stays so.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from uuid import UUID

from django.db import transaction
from django.db.models import F

from tryggve import vault
from tryggve.audit import actors
from tryggve.audit import services as audit
from tryggve.domains.customers import api as customers
from tryggve.domains.outreach import actions, mail_bodies, mailing_words
from tryggve.domains.outreach.mail_bodies import Body, Frame
from tryggve.domains.outreach.mailing_words import Reason
from tryggve.domains.outreach.models import Addressee, Mailing
from tryggve.domains.rights import api as rights
from tryggve.domains.rights.api import Verdict
from tryggve.lib import write_points
from tryggve.notices import smtp
from tryggve.notices.smtp import NotSent, Server
from tryggve.notices.troubles import PERMANENT, Trouble

State = Addressee.State
WAITS = (timedelta(minutes=5), timedelta(minutes=15), timedelta(hours=1), timedelta(hours=4))


class Outcome(StrEnum):
    """What came of one row. The first two ask nobody; IN_TROUBLE and UNCLEAR are about the server."""

    NOT_ANY_MORE = "not-any-more"
    LEFT_OUT = "left-out"
    SENT = "sent"
    KEPT = "kept"
    REFUSED = "refused"
    IN_TROUBLE = "in-trouble"
    UNCLEAR = "unclear"


@dataclass(frozen=True, slots=True)
class Result:
    """The outcome, and what the server said where it said no."""

    outcome: Outcome
    refusal: NotSent | None = None


@dataclass(frozen=True, slots=True)
class Run:
    """One job's share of a mailing: which turn it has, what stands around the text, and through which server."""

    mailing: UUID
    turn: int
    frame: Frame
    server: Server


def carry(addressee: UUID, run: Run, *, at: datetime) -> Result:
    """Send one customer the mailing, if it goes on and the customer may be written to now.

    Raises vault.NotUnlocked before anything is claimed.
    """
    claim = _claimed(addressee, run, at)
    if isinstance(claim, Outcome):
        return Result(claim)
    write_points.reached("outreach: claimed")
    address, body = claim
    try:
        smtp.hand_over(run.server, body.letter(address), message=addressee, made_at=at, dress=body.dress)
    except NotSent as refusal:
        return Result(_not_sent(addressee, refusal, at), refusal)
    write_points.reached("outreach: handed over")
    _end(addressee, state=State.SENT, ended_at=at, reason="", reply_code=None)
    return Result(Outcome.SENT)


@transaction.atomic
def note_interrupted(*, at: datetime) -> int:
    """Mark as «perhaps sent» what was claimed by a worker that is no more; how many.

    Only for the one worker there is, while it carries nothing: whatever is claimed then isn't being sent.
    """
    claimed = Addressee.objects.filter(state=State.CLAIMED)
    by_mailing = list(claimed.order_by().values_list("mailing", flat=True))
    claimed.update(state=State.PERHAPS, reason=Trouble.INTERRUPTED, ended_at=at)
    for mailing in dict.fromkeys(by_mailing):
        count = by_mailing.count(mailing)
        audit.record(actions.INTERRUPTED, actor=actors.SYSTEM, at=at, mailing=str(mailing), perhaps=count)
    return len(by_mailing)


@transaction.atomic
def _claimed(addressee: UUID, run: Run, at: datetime) -> tuple[str, Body] | Outcome:
    """Address and mail of a row that is ours alone from now on."""
    # First of all, so that nothing is written about somebody who is erased or says no at the same moment.
    customer = Addressee.objects.filter(pk=addressee).values_list("customer_ref", flat=True).first()
    if customer is not None:
        customers.hold(customer)
    # Locked, so that whoever pauses waits for this one mail, and no other leaves after it.
    going = Mailing.objects.select_for_update().filter(state=Mailing.State.SENDING, turn=run.turn)
    mailing = going.filter(pk=run.mailing).first()
    row = Addressee.objects.select_for_update().filter(pk=addressee, state=State.WAITING).first()
    if row is None or mailing is None:
        return Outcome.NOT_ANY_MORE
    judged = _judged(row, mailing, at)
    if isinstance(judged, str):
        _update(row.pk, State.WAITING, state=State.LEFT_OUT, reason=judged, ended_at=at)
        return Outcome.LEFT_OUT
    stop = rights.withdrawal_address(customer=judged.id, purpose=mailing.purpose_ref or UUID(int=0), at=at)
    words = mailing_words.opened(mailing.words_sealed, mailing.pk)
    claim = {"state": State.CLAIMED, "claimed_at": at, "attempts": F("attempts") + 1}
    if not _update(row.pk, State.WAITING, **claim):
        return Outcome.NOT_ANY_MORE
    return judged.emails[0], mail_bodies.body(words, run.frame, stop=stop)


def _judged(row: Addressee, mailing: Mailing, at: datetime) -> customers.Person | str:
    """The customer, or the code of why nothing is sent."""
    try:
        person = customers.person(row.customer_ref)
    except vault.CannotOpen:
        return Reason.UNREADABLE
    if person is None or mailing.purpose_ref is None:
        return Reason.GONE
    verdict = rights.verdicts([person], mailing.purpose_ref, at=at)[person.id]
    if verdict is not Verdict.YES:
        return verdict
    if not person.emails:
        return Reason.NO_ADDRESS
    return Reason.SAME_MAILBOX if _has_reached_the_mailbox(row) else person


def _has_reached_the_mailbox(row: Addressee) -> bool:
    if row.mailbox is None:
        return False
    others = Addressee.objects.filter(mailing=row.mailing_id, mailbox=row.mailbox)
    return others.filter(state__in=Addressee.LEFT_US).exists()


def _not_sent(addressee: UUID, refusal: NotSent, at: datetime) -> Outcome:
    told: dict[str, object] = {"reason": str(refusal.trouble), "reply_code": refusal.reply}
    if refusal.may_have_arrived:
        _end(addressee, state=State.PERHAPS, ended_at=at, **told)
        return Outcome.UNCLEAR
    if refusal.trouble in PERMANENT:
        _end(addressee, state=State.REFUSED, ended_at=at, **told)
        return Outcome.REFUSED
    if refusal.is_about_server:
        _end(addressee, state=State.WAITING, attempts=F("attempts") - 1, **told)
        return Outcome.IN_TROUBLE
    return _later(addressee, told, at)


def _later(addressee: UUID, told: dict[str, object], at: datetime) -> Outcome:
    """This one is asked again after a while, the fifth time not any more; the others go on."""
    attempts = Addressee.objects.filter(pk=addressee).values_list("attempts", flat=True).first() or 1
    if attempts > len(WAITS):
        _end(addressee, state=State.REFUSED, ended_at=at, **told)
        return Outcome.REFUSED
    _end(addressee, state=State.WAITING, next_try_at=at + WAITS[attempts - 1], **told)
    return Outcome.KEPT


def _end(addressee: UUID, **outcome: object) -> None:
    # Only while the claim is ours: one that was found abandoned stays «perhaps sent».
    _update(addressee, State.CLAIMED, **outcome)


def _update(addressee: UUID, held: Addressee.State, **told: object) -> int:
    return Addressee.objects.filter(pk=addressee, state=held).update(**told)
