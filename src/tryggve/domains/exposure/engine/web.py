"""What is wrong with a website as its visitors meet it."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

# Who renews at a third of the time has days to notice; certificates of six days are renewed at two.
_SOON = timedelta(days=14)
_SHARE_LEFT = 4
_SHORTEST_HSTS = 180 * 24 * 60 * 60
_MAX_AGE = re.compile(r'max-age\s*=\s*"?([0-9]{1,12})"?', re.IGNORECASE)
_GENERATOR = re.compile(
    rb"""<meta\s[^<>]{0,200}?name\s*=\s*["']?generator["']?[^<>]{0,200}>""", re.IGNORECASE
)
_VERSION = re.compile(rb"""content\s*=\s*["'][^"'<>]{0,80}?[0-9]+\.[0-9]""", re.IGNORECASE)


class Hole(StrEnum):
    """While it is open, visitors aren't safe or don't get in. The codes never change: they lie in the evidence."""

    NO_SUCH_NAME = "no-such-name"
    PRIVATE_ADDRESS = "private-address"
    UNREACHABLE = "unreachable"
    TOO_SLOW = "too-slow"
    CERTIFICATE_EXPIRED = "certificate-expired"
    CERTIFICATE_OTHER_NAME = "certificate-other-name"
    CERTIFICATE_UNTRUSTED = "certificate-untrusted"
    CERTIFICATE_ENDS = "certificate-ends"
    NO_ENCRYPTION = "no-encryption"
    NOT_A_WEBSITE = "not-a-website"
    ROUND_AND_ROUND = "round-and-round"
    LEADS_AWAY = "leads-away"
    STAYS_OPEN = "stays-open"
    FAULT = "fault"
    CLOSED = "closed"
    NO_HSTS = "no-hsts"


class Tip(StrEnum):
    """What would be better still."""

    HSTS_SHORT = "hsts-short"
    GUESSES_TYPES = "guesses-types"
    MAY_BE_FRAMED = "may-be-framed"
    TELLS_FROM_WHERE = "tells-from-where"
    NO_CSP = "no-csp"
    TELLS_VERSION = "tells-version"


class Unfetched(Exception):
    """There is no page, and this is why."""

    def __init__(self, hole: Hole) -> None:
        super().__init__(hole)
        self.hole = hole


class NoLine(Unfetched):
    """Nobody answers at that door at all."""


@dataclass(frozen=True, slots=True)
class Certificate:
    """From when to when it holds."""

    begins_at: datetime
    ends_at: datetime

    def days_left(self, at: datetime) -> int:
        return max(0, (self.ends_at - at).days)

    def ends_soon(self, at: datetime) -> bool:
        """Less than two weeks are left, or a quarter of its time where that is less."""
        return self.ends_at - at < min(_SOON, (self.ends_at - self.begins_at) / _SHARE_LEFT)


@dataclass(frozen=True, slots=True)
class Answer:
    """One answer of a server: header names in lower case, the page's beginning, and how it came encrypted."""

    status: int
    headers: Mapping[str, str]
    begins: bytes = b""
    certificate: Certificate | None = None
    encryption: str = ""


def hsts_seconds(headers: Mapping[str, str]) -> int:
    """How long browsers are to come encrypted only (RFC 6797 §6.1); zero where they aren't told to."""
    for directive in headers.get("strict-transport-security", "").split(";"):
        if found := _MAX_AGE.fullmatch(directive.strip()):
            return int(found[1])
    return 0


def hole_of_status(status: int) -> Hole | None:
    """What a visitor would meet in place of the page."""
    if status >= 500:
        return Hole.FAULT
    return Hole.CLOSED if not 200 <= status < 300 else None


def tips(first: Answer, last: Answer) -> tuple[Tip, ...]:
    """Of the site's first encrypted answer and of the page that it leads to."""
    policy = last.headers.get("content-security-policy", "").lower()
    framed = "frame-ancestors" in policy or "x-frame-options" in last.headers
    told = {
        Tip.HSTS_SHORT: 0 < hsts_seconds(first.headers) < _SHORTEST_HSTS,
        Tip.GUESSES_TYPES: last.headers.get("x-content-type-options", "").strip().lower() != "nosniff",
        Tip.MAY_BE_FRAMED: not framed,
        Tip.TELLS_FROM_WHERE: "referrer-policy" not in last.headers,
        Tip.NO_CSP: not policy,
        Tip.TELLS_VERSION: _tells_version(last),
    }
    return tuple(tip for tip, is_so in told.items() if is_so)


def _tells_version(answer: Answer) -> bool:
    """Robots look for sites by the version that has a known hole."""
    found = _GENERATOR.search(answer.begins)
    return bool(found and _VERSION.search(found[0]))
