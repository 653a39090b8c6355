"""Whether mail to the domain must come encrypted (MTA-STS, RFC 8461), and who is told if not (TLS-RPT, RFC 8460)."""

import re
from collections.abc import Callable
from dataclasses import dataclass

from tryggve.domains.exposure.engine import tags
from tryggve.domains.exposure.engine.questions import Asks
from tryggve.domains.exposure.engine.troubles import Advice

# The policy that stands at ``https://mta-sts.DOMAIN/.well-known/mta-sts.txt``; None where it can't be fetched.
PolicyOf = Callable[[str], str | None]

_ID = re.compile(r"[A-Za-z0-9]{1,32}")
_LONGEST_AGE = 31_557_600
_MODES = {"enforce", "testing", "none"}


@dataclass(frozen=True, slots=True)
class Transport:
    """How incoming mail is protected on its way."""

    is_enforced: bool
    has_reports: bool
    advice: tuple[Advice, ...]


def find(asks: Asks, policy_of: PolicyOf, name: str) -> Transport:
    """What the domain says of mail on its way to it. Raises Unread."""
    sts = _sts(asks, policy_of, name)
    reports = _reports(asks, name)
    return Transport(sts is None, reports is None, tuple(told for told in (sts, reports) if told))


def _sts(asks: Asks, policy_of: PolicyOf, name: str) -> Advice | None:
    texts = [text for text in asks.texts(f"_mta-sts.{name}") if text.startswith("v=STSv1")]
    if not texts:
        return Advice.STS_MISSING
    told = tags.read(texts[0]) if len(texts) == 1 else None
    policy = policy_of(name) if told and _ID.fullmatch(told.get("id", "")) else None
    mode = _mode(policy or "", asks.mail_servers(name))
    if mode is None:
        return Advice.STS_BROKEN
    return None if mode == "enforce" else Advice.STS_TESTING


def _mode(policy: str, servers: tuple[str, ...]) -> str | None:
    """What the policy says (§3.2); None where it is wrong or leaves out a server that takes the mail."""
    lines = [line.partition(":") for line in policy.splitlines() if line.strip()]
    told = {key.strip(): value.strip() for key, _sep, value in reversed(lines)}
    patterns = [value.strip().lower() for key, _sep, value in lines if key.strip() == "mx"]
    age, mode = told.get("max_age", ""), told.get("mode", "")
    if told.get("version") != "STSv1" or mode not in _MODES or not re.fullmatch(r"[0-9]{1,10}", age):
        return None
    covered = all(any(_fits(server, pattern) for pattern in patterns) for server in servers)
    return mode if int(age) <= _LONGEST_AGE and (covered or mode == "none") else None


def _fits(server: str, pattern: str) -> bool:
    """§4.1: the star stands for one label."""
    if pattern.startswith("*."):
        return server.partition(".")[2] == pattern[2:]
    return server == pattern


def _reports(asks: Asks, name: str) -> Advice | None:
    texts = [text for text in asks.texts(f"_smtp._tls.{name}") if text.startswith("v=TLSRPTv1")]
    if not texts:
        return Advice.TLS_RPT_MISSING
    told = tags.read(texts[0]) if len(texts) == 1 else None
    places = (told or {}).get("rua", "").split(",")
    fits = all(place.strip().startswith(("mailto:", "https://")) for place in places)
    return None if fits else Advice.TLS_RPT_BROKEN
