"""When the only consent is withdrawn nothing is left to keep the customer's data for, and erasure begins."""

import logging
from datetime import datetime
from uuid import UUID

from django.db import transaction

from tryggve import vault
from tryggve.accounts.policy import EVERYBODY
from tryggve.audit import actors
from tryggve.domains.customers import api as customers
from tryggve.domains.rights import notices
from tryggve.domains.rights.models import ConsentEvent, Erasure
from tryggve.domains.rights.selectors.consents import consents
from tryggve.domains.rights.selectors.retention import other_grounds
from tryggve.domains.rights.selectors.security_people import who_looks_after_security
from tryggve.domains.rights.services.erasure import before_erasing, erasures
from tryggve.domains.rights.services.links import consent_mail
from tryggve.lib.errors import Refusal
from tryggve.notices import recipients
from tryggve.notices import services as messages
from tryggve.ui import own_address

logger = logging.getLogger(__name__)

_ENDED = (ConsentEvent.Kind.WITHDRAWN, ConsentEvent.Kind.EXPIRED)


def erase_if_nothing_is_left(customer: UUID, *, at: datetime) -> datetime | None:
    """Ask for the customer's erasure when no consent holds and nothing else needs the data (GDPR art. 17(1)(b)).

    When it is, if it is. Whoever looks after security is told by mail, once: nobody else decided it, and whoever has an
    old mail of the customer's can have withdrawn.

    What stands in the way, a lock, a hold or a request that waits, keeps nobody from withdrawing: it is tried again
    each day. So it is with a customer who asked that the data is kept and not used (GDPR art. 18): that ends first.
    """
    try:
        if not _is_nothing_left(customer, at):
            return None
        return _asked(customer, at)
    except (customers.AlreadyGone, customers.Restricted, customers.Held, before_erasing.AnswerFirst):
        return None
    except (vault.Locked, Refusal) as error:
        facts = {"customer": str(customer), "error": type(error).__name__}
        logger.warning("an erasure after a withdrawal waits", extra={"facts": facts})
        return None


def try_again(*, now: datetime) -> None:
    """Everybody whose consent was withdrawn or ran out, and for whom no erasure was asked since."""
    withdrawn = ConsentEvent.objects.filter(kind__in=_ENDED)
    for customer in withdrawn.order_by().values_list("customer_ref", flat=True).distinct():
        last = withdrawn.filter(customer_ref=customer).order_by("-recorded_at").first()
        asked = Erasure.objects.filter(customer_ref=customer)
        # One that was called off stays so, until the customer says no once more.
        if last is not None and not asked.filter(asked_at__gte=last.recorded_at).exists():
            erase_if_nothing_is_left(customer, at=now)


@transaction.atomic
def _asked(customer: UUID, at: datetime) -> datetime:
    going = Erasure.objects.filter(customer_ref=customer, state__in=Erasure.GOING).first()
    if going is not None:
        return going.destroys_at
    made = erasures.ask_erasure(
        customer=customer, ground=Erasure.Ground.WITHDRAWN, actor=actors.SYSTEM, at=at, reach=EVERYBODY
    )
    destroys_at = Erasure.objects.get(pk=made).destroys_at
    for person in who_looks_after_security():
        to = recipients.staff(person)
        address = own_address.link_to("rights:erasure", str(made))
        messages.send(
            notices.ERASURE_BEGUN,
            to=to,
            at=at,
            day=consent_mail.day_of(destroys_at, to.language),
            link=address,
        )
    return destroys_at


def _is_nothing_left(customer: UUID, at: datetime) -> bool:
    if any(one.holds for one in consents.consents_of(customer, at=at)):
        return False
    return not other_grounds.has_other_grounds(customer)
