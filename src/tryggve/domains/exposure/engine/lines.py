"""The exact lines for the page on which the firm's DNS records are written."""

from dataclasses import dataclass
from datetime import datetime

from tryggve.domains.exposure.engine import spf, tags
from tryggve.domains.exposure.engine.dmarc import Found, Policy
from tryggve.domains.exposure.engine.mail import MailFindings
from tryggve.domains.exposure.engine.spf import BadRecord
from tryggve.domains.exposure.engine.troubles import Advice, Trouble

# A text longer than this is written in pieces, which readers put together again (RFC 1035 §3.3.14).
_LONGEST_PIECE = 255
_SOFT = "~all"
_HALF_MEASURES = {"pct", "t", "sp", "np"}
_DMARC_BEGINS_ANEW = {Trouble.DMARC_MISSING, Trouble.DMARC_TWICE, Trouble.DMARC_BROKEN}


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
        (f"_dmarc.{name}", "_dmarc", "TXT", _dmarc(findings, policy, reports_to), _own(findings.dmarc)),
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
    if troubles - {Trouble.SPF_TWICE, Trouble.SPF_OPEN}:
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


def _own(found: Found) -> tuple[str, ...]:
    return (found.record.text,) if found.record and found.is_own else ()


def _dmarc(findings: MailFindings, policy: Policy, reports_to: str) -> str:
    found = findings.dmarc
    if found.record and not found.is_own and not found.troubles:
        return ""  # the domain above speaks for it
    told = tags.read(found.record.text) if found.record and found.is_own else None
    if told is None or _DMARC_BEGINS_ANEW & set(findings.troubles):
        told = {"v": "DMARC1"}
    told = {tag: value for tag, value in told.items() if tag not in _HALF_MEASURES}
    told["p"] = max(policy, found.policy if found.is_own else Policy.NONE).code
    if not (found.record and found.record.reports_to):
        told["rua"] = f"mailto:{reports_to}"
    ordered = {"v": told.pop("v"), "p": told.pop("p"), **told}
    return "; ".join(f"{tag}={value}" for tag, value in ordered.items())
