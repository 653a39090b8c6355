"""Writing down what customers agree to. Events are added and never changed; each customer gets a receipt."""

import logging
from collections.abc import Sequence
from datetime import datetime
from typing import ClassVar
from uuid import UUID

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from tryggve import vault
from tryggve.domains.customers import api as customers
from tryggve.domains.rights.engine.calendars.ages import NotYetBorn, needs_guardian
from tryggve.domains.rights.models import ConsentEvent
from tryggve.domains.rights.services import consent_events
from tryggve.domains.rights.services.consent_events import (
    NO,
    YES,
    Channel,
    Circumstances,
    Kind,
    NotByConsent,
    NothingToRenew,
    NoWords,
    Said,
    Told,
)
from tryggve.domains.rights.services.consents import leaving_over
from tryggve.domains.rights.services.links import consent_mail, links
from tryggve.domains.setup import api as setup
from tryggve.lib.errors import Refusal

__all__ = [
    "Channel",
    "Circumstances",
    "GuardianNeeded",
    "Kind",
    "NoWords",
    "NotByConsent",
    "NotYet",
    "NothingToRenew",
    "Said",
    "record",
    "withdraw",
]

logger = logging.getLogger(__name__)


class NotYet(Refusal):
    """What will be said isn't said."""

    sentence: ClassVar = _("This lies in the future. Give the time at which the customer said it.")


class GuardianNeeded(Refusal):
    """The customer is a child (GDPR art. 8)."""

    sentence: ClassVar = _(
        "This customer is too young to agree alone. A parent must say yes; write it down with «a parent said it». "
        "Nothing was changed."
    )


@transaction.atomic
def record(*, customer: UUID, said: Sequence[Said], how: Circumstances, at: datetime) -> list[UUID]:
    """Write down what was said, at once effective, and mail one receipt for all; the ids of the events.

    A no is written down whatever else is wrong: for a customer who is gone from the lists, while the register is
    locked, where its receipt can't be written. It ends the questions in mails that were sent before. Of one who was
    erased nothing is written any more. Raises NotByConsent, NoWords, NothingToRenew, NotYet, GuardianNeeded,
    customers.AlreadyGone, and vault.Locked and vault.CannotOpen for a yes.
    """
    if how.happened_at > at:
        raise NotYet
    is_yes = any(one.kind in YES for one in said)
    if not customers.hold(customer) and not is_yes:
        return []
    person = _person(customer, is_needed=is_yes)
    if is_yes:
        _require_of_age(customer, how, at)
    about = consent_events.askable()
    told = [consent_events.write(customer, one, how, about, at=at) for one in said]
    noes = [one.purpose for one in said if one.kind in NO]
    links.end_questions(customer=customer, purposes=noes, but=how.question, at=at)
    erased_at = None
    if any(one.kind == Kind.WITHDRAWN for one in said):
        erased_at = leaving_over.erase_if_nothing_is_left(customer, at=at)
    _mail_receipt(person, told, how, is_needed=is_yes, erased_at=erased_at, at=at)
    return [one.event.pk for one in told]


def withdraw(
    *,
    customer: UUID,
    purpose: UUID,
    channel: ConsentEvent.Channel,
    actor: str,
    language: str,
    at: datetime,
) -> None:
    """The customer takes a consent back; said twice, it is one withdrawal. Raises NoSuchPurpose alone."""
    newest = ConsentEvent.objects.filter(customer_ref=customer, purpose=purpose).order_by(
        "-recorded_at", "-pk"
    )
    if (last := newest.first()) is not None and last.kind == Kind.WITHDRAWN:
        return
    how = Circumstances(channel, at, actor, language, by_customer=True)
    record(customer=customer, said=[Said(purpose, Kind.WITHDRAWN)], how=how, at=at)


def _mail_receipt(
    person: customers.Person | None,
    told: Sequence[Told],
    how: Circumstances,
    *,
    is_needed: bool,
    erased_at: datetime | None,
    at: datetime,
) -> None:
    """What stands in the way of a receipt keeps no no from being written down."""
    if person is None or not consent_mail.can_be_mailed(person):
        return
    try:
        with transaction.atomic():
            consent_mail.send_receipt(person, told, language=how.language, erased_at=erased_at, at=at)
    except (vault.Locked, vault.CannotOpen) as error:
        if is_needed:
            raise
        facts = {"customer": str(person.id), "error": type(error).__name__}
        logger.warning("a receipt for a no could not be written", extra={"facts": facts})


def _person(customer: UUID, *, is_needed: bool) -> customers.Person | None:
    """The customer; for a no, None when they can't be had."""
    try:
        found = customers.person(customer)
    except (vault.Locked, vault.CannotOpen):
        if is_needed:
            raise
        return None
    if found is None and is_needed:
        raise customers.AlreadyGone(_("This customer is not there any more. Nothing was changed."))
    return found


def _require_of_age(customer: UUID, how: Circumstances, at: datetime) -> None:
    """Only where a day of birth is known. Raises GuardianNeeded."""
    if how.is_by_guardian:
        return
    born = customers.born_on(customer)
    if born is None:
        return
    try:
        is_child = needs_guardian(setup.firm_country(), born, timezone.localdate(how.happened_at))
    except NotYetBorn:
        is_child = True
    if is_child:
        raise GuardianNeeded
