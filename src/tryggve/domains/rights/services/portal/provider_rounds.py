"""Customers who show who they are by another service: the round there and back, and whose page it opens.

OpenID Connect Core 1.0 §3.1 with PKCE. They are matched to a customer and to nothing else: no account comes of it.
"""

import base64
import hashlib
import secrets
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from django.db import transaction

from tryggve.audit import actors
from tryggve.audit import services as audit
from tryggve.domains.access import api as openid
from tryggve.domains.access.api import NotUsable, Trouble
from tryggve.domains.customers import api as customers
from tryggve.domains.rights import actions
from tryggve.domains.rights.models import ProviderRound
from tryggve.domains.rights.selectors.portal import customer_provider as selectors
from tryggve.domains.rights.selectors.portal.customer_provider import Provider
from tryggve.domains.rights.services.links import consent_mail, links
from tryggve.domains.rights.services.links.links import Use
from tryggve.domains.rights.services.portal import portal
from tryggve.lib import random_tokens
from tryggve.ui import own_address

RETURN_TO = "portal:provider-return"
LASTS = timedelta(minutes=10)
_MOST_OF_ONE_ADDRESS = 2


class NotLetIn(Exception):
    """Nobody comes in; ``reason`` is a code for the log, and the page is the same for all of them."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


@dataclass(frozen=True, slots=True)
class Arrival:
    """Who came back: with the secret of a session, or with the token of a link whose code is still to be mailed."""

    secret: str = ""
    token: str = ""


def begin(*, browser: str, at: datetime) -> str:
    """The address to send the browser to. Raises NotLetIn and vault.Locked."""
    provider = _provider()
    try:
        endpoints = openid.discovered(provider.issuer)
    except NotUsable as cause:
        raise NotLetIn(str(cause.trouble)) from None
    state, nonce, verifier = (random_tokens.new_token() for _each in range(3))
    ProviderRound.objects.create(
        state_hash=random_tokens.hash_of(state),
        browser_hash=random_tokens.hash_of(browser),
        nonce=nonce,
        verifier=verifier,
        begun_at=at,
    )
    return openid.question(
        endpoints,
        client_id=provider.client_id,
        redirect_uri=own_address.link_to(RETURN_TO),
        state=state,
        nonce=nonce,
        challenge=_challenge(verifier),
        scope=provider.scope,
        acr_values=provider.acr_values,
    )


def complete(*, answer: Mapping[str, str], browser: str, language: str, at: datetime) -> Arrival:
    """Let in whoever came back, if it is one customer and no other; each round counts once.

    Raises NotLetIn and vault.Locked.
    """
    provider = _provider()
    kept = _taken(answer.get("state", ""), browser, at)
    try:
        claims = _claims(provider, kept, answer, at)
    except NotUsable as cause:
        raise NotLetIn(str(cause.trouble)) from None
    number = _number_in(claims, provider)
    if number:
        found = customers.with_number(number, actor=actors.ANONYMOUS, at=at)
        if len(found) == 1:
            return _entered(found[0], language, at)
    return _by_address(openid.verified_email(claims), is_number_known=bool(number), at=at)


def forget_ended(*, now: datetime) -> int:
    """Remove rounds that nobody came back from; how many."""
    return ProviderRound.objects.filter(begun_at__lte=now - LASTS).delete()[0]


@transaction.atomic
def _entered(customer: UUID, language: str, at: datetime) -> Arrival:
    if not customers.hold(customer):
        raise NotLetIn("unknown")
    secret = portal.begin_session(customer=customer, language=language, at=at)
    audit.record(actions.PORTAL_OPENED_BY_PROVIDER, actor=actors.ANONYMOUS, at=at, subject=customer)
    return Arrival(secret=secret)


@transaction.atomic
def _by_address(address: str, *, is_number_known: bool, at: datetime) -> Arrival:
    """A mailbox is weaker: a code is mailed there, and nobody comes in on whose card another number stands."""
    people = customers.with_email(address, most=_MOST_OF_ONE_ADDRESS) if address else []
    if len(people) != 1 or not consent_mail.can_be_mailed(people[0]):
        raise NotLetIn("unknown")
    if not customers.hold(people[0].id) or (is_number_known and customers.has_a_number(people[0].id)):
        raise NotLetIn("unknown")
    return Arrival(token=links.make(customer=people[0].id, use=Use.PORTAL, address=address, at=at))


def _taken(state: str, browser: str, at: datetime) -> ProviderRound:
    """The round that this browser began, which ends here: of two who bring it back one is too late."""
    row = ProviderRound.objects.filter(state_hash=random_tokens.hash_of(state)).first()
    if row is None or not ProviderRound.objects.filter(pk=row.pk).delete()[0]:
        raise NotLetIn(str(Trouble.NOT_ASKED))
    is_same = secrets.compare_digest(row.browser_hash, random_tokens.hash_of(browser))
    if not is_same or not timedelta(0) <= at - row.begun_at < LASTS:
        raise NotLetIn(str(Trouble.NOT_ASKED))
    return row


def _claims(
    provider: Provider, kept: ProviderRound, answer: Mapping[str, str], at: datetime
) -> Mapping[str, Any]:
    endpoints = openid.discovered(provider.issuer)
    token = openid.token_for(
        endpoints,
        code=openid.code_in(answer, endpoints=endpoints),
        verifier=kept.verifier,
        redirect_uri=own_address.link_to(RETURN_TO),
        client_id=provider.client_id,
        secret=provider.secret,
    )
    return openid.claims_in(
        token,
        openid.keys_of(endpoints),
        issuer=provider.issuer,
        client_id=provider.client_id,
        nonce=kept.nonce,
        now=at.timestamp(),
    )


def _number_in(claims: Mapping[str, Any], provider: Provider) -> str:
    """With the country before it: the same digits are another person's elsewhere."""
    told = claims.get(provider.number_claim) if provider.number_claim else None
    return f"{provider.number_country}{told}" if isinstance(told, str) and told.strip() else ""


def _challenge(verifier: str) -> str:
    """RFC 7636 §4.2, S256."""
    return base64.urlsafe_b64encode(hashlib.sha256(verifier.encode()).digest()).rstrip(b"=").decode()


def _provider() -> Provider:
    provider = selectors.opened_provider()
    if provider is None:
        raise NotLetIn("no-provider")
    return provider
