"""Holding a mailing up: because a person says so, or because it can't go on."""

from datetime import datetime
from typing import ClassVar
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from tryggve.audit import services as audit
from tryggve.domains.outreach import actions
from tryggve.domains.outreach.mailing_words import Halt
from tryggve.domains.outreach.models import Mailing
from tryggve.domains.outreach.services import mailings
from tryggve.lib.errors import Refusal

State = Mailing.State


class NotUnderWay(Refusal):
    """It is paused, stopped or done, or hasn't begun."""

    sentence: ClassVar = _("This message isn't being sent any more, or isn't yet. Nothing was changed.")


@transaction.atomic
def pause(
    *, mailing: UUID, actor: str, at: datetime, trouble: str = Halt.BY_HAND, reply: int | None = None
) -> None:
    """After the mail that is being sent just now, none follows. Raises NoSuchMailing and NotUnderWay."""
    if mailings.locked(mailing).state != State.SENDING:
        raise NotUnderWay
    Mailing.objects.filter(pk=mailing).update(
        state=State.PAUSED, trouble=str(trouble), reply_code=reply, rests_until=None, failures_in_a_row=0
    )
    audit.record(actions.PAUSED, actor=actor, at=at, mailing=str(mailing), trouble=str(trouble))
