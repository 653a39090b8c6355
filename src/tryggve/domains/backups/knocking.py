"""How often one place may call addresses of heartbeats. Counted for all processes together."""

from typing import Final

from allauth.core.internal import ratelimit
from django.http import HttpRequest

_APP: Final = "tryggve"
# Nobody finds 256 random bits: this keeps the computer from being kept busy. A house with many computers behind one
# address stays below it.
_RATES: Final = {"heartbeat": "60/5m/ip"}


def may_call(request: HttpRequest) -> bool:
    """Whether this place hasn't called too often."""
    taken = ratelimit.consume(request, app=_APP, action="heartbeat", config=_RATES, limit_get=True)
    return taken is not None
