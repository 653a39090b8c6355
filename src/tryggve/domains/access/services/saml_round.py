"""The round that a browser makes to a sign-in service that speaks SAML: an extra, switched on by TRYGGVE_SAML.

The service's answer comes with a form from elsewhere, so without our cookies. It is judged there and then in a
sealed-off child, and waits sealed for a minute, until the same browser fetches it with them.
"""

import json
import secrets
from dataclasses import dataclass
from pathlib import Path

from allauth.socialaccount.internal import statekit
from django.conf import settings
from django.core.cache import cache
from django.http import HttpRequest
from django.utils.translation import gettext as _

from tryggve import vault
from tryggve.accounts.pages import path_within
from tryggve.domains.access.engine import openid
from tryggve.domains.access.engine.id_tokens import LONGEST_SUBJECT
from tryggve.domains.access.engine.openid import NotUsable, Trouble
from tryggve.domains.access.services.provider_round import NoProvider, RoundFailed
from tryggve.lib import sandbox
from tryggve.ui import own_address

ENTITY, RETURN_TO = "access:saml", "access:saml-return"
_STATES, _PURPOSE = "saml", "arrival by SAML"
_WAITS_SECONDS = 60
_LONGEST_ANSWER = 256 * 1024
_CHILD = sandbox.register(
    "tryggve.domains.access.engine.saml:asked", rehearsal="tryggve.domains.access.engine.saml:rehearse"
)
_LIMITS = sandbox.Limits(
    wall_seconds=10, cpu_seconds=5, memory_bytes=1024 * 1024 * 1024, output_bytes=64 * 1024
)


@dataclass(frozen=True, slots=True)
class Arrived:
    """Who came back and what for, as provider_round.Return."""

    issuer: str
    subject: str
    process: str
    next: str
    begun_by: str


def is_on() -> bool:
    """Whether there is a service's description to go by."""
    return settings.SAML_METADATA is not None


def begin(request: HttpRequest, *, process: str, next: str = "/") -> str:
    """The address to send the browser to. Raises NoProvider, RoundFailed."""
    address, number = _asked(do="question")
    try:
        openid.split(address, may_be_here=True)
    except NotUsable as cause:
        raise RoundFailed(cause.trouble) from None
    kept = {"process": process, "next": path_within(next), "begun_by": str(request.user.pk or "")}
    statekit.stash_state(request, provider_id=_STATES, state=kept, state_id=number)
    return address


def receive(answer: str) -> str:
    """Judge an answer; what it is fetched with, once. Raises NoProvider, RoundFailed, vault.Locked."""
    if not 0 < len(answer) <= _LONGEST_ANSWER:
        raise RoundFailed(Trouble.NOT_READABLE)
    issuer, _address = _asked(do="describe")
    verdict, *said = _asked(do="answer", answer=answer)
    if verdict != "who":
        raise RoundFailed(Trouble.SUBJECT if verdict == "nobody" else Trouble.KEY)
    subject, number = said
    if not 0 < len(subject) <= LONGEST_SUBJECT:
        raise RoundFailed(Trouble.SUBJECT)
    ticket = secrets.token_urlsafe(32)
    sealed = vault.seal_for_service(_PURPOSE, json.dumps([issuer, subject, number]).encode())
    cache.set(_kept_as(ticket), sealed.hex(), _WAITS_SECONDS)
    return ticket


def complete(request: HttpRequest, ticket: str) -> Arrived:
    """Who came back with the ticket, if this browser asked. Raises RoundFailed, vault.Locked."""
    sealed = cache.get(_kept_as(ticket))
    cache.delete(_kept_as(ticket))
    if sealed is None:
        raise RoundFailed(Trouble.NOT_ASKED)
    issuer, subject, number = json.loads(vault.open_for_service(_PURPOSE, bytes.fromhex(sealed)))
    kept = statekit.unstash_state(request, provider_id=_STATES, state_id=number)
    if kept is None:
        raise RoundFailed(Trouble.NOT_ASKED)
    return Arrived(issuer, subject, kept["process"], kept["next"], kept["begun_by"])


def _asked(**job: str) -> list[str]:
    """What the child says, all of it text. Raises NoProvider, RoundFailed."""
    described: Path | None = settings.SAML_METADATA
    if described is None:
        raise NoProvider(_("This company has set up no sign-in by SAML. Sign in with your password."))
    try:
        told = {
            "metadata": described.read_text(),
            "own": own_address.link_to(ENTITY),
            "back": own_address.link_to(RETURN_TO),
        }
        with sandbox.run(_CHILD, json.dumps(told | job).encode(), limits=_LIMITS) as values:
            said = next(values)
    except (OSError, ValueError, StopIteration, sandbox.Failed):
        raise RoundFailed(Trouble.NOT_READABLE) from None
    if not isinstance(said, list) or not said or not all(isinstance(one, str) for one in said):
        raise RoundFailed(Trouble.NOT_READABLE)
    return said


def _kept_as(ticket: str) -> str:
    return f"saml-{ticket}"
