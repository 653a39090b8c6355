from collections.abc import Iterator
from datetime import timedelta
from uuid import UUID

from django.db import transaction
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from tryggve.accounts.policy import EVERYBODY
from tryggve.domains.customers import api as customers
from tryggve.domains.outreach.engine.questions import Answers
from tryggve.domains.outreach.mailing_words import Reason, Words
from tryggve.domains.outreach.models import Addressee, Feedback, Mailing
from tryggve.domains.outreach.services import feedback, mailings
from tryggve.domains.outreach.services.mailings import Written
from tryggve.domains.rights import api as rights
from tryggve.domains.rights.api import Verdict
from tryggve.lib import demonstration
from tryggve.lib.demonstration import Order
from tryggve.lib.ids import new_id

_SENT, _ANSWERED = timedelta(days=21), timedelta(days=19)
_PURPOSE = "newsletter"


@demonstration.content
@transaction.atomic
def message_and_feedback(order: Order) -> None:
    """A letter that those got whose yes held, and what some of them think of how their data is looked after.

    No mail left this computer, so the log tells of none.
    """
    language = get_language() or "sv"
    purposes = {one.code: one.id for one in rights.purposes_to_write_for(language)}
    people = customers.people_tagged((), reach=EVERYBODY)
    if _PURPOSE not in purposes or not people:
        return
    reached = _send(people, purposes[_PURPOSE], language, order)
    for customer, answers in zip(reached, _answers(), strict=False):
        feedback.give(
            customer=customer, answers=answers, channel=Feedback.Channel.PORTAL, at=order.at - _ANSWERED
        )


def _send(people: list[customers.Person], purpose: UUID, language: str, order: Order) -> list[UUID]:
    """As if it had left; those who got it."""
    at = order.at - _SENT
    words = Words(
        _("Oil the wood before winter"),
        _(
            "Dry days in autumn are the time to oil wood that stands outside.\n\nCome by the workshop: there is oil on "
            "the shelf, and we show you how it is done."
        ),
    )
    mailing = mailings.write(written=Written(words, language, purpose), actor=order.actor, at=at)
    verdicts = rights.verdicts(people, purpose, at=at)
    rows = [_addressee(one, mailing, verdicts[one.id], order) for one in people]
    Addressee.objects.bulk_create(rows, batch_size=500)
    told = {"started_at": at, "started_by": order.actor, "ended_at": at + timedelta(minutes=2)}
    Mailing.objects.filter(pk=mailing).update(state=Mailing.State.DONE, turn=1, **told)
    return [row.customer_ref for row in rows if row.state == Addressee.State.SENT]


def _addressee(person: customers.Person, mailing: UUID, verdict: Verdict, order: Order) -> Addressee:
    at = order.at - _SENT
    gets = verdict is Verdict.YES and bool(person.emails)
    why = "" if gets else str(Reason.NO_ADDRESS if verdict is Verdict.YES else verdict)
    return Addressee(
        pk=new_id(),
        mailing_id=mailing,
        customer_ref=person.id,
        state=Addressee.State.SENT if gets else Addressee.State.LEFT_OUT,
        reason=why,
        attempts=int(gets),
        next_try_at=at,
        claimed_at=at if gets else None,
        ended_at=at,
    )


def _answers() -> Iterator[Answers]:
    """The first calls for a word, the others don't."""
    yield {"safe": 2, "better": _("I don't know any more what I said yes to."), "contact": True}
    yield {"safe": 5, "better": "", "contact": False}
    yield {"safe": 4, "better": "", "contact": False}
