"""What is mailed to customers about their consents. It waits under the customer's own key."""

from collections.abc import Iterable
from datetime import datetime
from uuid import UUID

from django.utils import timezone, translation
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from tryggve.domains.customers.api import Person
from tryggve.domains.rights import notices
from tryggve.domains.rights.models import PortalLink
from tryggve.domains.rights.services.consent_events import YES, Told
from tryggve.domains.rights.services.links import links, mailboxes
from tryggve.domains.setup import api as setup
from tryggve.notices import recipients
from tryggve.notices import services as messages
from tryggve.notices.recipients import Recipient
from tryggve.ui import own_address


def can_be_mailed(person: Person | None) -> bool:
    return person is not None and bool(person.emails)


def to(person: Person, language: str, *, typed: str = "") -> Recipient:
    """The first address on the card, or the one of them that somebody typed who asked for the mail."""
    address = mailboxes.same(person.emails, typed) or person.emails[0]
    return recipients.customer(person.id, address=address, language=language, key=person.key)


def send_question(
    customer: UUID, recipient: Recipient, *, name: str, purpose: UUID | None, at: datetime
) -> None:
    """Ask, by a link that works once, what the customer consents to. Raises vault.Locked."""
    token = links.make(
        customer=customer, use=PortalLink.Use.CONSENT, purpose=purpose, address=recipient.address, at=at
    )
    messages.send(
        notices.CONSENT_QUESTION,
        to=recipient,
        at=at,
        firm=setup.firm_name(),
        name=name,
        link=links.address_of(token, PortalLink.Use.CONSENT),
        days=links.LASTS[PortalLink.Use.CONSENT].days,
    )


def send_receipt(
    person: Person,
    told: Iterable[Told],
    *,
    language: str,
    at: datetime,
    erased_at: datetime | None = None,
) -> None:
    """One receipt for all that was said together, with a way to take each yes back. Raises vault.Locked.

    ``erased_at``: when the customer is erased because nothing is left to keep the data for.
    """
    with translation.override(language):
        parts = "\n\n".join(_part(person, one, language, at) for one in told)
    messages.send(
        notices.CONSENT_RECEIPT,
        to=to(person, language),
        at=at,
        firm=setup.firm_name(),
        name=person.name,
        parts=parts,
        erased_on=day_of(erased_at, language) if erased_at else "",
        portal=links.portal_address(),
    )


def day_of(at: datetime, language: str) -> str:
    """The day, as it is written in that language."""
    with translation.override(language):
        return str(date_format(timezone.localtime(at), "DATE_FORMAT"))


def _part(person: Person, one: Told, language: str, at: datetime) -> str:
    event, words = one.event, one.purpose.told_in(language).words  # type: ignore[arg-type]  # falls back
    day = date_format(timezone.localtime(event.happened_at), "DATETIME_FORMAT")
    said = f"{words.name}: {event.get_kind_display()}, {day}, {event.get_channel_display()}"
    lines = [said, words.description]
    if one.text is not None:
        lines += [f"«{one.text.text}»", _("Version %(number)d of the words.") % {"number": one.text.number}]
    if event.holds_until is not None:
        until = date_format(timezone.localtime(event.holds_until), "DATE_FORMAT")
        lines.append(_("It holds until %(day)s.") % {"day": until})
    if not one.counts:
        lines.append(_("It doesn't count: you have said no since then, or its time is over."))
    if event.kind in YES and own_address.is_reached():
        address = links.withdrawal_address(customer=person.id, purpose=one.purpose.id, at=at)
        lines.append(_("Take it back with one click: %(address)s") % {"address": address})
    lines.append(_("Number of the receipt: %(id)s") % {"id": event.pk})
    return "\n".join(lines)
