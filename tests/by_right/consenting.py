"""Customers who are asked what they agree to, and the mails that reach them."""

import re
from collections.abc import Mapping
from datetime import datetime, timedelta
from email.message import EmailMessage
from typing import Any
from uuid import UUID

from django.test import Client

from tests.cast import CILLA, NOW
from tryggve.domains.customers.engine.details import Details
from tryggve.domains.customers.tests.lists import MACHINE, add
from tryggve.domains.rights import notices
from tryggve.domains.rights.models import ConsentEvent
from tryggve.domains.rights.selectors.consents import consents as selectors
from tryggve.domains.rights.services.consents import consent_texts, consents
from tryggve.domains.rights.services.consents.consents import Channel, Circumstances, Said
from tryggve.domains.rights.services.consents.consents import Kind as Event
from tryggve.domains.rights.tests import purposes
from tryggve.notices import delivery, letters
from tryggve.notices import services as messages
from tryggve.notices.letters import Letter
from tryggve.notices.models import OutboxMessage, Security
from tryggve.notices.registry import Kind
from tryggve.notices.tests.post_office import PostOffice

NEWSLETTER = "newsletter"
NOTES = "session-notes"
WORDS = "Anna may write to me about new things in the workshop."


def prepare(*, lasts_months: int | None = None) -> UUID:
    """A coach who may send newsletters and write notes of sessions only with consent; the newsletter's id."""
    purposes.choose(kind="coach")
    for code in (NEWSLETTER, NOTES):
        for language in ("sv", "en"):
            write(code, language=language, lasts_months=lasts_months)
    return purposes.id_of(NEWSLETTER)


def write(code: str, *, text: str = WORDS, language: str = "en", lasts_months: int | None = None) -> UUID:
    return consent_texts.write(
        purpose=purposes.id_of(code),
        language=language,
        text=text,
        lasts_months=lasts_months,
        actor=MACHINE,
        at=NOW,
    )


def customer(details: Details = CILLA) -> UUID:
    [one] = add(details)
    return one


def say(
    who: UUID,
    purpose: UUID,
    kind: ConsentEvent.Kind = Event.GIVEN,
    *,
    at: datetime = NOW,
    happened_at: datetime | None = None,
    is_by_guardian: bool = False,
    **other: Any,
) -> UUID:
    """On the telephone, to somebody who writes it down."""
    how = Circumstances(Channel.PHONE, happened_at or at, MACHINE, "en", is_by_guardian=is_by_guardian)
    [event] = consents.record(customer=who, said=[Said(purpose, kind, **other)], how=how, at=at)
    return event


def withdraw(who: UUID, purpose: UUID, *, at: datetime = NOW + timedelta(days=1)) -> None:
    """With one click in a mail, a day later unless told."""
    consents.withdraw(
        customer=who, purpose=purpose, channel=Channel.LINK, actor="anonymous", language="en", at=at
    )


def holds(who: UUID, purpose: UUID, at: datetime = NOW) -> bool:
    return selectors.has_consent(who, purpose, at=at)


def kinds(who: UUID) -> list[str]:
    """What happened to somebody's consents, in order."""
    rows = ConsentEvent.objects.filter(customer_ref=who).order_by("recorded_at", "pk")
    return list(rows.values_list("kind", flat=True))


def letters_sent(kind: Kind | None = None) -> list[Letter]:
    """What waits in the outbox, of that kind; ids made within one moment have no order."""
    rows = OutboxMessage.objects.order_by("pk").exclude(body_sealed=None)
    rows = rows.filter(kind=kind.code) if kind else rows
    return [letters.opened(bytes(row.body_sealed or b""), row.pk, row.recipient_ref) for row in rows]


def links_in(text: str) -> list[str]:
    """The paths behind the links of a mail."""
    return re.findall(r"https?://[^/\s]+(/\S*)", text)


def code_in(text: str) -> str:
    [code] = re.findall(r"^\d{6}$", text, re.MULTILINE)
    return str(code)


def send_through(office: PostOffice, *, at: datetime = NOW) -> None:
    """Mail leaves by that server."""
    messages.set_mail_server(
        host="localhost", port=office.port, security=Security.NONE, username="", password=None,
        sender_address="anna@example.se", sender_name="Annas Snickeri", at=at,
    )  # fmt: skip


def delivered(office: PostOffice, *, at: datetime) -> list[EmailMessage]:
    """All mails that came out at the other end of the wire."""
    delivery.deliver_due(at=at)
    return office.desk.taken


def text_of(mail: EmailMessage) -> str:
    return str(mail.get_content())


def read(answer: Any) -> str:
    """A page's source, on one line."""
    return " ".join(answer.content.decode().split())


def hidden_on(page: Any) -> dict[str, str]:
    """What the form of a page sends along by itself, but for the token against other sites."""
    found = re.findall(r'<input type="hidden" name="([^"]+)" value="([^"]*)">', page.content.decode())
    return {name: value for name, value in found if name != "csrfmiddlewaretoken"}


def fill_in(browser: Client, path: str, said: Mapping[UUID, str] | None = None) -> Any:
    """Open a page with choices, choose, and press the button."""
    shown = hidden_on(browser.get(path))
    return browser.post(path, shown | {f"purpose-{one}": word for one, word in (said or {}).items()})


def come_in(browser: Client, address: str = CILLA.emails[0]) -> str:
    """Ask for a link, and press the button behind it; the link's path."""
    browser.post("/my/come-in/", {"email": address})
    sent = letters_sent(notices.PORTAL_LINK)
    [path] = links_in(next(one.text for one in sent if one.address == address))
    browser.post(path)
    return path
