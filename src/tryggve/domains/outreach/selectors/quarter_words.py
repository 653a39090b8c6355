"""What became of the quarters' words, as evidence that customers are told: counted, nobody is named."""

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from tryggve.domains.outreach.engine import quarters
from tryggve.domains.outreach.engine.quarters import Quarter
from tryggve.domains.outreach.models import Addressee, Mailing, QuarterlyWord
from tryggve.domains.setup import api as setup

_SENT = (Addressee.State.SENT, Addressee.State.PERHAPS)


@dataclass(frozen=True, slots=True)
class Sent:
    """The newest word that reached anybody, and how many customers' mail servers didn't take it."""

    quarter: str
    at: datetime
    customers: int
    refused: int


def owed(*, today: date) -> Quarter | None:
    """The newest quarter that customers should have been told of by now; None before the first."""
    last, since = quarters.quarter_of(today).before, setup.in_use_since()
    newest = last if today > last.due_on else last.before
    return newest if since is not None and since <= newest.last else None


def newest_sent() -> Sent | None:
    """A question, one more for each word that reached nobody, and two for the one that did."""
    rows = QuarterlyWord.objects.select_related("mailing").filter(mailing__state=Mailing.State.DONE)
    for row in rows.order_by("-quarter")[:_MOST]:
        mailing = row.mailing
        if mailing is not None and mailing.ended_at is not None and (count := _reached(mailing)):
            return Sent(row.quarter, mailing.ended_at, count, _ended(mailing, Addressee.State.REFUSED))
    return None


def is_left_out(quarter: Quarter) -> bool:
    """Whether somebody decided to say nothing of it."""
    return QuarterlyWord.objects.filter(quarter=quarter.code, mailing=None).exists()


def teller_of(mailing: UUID) -> str | None:
    """Who began to send that, as the log calls them, if it is a quarter's word that reached anybody."""
    row = Mailing.objects.filter(pk=mailing, quarterlyword__isnull=False).first()
    return row.started_by if row is not None and _reached(row) else None


# Few are sent and reach nobody.
_MOST = 8


def _reached(mailing: Mailing) -> int:
    return _ended(mailing, *_SENT)


def _ended(mailing: Mailing, *states: Addressee.State) -> int:
    """For how many it ended in one of these states, also those who were erased since."""
    there = Addressee.objects.filter(mailing=mailing, state__in=states).count()
    return there + sum(int(mailing.erased_since.get(state, 0)) for state in states)
