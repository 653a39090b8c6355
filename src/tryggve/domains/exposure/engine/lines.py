"""The exact lines for the page on which the firm's DNS records are written."""

import re
from dataclasses import dataclass
from datetime import datetime

from tryggve.domains.exposure.engine import spf, tags
from tryggve.domains.exposure.engine.dmarc import Found, Policy, policy_told
from tryggve.domains.exposure.engine.mail import MailFindings
from tryggve.domains.exposure.engine.spf import BadRecord
from tryggve.domains.exposure.engine.troubles import Advice, Trouble

# A text longer than this is written in pieces, which readers put together again (RFC 1035 §3.3.14).
_LONGEST_PIECE = 255
_SOFT = "~all"
_HALF, _BELOW = ("pct", "t"), ("sp", "np")
_REPORTS = re.compile(r"(?:^|;)\s*rua\s*=\s*(mailto:[^;]+)", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Line:
    """A record to paste, in place of those ``replaced``. ``below`` is its name without the domain, ``@`` for itself."""

    name: str
    below: str
    kind: str
    value: str
    replaced: tuple[str, ...] = ()

    @property
    def in_zone_file(self) -> str:
        """As a file for a name server has it."""
        value = self.value if self.kind != "TXT" else " ".join(f'"{piece}"' for piece in self._pieces())
        return f"{self.name}. IN {self.kind} {value}"

    def _pieces(self) -> list[str]:
        escaped = self.value.replace("\\", "\\\\").replace('"', '\\"')
        return [escaped[at : at + _LONGEST_PIECE] for at in range(0, len(escaped), _LONGEST_PIECE)]


def mending(
    findings: MailFindings, *, sender: str, reports_to: str, policy: Policy, at: datetime
) -> tuple[Line, ...]:
    """What to paste so that what can be mended by a line is; nothing where only a person can know.

    ``sender`` is the SPF word of who sends the firm's mail (``include:…``), ``reports_to`` the mailbox for reports,
    ``policy`` the rung of the ladder that is safe.
    """
    if Trouble.NO_SUCH_DOMAIN in findings.troubles:
        return ()
    name = findings.asked.name
    made = [
        (name, "@", "TXT", _spf(findings, sender), findings.spf.texts),
        (f"_dmarc.{name}", "_dmarc", "TXT", _dmarc(findings, policy, reports_to), findings.dmarc.texts),
    ]
    if Advice.TLS_RPT_MISSING in findings.advice:
        made.append((f"_smtp._tls.{name}", "_smtp._tls", "TXT", f"v=TLSRPTv1; rua=mailto:{reports_to}", ()))
    if Advice.STS_MISSING in findings.advice:
        made.append((f"_mta-sts.{name}", "_mta-sts", "TXT", f"v=STSv1; id={at:%Y%m%d%H%M%S}", ()))
    if Advice.NULL_MX_MISSING in findings.advice and not findings.takes_mail:
        made.append((name, "@", "MX", "0 .", ()))
    return tuple(Line(*told) for told in made if told[3] and (told[3],) != told[4])


def sts_policy(servers: tuple[str, ...]) -> str:
    """The file for ``https://mta-sts.DOMAIN/.well-known/mta-sts.txt``, at first as a test (RFC 8461 §3.2)."""
    return "\r\n".join(
        ["version: STSv1", "mode: testing", *(f"mx: {name}" for name in servers), "max_age: 604800", ""]
    )


def _spf(findings: MailFindings, sender: str) -> str:
    if not findings.asked.sends:
        return "v=spf1 -all"
    troubles = set(findings.spf.troubles)
    if Trouble.SPF_MISSING in troubles:
        return f"v=spf1 {sender} {_SOFT}"
    if findings.spf.lets_all_in or troubles - {Trouble.SPF_TWICE, Trouble.SPF_OPEN}:
        return ""  # whom to leave out only the firm can say
    return _closed(findings.spf.texts) if troubles else ""


def _closed(texts: tuple[str, ...]) -> str:
    """One record of all, with everybody else suspected at its end."""
    words = [word for text in texts for word in text.split()[1:] if word.lstrip("+-~?").lower() != "all"]
    made = " ".join(["v=spf1", *dict.fromkeys(words), _SOFT])
    try:
        is_mended = not any(term.is_too_wide for term in spf.read(made).terms)
    except BadRecord:
        return ""
    leads_on = any(word.lower().startswith("redirect=") for word in words)
    return made if is_mended and not leads_on else ""


def _dmarc(findings: MailFindings, policy: Policy, reports_to: str) -> str:
    found = findings.dmarc
    if found.record and not found.is_own and not found.troubles:
        return ""  # the domain above speaks for it
    before = (found.record and found.is_own and tags.read(found.record.text)) or {}
    told = _stepped(_readable(_as_it_stands(found) | before, policy), found, policy)
    if not (found.record and found.is_own and found.record.reports_to):
        told["rua"] = _reports_told(found) or f"mailto:{reports_to}"
    if told == before:
        return ""
    return "; ".join(f"{tag}={value}" for tag, value in told.items())


def _as_it_stands(found: Found) -> dict[str, str]:
    """A record that says what applies without one of the domain's own."""
    told = {"v": "DMARC1", "p": (Policy.NONE if found.is_own else found.policy).code}
    return told if found.is_own or found.below == found.policy else told | {"sp": found.below.code}


def _readable(told: dict[str, str], policy: Policy) -> dict[str, str]:
    """What says no policy says that of the rung."""
    slips = {tag for tag in ("p", *_BELOW) if tag in told and not policy_told(told[tag])[1]}
    return told | dict.fromkeys(slips, policy.code)


def _stepped(told: dict[str, str], found: Found, policy: Policy) -> dict[str, str]:
    """One rung up where the domain stands lower, and never down; half measures go only with that step."""
    published = policy_told(told["p"])[0]
    if min(found.policy, found.below) >= policy:
        return told
    if published > policy and not (found.record and found.record.is_half):
        return {tag: value for tag, value in told.items() if tag not in _BELOW} | {"sp": policy.code}
    dropped = _BELOW if published > policy else (*_HALF, *_BELOW)
    return {tag: value for tag, value in told.items() if tag not in dropped} | {
        "p": max(published, policy).code
    }


def _reports_told(found: Found) -> str:
    """Where reports were to go by a record that counts no more."""
    return next((told[1].strip() for text in found.texts if (told := _REPORTS.search(text))), "")
