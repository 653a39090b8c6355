"""A customer's way to the own page: a link by mail, a code where the link was opened elsewhere, a short session.

Customers have no account and no password, and are never among those who sign in to work here.
"""

import secrets
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import ClassVar
from uuid import UUID, uuid4

from django.db import transaction
from django.utils.crypto import constant_time_compare
from django.utils.translation import gettext_lazy as _

from tryggve.audit import actors
from tryggve.audit import services as audit
from tryggve.domains.customers import api as customers
from tryggve.domains.customers.api import Person
from tryggve.domains.rights import actions, notices
from tryggve.domains.rights.models import PortalChoice, PortalLink, PortalSession
from tryggve.domains.rights.services.links import consent_mail, links, mailboxes
from tryggve.domains.rights.services.links.links import LinkEnded
from tryggve.domains.setup import api as setup
from tryggve.lib import random_tokens
from tryggve.lib.errors import Refusal
from tryggve.notices import recipients
from tryggve.notices import services as messages
from tryggve.notices.registry import Kind
from tryggve.ui import own_address

IDLE = timedelta(minutes=30)
WHOLE = timedelta(hours=2)
MOST_WRONG_CODES = 5
KEPT_AFTER_ITS_END = timedelta(days=30)

# Those who share an address, a family's or a company's info@, each get their own link.
_MOST_OF_ONE_ADDRESS = 10
# By so much a clock may be put back while somebody is here.
_CLOCK_DRIFTS = timedelta(minutes=1)
_NOTED_EVERY = timedelta(minutes=1)
_CODES = 1_000_000

Use = PortalLink.Use


class WrongCode(Refusal):
    """The code isn't the one that was mailed."""

    sentence: ClassVar = _("That is not the code in the mail. Look again, or let a new one be sent.")


@dataclass(frozen=True, slots=True)
class Visit:
    """A customer at the own page."""

    session: UUID
    customer: UUID
    # The address whose mailbox it came through; empty for who showed by another service who they are.
    address: str = field(default="", repr=False)


@transaction.atomic
def ask(*, address: str, browser: str, language: str, at: datetime) -> None:
    """Mail a link to every customer who has that address; as much work, and nothing, for one that nobody has.

    Raises own_address.NotReached and vault.Locked.
    """
    own_address.require_reached()
    people = customers.with_email(address, most=_MOST_OF_ONE_ADDRESS)
    if not people:
        _pretend(address, browser, language, at)
    for person in people:
        if customers.hold(person.id):
            _mail_link(person, address, browser, language, at)


def is_code_needed(link: PortalLink, browser: str) -> bool:
    """Whether the link was opened elsewhere than where it was asked for: in another browser, or by somebody else."""
    return not (browser and constant_time_compare(link.browser_hash, random_tokens.hash_of(browser)))


@transaction.atomic
def send_code(*, token: str, language: str, at: datetime) -> None:
    """Mail six digits to where the link went, in place of any before. Raises LinkEnded and vault.Locked."""
    row = links.locked_of_token(token, Use.PORTAL, at=at)
    person, address = _reachable(row, token)
    code = f"{secrets.randbelow(_CODES):06}"
    row.code_hash = _code_hash(token, code)
    row.save(update_fields=["code_hash"])
    to = consent_mail.to(person, language, typed=address)
    messages.send(notices.PORTAL_CODE, to=to, at=at, firm=setup.firm_name(), name=person.name, code=code)
    audit.record(actions.PORTAL_CODE_SENT, actor=actors.ANONYMOUS, at=at, subject=person.id, link=str(row.pk))


def enter(*, token: str, code: str, browser: str, language: str, at: datetime) -> str:
    """Use the link up and begin a session; the secret for the browser's cookie.

    ``code`` counts only where one is needed. Other links to the page end with it. Raises LinkEnded and WrongCode; the
    fifth wrong code ends the link.
    """
    if not _is_let_in(token, code, browser, at):
        raise WrongCode
    with transaction.atomic():
        row = links.locked_of_token(token, Use.PORTAL, at=at)
        _person, address = _reachable(row, token)
        links.use_up(row, at=at)
        links.end_others(customer=row.customer_ref, use=Use.PORTAL, at=at)
        secret = begin_session(customer=row.customer_ref, language=language, address=address, at=at)
        audit.record(
            actions.PORTAL_OPENED,
            actor=actors.ANONYMOUS,
            at=at,
            subject=row.customer_ref,
            link=str(row.pk),
        )
    return secret


def begin_session(*, customer: UUID, language: str, at: datetime, address: str = "") -> str:
    """The secret for the browser's cookie of whoever has shown that it is this customer; the caller logs it.

    With the ``address`` of the mailbox that showed it, the session ends when that leaves the card.
    """
    secret = random_tokens.new_token()
    PortalSession.objects.create(
        customer_ref=customer,
        token_hash=random_tokens.hash_of(secret),
        language=language,
        address_mark=mailboxes.mark(address, secret=secret),
        begun_at=at,
        seen_at=at,
    )
    return secret


