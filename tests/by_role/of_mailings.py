"""Messages to customers: a draft, one that is being sent, one that is paused, and one that perhaps left."""

from datetime import datetime
from typing import Any
from uuid import UUID

from tryggve.domains.outreach.engine import pace
from tryggve.domains.outreach.mailing_words import Words
from tryggve.domains.outreach.models import Addressee, Mailing
from tryggve.domains.outreach.services import mailings
from tryggve.domains.outreach.services.mailings import Written

State = Mailing.State


def things(customer: UUID, purpose: UUID, at: datetime) -> dict[str, Any]:
    sending, paused, unclear = (
        _mailing(purpose, at, state) for state in (State.SENDING, State.PAUSED, State.DONE)
    )
    Addressee.objects.create(
        mailing_id=unclear, customer_ref=customer, state=Addressee.State.PERHAPS, next_try_at=at
    )
    return {
        "mailing": _mailing(purpose, at),
        "outreach:mailing-pause mailing": sending,
        "outreach:mailing-stop mailing": sending,
        "outreach:mailing-go-on mailing": paused,
        "outreach:mailing-perhaps mailing": unclear,
    }


def bodies(things: dict[str, Any]) -> dict[str, dict[str, Any]]:
    """What is sent, by the name of the address."""
    written = {
        "purpose": str(things["consents purpose"]), "language": "sv", "subject": "s", "text": "t",
        "per_minute": str(pace.USUAL), "revision": "1",
    }  # fmt: skip
    return {
        "outreach:mailing-write": written,
        "outreach:mailing-change": written,
        "outreach:mailing-send": {"revision": "1"},
        "outreach:mailing-perhaps": {"leave": ""},
        "outreach:quarter-write": {"language": "sv"},
    }


def _mailing(purpose: UUID, at: datetime, state: Mailing.State = State.DRAFT) -> UUID:
    made = mailings.write(written=Written(Words("News", "Hello."), "en", purpose), actor="system", at=at)
    Mailing.objects.filter(pk=made).update(state=state)
    return made
