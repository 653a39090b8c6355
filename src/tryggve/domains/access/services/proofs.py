"""A factor that was used counts in the session it was used in: noted for the policy, the network and the log."""

from datetime import datetime
from uuid import UUID

from allauth.account.internal.flows.login import AUTHENTICATION_METHODS_SESSION_KEY
from allauth.mfa.base.internal.flows import post_authentication
from allauth.mfa.models import Authenticator
from django.http import HttpRequest

from tryggve.accounts import networks, sign_ins, whereabouts
from tryggve.accounts.models import User

FACTOR_ELSEWHERE = "provider"
_CODES = {
    "password": "password",
    "oidc": "oidc",  # OpenID Connect, as with Microsoft or Google
    "saml": "saml",
    "provider": "mfa",  # a second factor that was shown to another company and not here
    "totp": "totp",
    "webauthn": "passkey",
    "recovery_codes": "recovery",
}


def note_factor_used(request: HttpRequest, factor: Authenticator, *, alone: bool = False) -> None:
    """Count the factor as used in this session from now on; ``alone`` when no password came with it."""
    post_authentication(request, factor, passwordless=alone)
    said = request.session[AUTHENTICATION_METHODS_SESSION_KEY]
    # One of each kind is enough, else a session grows with each time that somebody is asked again.
    newest = {(one["method"], one.get("type")): one for one in said}
    request.session[AUTHENTICATION_METHODS_SESSION_KEY] = list(newest.values())


def note_confirmed(request: HttpRequest, user: User, *, at: datetime) -> None:
    """The network that a factor was used at once more is known for this person from now on, with its country."""
    network = networks.network_of(request.META.get("REMOTE_ADDR", ""))
    whereabouts.note_confirmed(request.session, user=user, network=network, at=at)


def this_session(request: HttpRequest) -> UUID | None:
    """The id of the session that the request came in."""
    facts = sign_ins.facts_of(request.session)
    return UUID(facts.id) if facts else None


def way_in(request: HttpRequest) -> str:
    """How this session was begun, as the log calls it: ``password``, ``password-totp``, ``passkey``…"""
    said = request.session.get(AUTHENTICATION_METHODS_SESSION_KEY, [])
    codes = dict.fromkeys(_CODES.get(one.get("type", one["method"]), "other") for one in said)
    return "-".join(codes) or _CODES["password"]  # who has just chosen it needn't type it again


def is_with_factor(request: HttpRequest) -> bool:
    """Whether a second factor was used here in this session, not only at another company."""
    said = request.session.get(AUTHENTICATION_METHODS_SESSION_KEY, [])
    return any(one["method"] == "mfa" and one.get("type") != FACTOR_ELSEWHERE for one in said)
