"""The round that a browser makes to the firm's sign-in service and back (OpenID Connect Core 1.0 §3.1)."""

import base64
import hashlib
import secrets
from dataclasses import dataclass
from datetime import datetime

from allauth.socialaccount.internal import statekit
from django.http import HttpRequest
from django.utils.translation import gettext as _

from tryggve.accounts.pages import path_within
from tryggve.domains.access import provider_calls
from tryggve.domains.access.engine import id_tokens, openid
from tryggve.domains.access.engine.id_tokens import Identity
from tryggve.domains.access.engine.openid import NotUsable, Trouble
from tryggve.domains.access.selectors import provider as selectors
from tryggve.domains.access.selectors.provider import Provider
from tryggve.domains.access.words.provider import SENTENCES
from tryggve.lib.errors import Refusal
from tryggve.ui import own_address

RETURN_TO = "access:provider-return"
SIGN_IN, LINK = "login", "connect"  # as allauth calls them
_SECRET_BYTES = 32


class NoProvider(Refusal):
    """The firm has chosen no sign-in service."""

    reason = "no-provider"


class RoundFailed(Refusal):
    """The service couldn't be asked, or what came back doesn't hold."""

    def __init__(self, trouble: Trouble) -> None:
        super().__init__(str(SENTENCES[trouble]))
        self.reason = str(trouble)


@dataclass(frozen=True, slots=True)
class Return:
    """Who came back, what for, the page to go to then, and the id of who was signed in at the start.

    ``is_with_factor``: with a second factor that the firm trusts.
    """

    identity: Identity
    process: str
    next: str
    begun_by: str
    is_with_factor: bool


def begin(request: HttpRequest, *, process: str, next: str = "/") -> str:
    """The address to send the browser to; the session keeps what must come back.

    Raises NoProvider, RoundFailed, vault.Locked.
    """
    provider = _provider()
    try:
        endpoints = provider_calls.discovered(provider.issuer)
    except NotUsable as cause:
        raise RoundFailed(cause.trouble) from None
    nonce, verifier = secrets.token_urlsafe(_SECRET_BYTES), secrets.token_urlsafe(_SECRET_BYTES)
    kept = {
        "process": process, "next": path_within(next), "nonce": nonce, "pkce_code_verifier": verifier,
        "begun_by": str(request.user.pk or ""),
    }  # fmt: skip
    return openid.question(
        endpoints,
        client_id=provider.client_id,
        redirect_uri=own_address.link_to(RETURN_TO),
        state=statekit.stash_state(request, provider_id=provider.key, state=kept),
        nonce=nonce,
        challenge=_challenge(verifier),
    )


def complete(request: HttpRequest, *, at: datetime) -> Return:
    """Who came back with this request, proven; each round counts once. Raises NoProvider, RoundFailed, vault.Locked."""
    provider = _provider()
    state = request.GET.get("state", "")
    kept = statekit.unstash_state(request, provider_id=provider.key, state_id=state)
    if kept is None:
        raise RoundFailed(Trouble.NOT_ASKED)
    try:
        identity = _identity(
            request, provider, nonce=kept["nonce"], verifier=kept["pkce_code_verifier"], at=at
        )
    except NotUsable as cause:
        raise RoundFailed(cause.trouble) from None
    is_with_factor = identity.is_with_factor and provider.trusts_factor
    return Return(identity, kept["process"], kept["next"], kept["begun_by"], is_with_factor)


def _identity(
    request: HttpRequest, provider: Provider, *, nonce: str, verifier: str, at: datetime
) -> Identity:
    endpoints = provider_calls.discovered(provider.issuer)
    token = provider_calls.token_for(
        endpoints,
        code=openid.code_in(request.GET.dict(), endpoints=endpoints),
        verifier=verifier,
        redirect_uri=own_address.link_to(RETURN_TO),
        client_id=provider.client_id,
        secret=provider.secret,
    )
    return id_tokens.identity_in(
        token,
        provider_calls.keys_of(endpoints),
        issuer=provider.issuer,
        client_id=provider.client_id,
        nonce=nonce,
        now=at.timestamp(),
    )


def _challenge(verifier: str) -> str:
    """RFC 7636 §4.2, S256."""
    return base64.urlsafe_b64encode(hashlib.sha256(verifier.encode()).digest()).rstrip(b"=").decode()


def _provider() -> Provider:
    provider = selectors.opened_provider()
    if provider is None:
        raise NoProvider(
            _(
                "This company has set up no sign-in with Microsoft, Google or the like. Sign in with your password."
            )
        )
    return provider
