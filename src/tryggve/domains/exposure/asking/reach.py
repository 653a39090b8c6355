"""How far the probes reach: to the whole world and to nobody's own network, except where tests open a door."""

from dataclasses import dataclass
from typing import cast

from django.conf import settings

from tryggve.domains.exposure.engine import addresses

_HTTP, _HTTPS = 80, 443


@dataclass(frozen=True, slots=True)
class Reach:
    """Whether this computer itself may be called, at which ports, and who else's certificates count (a file).

    One page may take ``seconds``, all of one site's together ``seconds_in_all``.
    """

    may_call_here: bool = False
    http: int = _HTTP
    https: int = _HTTPS
    authority: str = ""
    seconds: float = 5.0
    seconds_in_all: float = 12.0

    def allows(self, address: str) -> bool:
        return addresses.is_public(address) or (self.may_call_here and addresses.is_loopback(address))


def current() -> Reach:
    """The usual one; only the settings of tests have another."""
    return cast(Reach, getattr(settings, "EXPOSURE_REACH", Reach()))
