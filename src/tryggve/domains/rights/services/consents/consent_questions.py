"""Asking customers, by a link in a mail, what they agree to. To ask is nothing: only an answer counts."""

from datetime import datetime
from typing import ClassVar
from uuid import UUID, uuid4

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from tryggve import vault
from tryggve.domains.customers import api as customers
from tryggve.domains.rights.models import PortalLink
from tryggve.domains.rights.selectors.consents import consents as selectors
from tryggve.domains.rights.selectors.purposes.purposes import Kept
from tryggve.domains.rights.selectors.requests import cases
from tryggve.domains.rights.services import consent_events
from tryggve.domains.rights.services.consent_events import (
    Askable,
    Channel,
    Circumstances,
    Kind,
    NotByConsent,
    NoWords,
    Said,
)
from tryggve.domains.rights.services.links import consent_mail
from tryggve.lib.errors import Refusal
from tryggve.notices.recipients import Recipient
from tryggve.ui import own_address


class CannotBeMailed(Refusal):
    """There is no address to write to."""

    sentence: ClassVar = _("This customer has no e-mail address on the card. Nothing was sent.")


class SaidNoToMail(Refusal):
    """The customer objected (GDPR art. 21): a question whether they changed their mind is what they objected to."""

    sentence: ClassVar = _("This customer has said no to being written to about this. Nothing was sent.")


@transaction.atomic
def ask(
    *,
    customer: UUID,
    purpose: UUID | None,
    language: str,
    actor: str,
    at: datetime,
    typed: str = "",
) -> None:
    """Mail a link by which the customer chooses about that purpose, or about all that need consent.

    To the first address on the card, or the one of them that was ``typed``. Raises NotByConsent, NoWords,
    CannotBeMailed, SaidNoToMail, customers.AlreadyGone, customers.Restricted, own_address.NotReached, vault.Locked and
    vault.CannotOpen.
    """
    own_address.require_reached()
    customers.hold(customer)
    person = customers.person(customer)
    if person is None:
        raise customers.AlreadyGone(_("This customer is not there any more. Nothing was changed."))
    if not consent_mail.can_be_mailed(person):
        raise CannotBeMailed
    if person.is_restricted:
        raise customers.Restricted
    to = consent_mail.to(person, language, typed=typed)
    _send(customer, to, person.name, purpose=purpose, how=Circumstances(Channel.LINK, at, actor, language))


def is_wanted(customer: UUID, *, asked_at: datetime, at: datetime) -> bool:
    """Whether a question that was asked then may still be mailed: its link is open, and no right was used against it.

    Raises vault.Locked.
    """
    asked = PortalLink.objects.filter(customer_ref=customer, use=PortalLink.Use.CONSENT, made_at=asked_at)
    link = next((one for one in asked if one.is_open(at)), None)
    if link is None or cases.has_objected(customer, link.purpose_ref):
        return False
    try:
        person = customers.person(customer)
    except vault.CannotOpen:
        return False
    return person is not None and not person.is_restricted


@transaction.atomic
def pretend_to_ask(*, address: str, purpose: UUID, language: str, actor: str, at: datetime) -> None:
    """The same work for whoever isn't asked, and nothing of it is kept: how long it takes tells nobody more."""
    nobody = uuid4()
    customers.person(nobody)  # a customer was found by the address
    customers.hold(nobody)
    customers.person(nobody)
    to = Recipient(ref=f"question:{nobody}", address=address, language=language)
    _send(nobody, to, address, purpose=purpose, how=Circumstances(Channel.LINK, at, actor, language))
    transaction.set_rollback(True)


def _send(customer: UUID, to: Recipient, name: str, *, purpose: UUID | None, how: Circumstances) -> None:
    about = consent_events.askable()
    asked = _asked(customer, purpose, about)
    for one in asked:
        consent_events.write(customer, Said(one.id, Kind.ASKED), how, about, at=how.happened_at)
    consent_mail.send_question(customer, to, name=name, purpose=purpose, at=how.happened_at)


def _asked(customer: UUID, purpose: UUID | None, about: Askable) -> list[Kept]:
    """What there is to ask about that the customer hasn't said no to by right."""
    wanted = [
        one for one in about.purposes.values() if purpose in (None, one.id) and selectors.is_by_consent(one)
    ]
    if not wanted:
        raise NotByConsent
    written = [one for one in wanted if about.texts.get(one.id)]
    if not written:
        raise NoWords
    found = [one for one in written if not cases.has_objected(customer, one.id)]
    if not found:
        raise SaidNoToMail
    return found
