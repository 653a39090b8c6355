"""Passkeys (WebAuthn): the device keeps them and opens them by finger, face or PIN, so one alone is two factors."""

import ipaddress
import json
import struct
from typing import Any

from allauth.mfa.models import Authenticator
from allauth.mfa.webauthn.internal import auth
from django.core.exceptions import ValidationError
from django.http import HttpRequest
from django.http.request import split_domain_port
from django.utils.translation import gettext as _
from fido2.utils import websafe_decode

from tryggve.accounts.models import User
from tryggve.lib.errors import Refusal

# What reading a made-up answer raises, in the library and on the way to it.
_UNREADABLE = (
    ValidationError, ValueError, TypeError, KeyError, IndexError, AttributeError, OverflowError, RecursionError,
    struct.error,
)  # fmt: skip


class PasskeyRefused(Refusal):
    """What the browser sent is no answer to what it was asked, or a passkey of another page or person."""


def can_be_used(request: HttpRequest) -> bool:
    """Whether browsers have passkeys for the address that the page was opened by: not by number."""
    host, _port = split_domain_port(request.get_host())
    try:
        ipaddress.ip_address(host.strip("[]"))
    except ValueError:
        return request.is_secure() or host == "localhost"
    return False


def options_to_make(user: User) -> dict[str, Any]:
    """What the browser needs to make a passkey; the session keeps what is to be answered."""
    options: dict[str, Any] = auth.begin_registration(user, passwordless=True)
    return options


def options_to_use(user: User | None) -> dict[str, Any]:
    """What the browser needs to use one of this person's, or any that it has for us."""
    options: dict[str, Any] = auth.begin_authentication(user)
    return options


def accept_new(request: HttpRequest, credential: Any) -> None:
    """Let a new passkey pass that was made for this page, by who holds it. Raises PasskeyRefused."""
    try:
        _require_own_origin(request, credential)
        made = auth.complete_registration(credential)
    except _UNREADABLE as cause:
        raise _refused() from cause
    if not made.is_user_verified():
        raise _refused()


def accept_used(request: HttpRequest, credential: Any, *, user: User | None) -> Authenticator:
    """Which passkey was used, of this person or of whom it names. Raises PasskeyRefused."""
    try:
        _require_own_origin(request, credential)
        whose = user or auth.extract_user_from_response(credential)
        return auth.complete_authentication(whose, credential)
    except _UNREADABLE as cause:
        raise _refused() from cause


def _require_own_origin(request: HttpRequest, credential: Any) -> None:
    """Another port of this computer is another program, although browsers would lend it our passkeys."""
    said = json.loads(websafe_decode(credential["response"]["clientDataJSON"]))
    if said["origin"] != f"{request.scheme}://{request.get_host()}":
        raise ValueError


def _refused() -> PasskeyRefused:
    return PasskeyRefused(_("The passkey was not accepted. Nothing was changed. Try once more."))
