"""Links that are mailed to customers. Of a link a hash is kept, and opening one changes nothing: a button does."""

from collections.abc import Collection
from datetime import datetime, timedelta
from typing import ClassVar
from uuid import UUID

from django.db.models import Q, QuerySet
from django.utils.translation import gettext_lazy as _

from tryggve import vault
from tryggve.domains.customers import api as customers
from tryggve.domains.rights.models import PortalLink
from tryggve.domains.rights.services import erasure_clock
from tryggve.domains.rights.services.links import mailboxes
from tryggve.lib import random_tokens
from tryggve.lib.errors import Refusal
from tryggve.ui import own_address

Use = PortalLink.Use

# What withdraws must go on working in a mail that somebody finds again after a year.
LASTS = {
    Use.CONSENT: timedelta(days=30),
    Use.PORTAL: timedelta(hours=1),
    Use.WITHDRAW: timedelta(days=730),
    Use.FEEDBACK: timedelta(days=30),
}
KEPT_AFTER_ITS_END = timedelta(days=30)
_PAGES = {Use.CONSENT: "portal:choose", Use.PORTAL: "portal:open", Use.WITHDRAW: "portal:withdraw"}


class LinkEnded(Refusal):
    """It was used, or has run out, or was never made."""

    sentence: ClassVar = _("This link was used already or has run out. Nothing was changed.")


def make(
    *,
    customer: UUID,
    use: PortalLink.Use,
    at: datetime,
    purpose: UUID | None = None,
    browser: str = "",
    address: str = "",
) -> str:
    """A new link's token, which is kept nowhere. ``browser`` is the secret of the one that it was asked for in.

    With an ``address`` it works only as long as that stands on the customer's card.
    """
    token = random_tokens.new_token()
    PortalLink.objects.create(
        customer_ref=customer,
        use=use,
        purpose_ref=purpose,
        token_hash=random_tokens.hash_of(token),
        browser_hash=random_tokens.hash_of(browser) if browser else "",
        address_mark=mailboxes.mark(address, secret=token),
        made_at=at,
        expires_at=at + LASTS[use],
    )
    return token


def address_of(token: str, use: PortalLink.Use) -> str:
    """The whole address, at the configured origin: never at what a request calls this computer."""
    return own_address.link_to(_PAGES[use], token)


def withdrawal_address(*, customer: UUID, purpose: UUID, at: datetime) -> str:
    """For a mail about that purpose: a button there withdraws the consent, and so does RFC 8058's one click.

    Raises own_address.NotReached.
    """
    own_address.require_reached()
    token = make(customer=customer, use=Use.WITHDRAW, purpose=purpose, at=at)
    return address_of(token, Use.WITHDRAW)


def of_token(token: str, use: PortalLink.Use, *, at: datetime) -> PortalLink | None:
    """The link, if somebody may still use it who has the mailbox that it went to."""
    row = PortalLink.objects.filter(token_hash=random_tokens.hash_of(token), use=use).first()
    if row is None or not row.is_open(at) or not _is_still_theirs(row, token):
        return None
    return row


def locked_of_token(token: str, use: PortalLink.Use, *, at: datetime) -> PortalLink:
    """The same for who is about to use it up: of two at once one waits for the other. Raises LinkEnded."""
    found = of_token(token, use, at=at)
    if found is None or not customers.hold(found.customer_ref):
        raise LinkEnded
    row = PortalLink.objects.select_for_update().filter(pk=found.pk).first()
    if row is None or not row.is_open(at):
        raise LinkEnded
    return row


def use_up(row: PortalLink, *, at: datetime) -> None:
    """It works no more. Raises LinkEnded when somebody was quicker, where rows can't be locked."""
    if not PortalLink.objects.filter(pk=row.pk, used_at=None, ended_at=None).update(used_at=at):
        raise LinkEnded


def end_others(*, customer: UUID, use: PortalLink.Use, at: datetime) -> None:
    """None of that use that wait in a mailbox open anything any more."""
    PortalLink.objects.filter(customer_ref=customer, use=use, used_at=None, ended_at=None).update(ended_at=at)


def end_questions(*, customer: UUID, purposes: Collection[UUID], but: UUID | None, at: datetime) -> None:
    """No older question about these works any more: whoever finds its mail can't turn the customer's no into a yes."""
    asking = PortalLink.objects.filter(customer_ref=customer, use=Use.CONSENT, used_at=None, ended_at=None)
    if but is not None:
        asking = asking.exclude(pk=but)
    if purposes:
        asking.filter(Q(purpose_ref__in=list(purposes)) | Q(purpose_ref=None)).update(ended_at=at)


def forget_ended(*, now: datetime) -> int:
    """Remove what ran out a month ago; returns how many. None goes while the clock is doubted.

    With the wrong year no mail that a customer has would withdraw anything any more.
    """
    return _long_ended(now).delete()[0] if erasure_clock.is_believed(at=now) else 0


@erasure_clock.waits
def does_any_way_to_withdraw_end(at: datetime) -> bool:
    """Whether ``forget_ended`` would remove any of those; the others last so short that none is missed."""
    return _long_ended(at).filter(use=Use.WITHDRAW).exists()


def _long_ended(now: datetime) -> QuerySet[PortalLink]:
    return PortalLink.objects.filter(expires_at__lt=now - KEPT_AFTER_ITS_END)


def _is_still_theirs(row: PortalLink, token: str) -> bool:
    """Whether the address stands on the card yet. Where that can't be read, what follows finds it out."""
    if not row.address_mark:
        return True
    try:
        person = customers.person(row.customer_ref)
    except (vault.Locked, vault.CannotOpen):
        return True
    return person is None or bool(mailboxes.marked(person.emails, mark_kept=row.address_mark, secret=token))


def portal_address() -> str:
    """Where a customer asks for a way in; empty while nobody could reach it."""
    return own_address.link_to("portal:ask") if own_address.is_reached() else ""
