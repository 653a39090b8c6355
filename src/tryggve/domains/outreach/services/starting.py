"""Letting a mailing go out, going on and stopping it; and what to do about mails that perhaps left."""

from collections import Counter
from collections.abc import Sequence
from datetime import datetime
from typing import TYPE_CHECKING, ClassVar
from uuid import UUID

from django.db import transaction
from django.db.models import F
from django.utils.translation import gettext_lazy as _

from tryggve.accounts.policy import Reach
from tryggve.audit import services as audit
from tryggve.domains.customers import api as customers
from tryggve.domains.customers.api import Person
from tryggve.domains.outreach import actions, mailing_words
from tryggve.domains.outreach.mailing_words import Reason
from tryggve.domains.outreach.models import Addressee, Mailing
from tryggve.domains.outreach.selectors import audience
from tryggve.domains.outreach.selectors.mailings import may_be_steered
from tryggve.domains.outreach.services import mailings, sending
from tryggve.domains.outreach.services.pausing import NotUnderWay
from tryggve.lib.errors import Refusal
from tryggve.lib.ids import new_ids
from tryggve.notices import selectors as notices
from tryggve.ui import own_address

if TYPE_CHECKING:
    from django.db.models import QuerySet

State = Mailing.State
_AT_ONCE = 1000


class NoPurpose(Refusal):
    """Nobody may be written to without one."""

    sentence: ClassVar = _("Choose first what the message is for. Nothing was sent.")


class NobodyToWriteTo(Refusal):
    """Nobody of those chosen may be written to."""

    sentence: ClassVar = _("Nobody would get this message now. Nothing was sent; the list above says why.")


class OthersMailing(Refusal):
    """It goes to customers beyond this person's reach."""

    sentence: ClassVar = _(
        "This message goes to customers whom you don't see. Leave it to whoever began it, or to somebody who sees all "
        "customers. Nothing was changed."
    )


class NoMailServer(Refusal):
    """There is no way for mail to leave."""

    sentence: ClassVar = _("There are no settings for mail yet. Fill them in first. Nothing was sent.")


@transaction.atomic
def start(*, mailing: UUID, seen_revision: int, actor: str, at: datetime, reach: Reach) -> int:
    """Begin to send it to those within reach whom it is for now; how many they are.

    Whether each of them may be written to is asked again for each single mail. Raises NoSuchMailing, NotADraft,
    ChangedMeanwhile, NoPurpose, NobodyToWriteTo, NoMailServer, own_address.NotReached and vault.Locked.
    """
    own_address.require_reached()
    row = mailings.locked_draft(mailing)
    if row.revision != seen_revision:
        raise mailings.ChangedMeanwhile
    if row.purpose_ref is None:
        raise NoPurpose
    if notices.the_mail_server() is None:
        raise NoMailServer
    people = customers.people_tagged(mailing_words.opened(row.words_sealed, row.pk).tags, reach=reach)
    if not audience.counted(people, row.purpose_ref, at=at).gets:
        raise NobodyToWriteTo
    Addressee.objects.bulk_create(_addressees(row, people, at), batch_size=_AT_ONCE)
    Mailing.objects.filter(pk=row.pk).update(started_at=at, started_by=actor)
    sending.begin(row.pk)
    audit.record(
        actions.STARTED,
        actor=actor,
        at=at,
        mailing=str(row.pk),
        purpose=str(row.purpose_ref),
        customers=len(people),
    )
    return len(people)


@transaction.atomic
def go_on(*, mailing: UUID, actor: str, at: datetime, reach: Reach) -> None:
    """Send it to those who are left. Raises NoSuchMailing, NotUnderWay, OthersMailing and own_address.NotReached."""
    own_address.require_reached()
    if _one_to_steer(mailing, actor, reach).state != State.PAUSED:
        raise NotUnderWay
    Mailing.objects.filter(pk=mailing).update(started_by=actor)
    sending.begin(mailing)
    audit.record(actions.WENT_ON, actor=actor, at=at, mailing=str(mailing))


@transaction.atomic
def stop(*, mailing: UUID, actor: str, at: datetime, reach: Reach) -> None:
    """Whoever hasn't got it won't. Raises NoSuchMailing, NotUnderWay and OthersMailing."""
    if _one_to_steer(mailing, actor, reach).state not in Mailing.UNDER_WAY:
        raise NotUnderWay
    waiting = Addressee.objects.filter(mailing=mailing, state=Addressee.State.WAITING)
    left = waiting.update(state=Addressee.State.LEFT_OUT, reason=Reason.STOPPED, ended_at=at)
    Mailing.objects.filter(pk=mailing).update(
        state=State.STOPPED, trouble="", reply_code=None, rests_until=None, ended_at=at, turn=F("turn") + 1
    )
    audit.record(actions.STOPPED, actor=actor, at=at, mailing=str(mailing), left_out=left)


@transaction.atomic
def send_again(*, mailing: UUID, actor: str, at: datetime, reach: Reach) -> int:
    """To those who perhaps didn't get it, because a person says so; how many.

    With the same Message-ID, by which most mailboxes keep one of two. Raises NoSuchMailing, NotUnderWay, OthersMailing
    and own_address.NotReached.
    """
    own_address.require_reached()
    row = _one_to_steer(mailing, actor, reach)
    if row.state not in (State.DONE, State.PAUSED, State.STOPPED):
        raise NotUnderWay
    again = _unclear(mailing).update(
        state=Addressee.State.WAITING, next_try_at=at, reason="", ended_at=None, attempts=0
    )
    if again:
        Mailing.objects.filter(pk=mailing).update(started_by=actor)
        sending.begin(mailing)
        audit.record(actions.SENT_AGAIN, actor=actor, at=at, mailing=str(mailing), customers=again)
    return again


@transaction.atomic
def settle(*, mailing: UUID, actor: str, at: datetime, reach: Reach) -> int:
    """Leave those who perhaps got it as they are; how many. Raises NoSuchMailing and OthersMailing."""
    _one_to_steer(mailing, actor, reach)
    settled = _unclear(mailing).update(settled_at=at)
    if settled:
        audit.record(actions.SETTLED, actor=actor, at=at, mailing=str(mailing), customers=settled)
    return settled


def _one_to_steer(mailing: UUID, actor: str, reach: Reach) -> Mailing:
    row = mailings.locked(mailing)
    if not may_be_steered(row, by=actor, reach=reach):
        raise OthersMailing
    return row


def _unclear(mailing: UUID) -> "QuerySet[Addressee]":
    return Addressee.objects.filter(mailing=mailing, state=Addressee.State.PERHAPS, settled_at=None)


def _addressees(row: Mailing, people: Sequence[Person], at: datetime) -> list[Addressee]:
    boxes = Counter(map(audience.mailbox_of, people))
    shared = {box: number for number, box in enumerate(boxes, start=1) if box and boxes[box] > 1}
    return [
        Addressee(
            pk=pk,
            mailing=row,
            customer_ref=one.id,
            mailbox=shared.get(audience.mailbox_of(one)),
            next_try_at=at,
        )
        for pk, one in zip(new_ids(len(people)), people, strict=True)
    ]
