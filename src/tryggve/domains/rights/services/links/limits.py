"""How often somebody may knock at the customers' door. Counted for all processes together."""

import ipaddress
from uuid import UUID

from allauth.core.internal import ratelimit
from django.http import HttpRequest

from tryggve.lib import random_tokens

_APP = "tryggve"
_ONE_NETWORK = 64
# Links are 256 random bits, which nobody finds: that limit keeps the log and the computer from being kept busy.
# A code dies after five wrong guesses (services.portal), whoever guesses.
_RATES = {
    "portal-ask": "10/10m/ip",
    "portal-ask-here": "3/h/key",
    "portal-ask-one": "10/h/key",
    "portal-form-here": "3/h/key",
    "portal-form-one": "10/h/key",
    "portal-request": "10/h/key",
    "portal-link": "20/5m/ip",
    "portal-code": "3/h/key",
    "portal-form": "20/h/ip",
    "portal-provider": "30/10m/ip",
}


def may_ask(request: HttpRequest) -> bool:
    """Whether a link may be asked for from this place."""
    return _take(request, "portal-ask")


def may_mail_link_to(request: HttpRequest, address: str) -> bool:
    """Whether another mail with a way in may be made for that address, whether it is anybody's or not.

    Few from one place, more from all together: a stranger who asks again and again doesn't keep the customer out. Who
    gets none is told that, alike for every address.
    """
    return _may_mail(request, "portal-ask", address)


def may_mail_question_to(request: HttpRequest, address: str) -> bool:
    """The same for what the forms on the company's website have mailed, which are counted apart."""
    return _may_mail(request, "portal-form", address)


def may_ask_by_right(request: HttpRequest, customer: UUID) -> bool:
    """Whether this customer may ask for one more thing."""
    return _take(request, "portal-request", key=random_tokens.hash_of(str(customer)))


def may_try_link(request: HttpRequest) -> bool:
    """Whether this place hasn't shown too many links that are none."""
    return (
        ratelimit.consume(
            request, app=_APP, action="portal-link", config=_RATES, dry_run=True, limit_get=True
        )
        is not None
    )


def note_wrong_link(request: HttpRequest) -> None:
    _take(request, "portal-link")


def may_mail_code(request: HttpRequest, token: str) -> bool:
    """Whether another code may be mailed for that link."""
    return _take(request, "portal-code", key=random_tokens.hash_of(token))


def may_send_form(request: HttpRequest) -> bool:
    """The same for the form on the company's website."""
    return _take(request, "portal-form")


def may_go_to_provider(request: HttpRequest) -> bool:
    """Whether this place may go to the service by which customers show who they are, or come back from it."""
    return _take(request, "portal-provider")


def _may_mail(request: HttpRequest, door: str, address: str) -> bool:
    one = address.strip().casefold()
    here = f"{one} {_place_of(request.META.get('REMOTE_ADDR', ''))}"
    return _take(request, f"{door}-here", key=random_tokens.hash_of(here)) and _take(
        request, f"{door}-one", key=random_tokens.hash_of(one)
    )


def _place_of(address: str) -> str:
    """One home has a whole network of IPv6 addresses, and takes another whenever it likes (RFC 4291, 8981)."""
    try:
        return str(ipaddress.IPv6Network((address, _ONE_NETWORK), strict=False))
    except ValueError:
        return address


def _take(request: HttpRequest, action: str, **key: str) -> bool:
    taken = ratelimit.consume(request, app=_APP, action=action, config=_RATES, limit_get=True, **key)
    return taken is not None
