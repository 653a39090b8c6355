"""Holding a mailing up: because a person says so, or because it can't go on."""

from datetime import datetime
from typing import ClassVar, Final
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from tryggve.audit import actors
from tryggve.audit import services as audit
from tryggve.domains.outreach import actions
from tryggve.domains.outreach.mailing_words import Halt
from tryggve.domains.outreach.models import Mailing
from tryggve.domains.outreach.services import mailings
from tryggve.lib.errors import Refusal

State = Mailing.State
NO_FAILURES: Final = {"rests_in_a_row": 0, "texts_refused": 0}


class NotUnderWay(Refusal):
    """It is paused, stopped or done, or hasn't begun."""

    sentence: ClassVar = _("This message isn't being sent any more, or isn't yet. Nothing was changed.")


@transaction.atomic
def pause(*, mailing: UUID, actor: str, at: datetime) -> None:
    """After the mail that is being sent just now, none follows. Raises NoSuchMailing and NotUnderWay."""
    if mailings.locked(mailing).state != State.SENDING:
        raise NotUnderWay
    _pause(mailing, actor, at, Halt.BY_HAND, None)


@transaction.atomic
def pause_turn(*, mailing: UUID, turn: int, at: datetime, trouble: str, reply: int | None = None) -> None:
    """Hold it up because it can't go on; nothing when it isn't this turn that sends it any more."""
    going = Mailing.objects.select_for_update().filter(pk=mailing, turn=turn, state=State.SENDING)
    if going.first() is not None:
        _pause(mailing, actors.SYSTEM, at, trouble, reply)


@transaction.atomic
def pause_restored(*, at: datetime) -> int:
    """Whatever was being sent in a copy that was put back waits for a person: it may have gone on since; how many."""
    going = list(Mailing.objects.select_for_update().filter(state=State.SENDING).values_list("pk", flat=True))
    for mailing in going:
        _pause(mailing, actors.SYSTEM, at, Halt.RESTORED, None)
    return len(going)


def _pause(mailing: UUID, actor: str, at: datetime, trouble: str, reply: int | None) -> None:
    Mailing.objects.filter(pk=mailing).update(
        state=State.PAUSED, trouble=str(trouble), reply_code=reply, rests_until=None, **NO_FAILURES
    )
    audit.record(actions.PAUSED, actor=actor, at=at, mailing=str(mailing), trouble=str(trouble))
