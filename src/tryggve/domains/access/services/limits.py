"""How often somebody may guess. Guesses from a browser that the account knows are counted apart from all others'.

So that nobody can lock another out: whoever floods the door from elsewhere uses up the strangers' count only.
"""

from allauth.core.internal import ratelimit
from allauth.core.internal.ratelimit import RateLimitUsage
from django.conf import settings
from django.core.cache import cache
from django.http import HttpRequest

from tryggve.accounts import sign_ins
from tryggve.accounts.models import User
from tryggve.lib import random_tokens

_APP = "tryggve"
# Six digits, of which three codes count at a time: a day of guessing succeeds once in 10,000 days.
_RATES = {"second-step": "5/5m/key,30/d/key", "passkey-question": "30/m/ip", "to-provider": "30/m/ip"}


def place_of(request: HttpRequest, address: str) -> str:
    """What attempts are counted by beside the account: a known browser for itself, else the network address."""
    token = request.COOKIES.get(settings.DEVICE_COOKIE_NAME)
    if token and sign_ins.is_known_device(token):
        return f"device-{random_tokens.hash_of(token)}"
    return address


def account_key(request: HttpRequest, *, email: str) -> str:
    """What attempts at this account's password are counted under; the same work for one that there isn't."""
    token = request.COOKIES.get(settings.DEVICE_COOKIE_NAME, "")
    is_known = bool(token) and sign_ins.is_known_device(token, email=email)
    return f"{email.lower()}:{random_tokens.hash_of(token) if is_known else 'strangers'}"


def take_guess(request: HttpRequest, *, user: User) -> RateLimitUsage | None:
    """Count one guess at this person's second factor; None when there have been too many."""
    key = f"{user.pk}:{account_key(request, email=user.email)}"
    return ratelimit.consume(request, app=_APP, action="second-step", config=_RATES, key=key)


def may_ask_for_passkey(request: HttpRequest) -> bool:
    """Whether this place hasn't asked too often."""
    return ratelimit.consume(request, app=_APP, action="passkey-question", config=_RATES) is not None


def may_go_to_provider(request: HttpRequest) -> bool:
    """The same for the way to another company's sign-in."""
    return ratelimit.consume(request, app=_APP, action="to-provider", config=_RATES) is not None


def is_news(request: HttpRequest, *, email: str) -> bool:
    """Whether nothing was said of attempts at this account being turned away for a minute: a flood fills no log."""
    return cache.add(
        f"{_APP}:limited:{random_tokens.hash_of(account_key(request, email=email))}", True, timeout=60
    )