def visit_of(secret: str, *, at: datetime) -> Visit | None:
    """Who comes with that cookie; None for one whose time is over, and for a customer who is gone."""
    if not secret:
        return None
    row = PortalSession.objects.filter(token_hash=random_tokens.hash_of(secret), ended_at=None).first()
    if row is None or not _lasts_still(row, at):
        return None
    person = customers.person(row.customer_ref) if customers.still_there([row.customer_ref]) else None
    if person is None:
        return None
    address = mailboxes.marked(person.emails, mark_kept=row.address_mark, secret=secret)
    if row.address_mark and not address:
        return None
    if at - row.seen_at > _NOTED_EVERY:
        PortalSession.objects.filter(pk=row.pk).update(seen_at=at)
    return Visit(row.pk, row.customer_ref, address)


def is_mailbox_shared(visit: Visit) -> bool:
    """Whether the address stands on another card, too: then nobody knows which of them comes. Raises vault.Locked."""
    return bool(visit.address) and len(customers.with_email(visit.address, most=2)) > 1


def _lasts_still(row: PortalSession, at: datetime) -> bool:
    """Not by a clock that was put back: nobody knows any more how long ago it was."""
    return at >= row.seen_at - _CLOCK_DRIFTS and at - row.seen_at <= IDLE and at - row.begun_at <= WHOLE


def leave(visit: Visit, *, at: datetime) -> None:
    """End the session, whatever other ones the customer left open, and the links that wait in the mailbox."""
    with transaction.atomic():
        links.end_others(customer=visit.customer, use=Use.PORTAL, at=at)
        PortalSession.objects.filter(customer_ref=visit.customer, ended_at=None).update(ended_at=at)
        audit.record(actions.PORTAL_CLOSED, actor=actors.ANONYMOUS, at=at, subject=visit.customer)


@transaction.atomic
def choose(*, shows_names: bool, actor: str, at: datetime) -> None:
    """Whether customers read who looked at their data by name, or the role alone."""
    PortalChoice.objects.update_or_create(pk=1, defaults={"shows_names": shows_names})
    audit.record(actions.PORTAL_SET, actor=actor, at=at, names=shows_names)


def forget_ended(*, now: datetime) -> int:
    """Remove sessions that began a month ago; returns how many."""
    return PortalSession.objects.filter(begun_at__lt=now - KEPT_AFTER_ITS_END).delete()[0]


def _mail_link(person: Person, address: str, browser: str, language: str, at: datetime) -> None:
    to = consent_mail.to(person, language, typed=address)
    token = links.make(customer=person.id, use=Use.PORTAL, browser=browser, address=to.address, at=at)
    _send(notices.PORTAL_LINK, to, name=person.name, token=token, at=at)
    audit.record(
        actions.PORTAL_LINK_SENT,
        actor=actors.ANONYMOUS,
        at=at,
        subject=person.id,
        link=str(PortalLink.objects.get(token_hash=random_tokens.hash_of(token)).pk),
    )


def _send(kind: Kind, to: recipients.Recipient, *, name: str, token: str, at: datetime) -> None:
    messages.send(
        kind,
        to=to,
        at=at,
        firm=setup.firm_name(),
        name=name,
        link=links.address_of(token, Use.PORTAL),
    )


def _pretend(address: str, browser: str, language: str, at: datetime) -> None:
    """The same work for an address that is nobody's, and nothing of it is kept: how long it takes tells nobody more."""
    nobody = uuid4()
    with transaction.atomic():
        customers.person(nobody)
        customers.hold(nobody)
        token = links.make(customer=nobody, use=Use.PORTAL, browser=browser, address=address, at=at)
        to = recipients.Recipient(ref=f"link:{nobody}", address=address, language=language)
        _send(notices.PORTAL_LINK, to, name=address, token=token, at=at)
        audit.record(actions.PORTAL_LINK_SENT, actor=actors.ANONYMOUS, at=at, link=str(
            PortalLink.objects.get(token_hash=random_tokens.hash_of(token)).pk
        ))  # fmt: skip
        transaction.set_rollback(True)


def _reachable(row: PortalLink, token: str) -> tuple[Person, str]:
    """The customer, and which address the link went to. Raises LinkEnded for one who is gone, or has it no more."""
    person = customers.person(row.customer_ref)
    if person is None or not consent_mail.can_be_mailed(person):
        raise LinkEnded
    address = mailboxes.marked(person.emails, mark_kept=row.address_mark, secret=token)
    if row.address_mark and not address:
        raise LinkEnded
    return person, address


def _is_let_in(token: str, code: str, browser: str, at: datetime) -> bool:
    """A wrong guess is counted in a transaction of its own, so that being refused doesn't forget it."""
    with transaction.atomic():
        row = links.locked_of_token(token, Use.PORTAL, at=at)
        if not is_code_needed(row, browser):
            return True
        if constant_time_compare(row.code_hash, _code_hash(token, code.strip())):
            return True
        row.wrong_codes += 1
        row.ended_at = at if row.wrong_codes >= MOST_WRONG_CODES else None
        row.save(update_fields=["wrong_codes", "ended_at"])
        return False


def note_refused(reason: str, *, at: datetime, subject: UUID | None = None) -> None:
    """Keep that somebody came with a link or a code that opens nothing; never which, but whose, if that is known."""
    audit.record(actions.PORTAL_REFUSED, actor=actors.ANONYMOUS, at=at, subject=subject, reason=reason)


def _code_hash(token: str, code: str) -> str:
    """Bound to the link, which is long and kept nowhere: whoever reads the database can't try all six digits."""
    return random_tokens.hash_of(f"{token}:{code}")
